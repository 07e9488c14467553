"""What people do on the page, done in the pretend Telegram."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.telegram import Chat, FakeTelegram, Person

_TIMEOUT_S = 20.0  # seconds


class ActionRefused(Exception):
    """Telegram's app would not let anybody do this; the message says why."""


def start(telegram: FakeTelegram, action: Mapping[str, Any]) -> dict[str, Any]:
    """Follow a link `https://t.me/<bot>?start=X`: in the person's private chat, press Start.

    Raises:
        Impossible: no such person.
    """
    person = telegram.people.get(action["by"])
    if person is None:
        raise ActionRefused("There is nobody of that name.")
    chat = telegram.private_chat(person)
    parameter = str(action.get("parameter") or "")
    return {"chat": chat.id, "id": chat.send_text(f"/start {parameter}".strip())}


async def press(telegram: FakeTelegram, action: Mapping[str, Any]) -> dict[str, Any]:
    """Press a button, and wait for what the bot shows to the person who pressed.

    Raises:
        Impossible: no such chat, person or message.
    """
    chat = chat_of(telegram, action["chat"])
    person = member_of(chat, action["by"])
    if action["id"] not in chat.stored_messages:
        raise ActionRefused("That message is not there any more.")
    query = chat.press(action["id"], data=str(action["data"]), by=person)
    try:
        await telegram.wait(lambda now: query in now.callback_answers, timeout=_TIMEOUT_S)
    except TimeoutError as error:
        raise ActionRefused("The bot did not answer the press.") from error
    answer = telegram.callback_answers[query]
    return {"text": answer.text, "alert": answer.show_alert, "url": answer.url}


def edit(telegram: FakeTelegram, action: Mapping[str, Any]) -> dict[str, Any]:
    """Change the words of a message of one's own.

    Raises:
        Impossible: no such chat or person, the message is gone or somebody else's, or nothing is left of it.
    """
    chat = chat_of(telegram, action["chat"])
    person, post = member_of(chat, action["by"]), chat.stored_messages.get(action["id"])
    words = str(action["text"]).strip()
    if post is None or post.sender is not person or post.inline_id is not None:
        raise ActionRefused("That message cannot be changed.")
    if "text" in post.raw and not words:
        raise ActionRefused("A message cannot be changed into nothing; take it back instead.")
    chat.edit(action["id"], **{"text" if "text" in post.raw else "caption": words})
    return {"id": action["id"]}


def delete(telegram: FakeTelegram, action: Mapping[str, Any]) -> dict[str, Any]:
    """Delete messages of one's own. Bots are not told.

    Raises:
        Impossible: no such chat or person, or somebody else's message.
    """
    chat = chat_of(telegram, action["chat"])
    person = member_of(chat, action["by"])
    ids = [number for number in action["ids"] if number in chat.stored_messages]
    if any(chat.stored_messages[number].sender is not person for number in ids) and chat.kind != "private":
        raise ActionRefused("That message is somebody else's.")
    for number in ids:
        chat.delete(number)
    return {"ids": ids}


def chat_of(telegram: FakeTelegram, chat_id: int) -> Chat:
    """Find a chat; a person's chat with the bot is opened by the first message in it.

    Raises:
        Impossible: there is none.
    """
    if chat_id in telegram.people:
        return telegram.private_chat(telegram.people[chat_id])
    chat = telegram.chats.get(chat_id)
    if chat is None:
        raise ActionRefused("There is no such chat.")
    return chat


def member_of(chat: Chat, person_id: int) -> Person:
    """Find a person in a chat.

    Raises:
        Impossible: nobody there has this id.
    """
    person = chat.members.get(person_id)
    if person is None:
        raise ActionRefused("That person is not in this chat.")
    return person
