"""What people do on the page, applied to the fake Telegram."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.telegram import Chat, FakeTelegram, Person

_TIMEOUT_S = 20.0  # seconds


class ActionRefused(Exception):
    """Telegram's app would not let anyone do this; the message says why."""


def start(telegram: FakeTelegram, action: Mapping[str, Any]) -> dict[str, Any]:
    """Follow a link `https://t.me/<bot>?start=X`: press Start in the person's private chat.

    Raises:
        ActionRefused: there is no such person.
    """
    person = telegram.people.get(action["by"])
    if person is None:
        raise ActionRefused("There is nobody of that name.")
    chat = telegram.private_chat(person)
    parameter = str(action.get("parameter") or "")
    return {"chat": chat.id, "id": chat.send_text(f"/start {parameter}".strip())}


async def press(telegram: FakeTelegram, action: Mapping[str, Any]) -> dict[str, Any]:
    """Press a button, and wait for the bot's answer to the callback query_id.

    Raises:
        ActionRefused: there is no such chat, person or message, or the bot does not answer.
    """
    chat = chat_of(telegram, action["chat"])
    person = member_of(chat, action["by"])
    if action["id"] not in chat.stored_messages:
        raise ActionRefused("That message is not there any more.")
    query_id = chat.press(action["id"], data=str(action["data"]), by=person)
    try:
        await telegram.wait(lambda now: query_id in now.callback_answers, timeout=_TIMEOUT_S)
    except TimeoutError as error:
        raise ActionRefused("The bot did not answer the press.") from error
    answer = telegram.callback_answers[query_id]
    return {"text": answer.text, "alert": answer.show_alert, "url": answer.url}


def edit(telegram: FakeTelegram, action: Mapping[str, Any]) -> dict[str, Any]:
    """Edit the text or caption of one's own message.

    Raises:
        ActionRefused: there is no such chat or person, the message is gone or not one's own, or the text is empty.
    """
    chat = chat_of(telegram, action["chat"])
    person, message = member_of(chat, action["by"]), chat.stored_messages.get(action["id"])
    text = str(action["text"]).strip()
    if message is None or message.sender is not person or message.inline_id is not None:
        raise ActionRefused("That message cannot be changed.")
    if "text" in message.raw and not text:
        raise ActionRefused("A message cannot be changed into nothing; take it back instead.")
    chat.edit(action["id"], **{"text" if "text" in message.raw else "caption": text})
    return {"id": action["id"]}


def delete(telegram: FakeTelegram, action: Mapping[str, Any]) -> dict[str, Any]:
    """Delete one's own messages. Bots are not told.

    Raises:
        ActionRefused: there is no such chat or person, or a message is not one's own.
    """
    chat = chat_of(telegram, action["chat"])
    person = member_of(chat, action["by"])
    ids = [message_id for message_id in action["ids"] if message_id in chat.stored_messages]
    if any(chat.stored_messages[message_id].sender is not person for message_id in ids) and chat.kind != "private":
        raise ActionRefused("That message is somebody else's.")
    for message_id in ids:
        chat.delete(message_id)
    return {"ids": ids}


def chat_of(telegram: FakeTelegram, chat_id: int) -> Chat:
    """Return a chat. A person's chat with the bot is opened by the first message in it.

    Raises:
        ActionRefused: there is no such chat.
    """
    if chat_id in telegram.people:
        return telegram.private_chat(telegram.people[chat_id])
    chat = telegram.chats.get(chat_id)
    if chat is None:
        raise ActionRefused("There is no such chat.")
    return chat


def member_of(chat: Chat, person_id: int) -> Person:
    """Return a member of a chat.

    Raises:
        ActionRefused: no member has this id.
    """
    person = chat.members.get(person_id)
    if person is None:
        raise ActionRefused("That person is not in this chat.")
    return person
