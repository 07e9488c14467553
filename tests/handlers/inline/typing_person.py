"""What a person does with inline mode, and what they see of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.telegram import Chat, Person, Seen
    from sandbox.telegram.chats.inline import InlineAnswer
    from tests.conftest import Play


async def typed(play: Play, text: str = "", by: Person | None = None, *, offset: str = "") -> tuple[str, InlineAnswer]:
    """Type `@bot text` and wait for the results: the query's id, and what is shown."""
    query = play.telegram.inline_query(by or play.ada, text, offset=offset)
    await play.telegram.wait(lambda telegram: query in telegram.inline_answers)
    return query, play.telegram.inline_answers[query]


def titles(answer: InlineAnswer) -> list[str]:
    """The results' titles, in order."""
    return [str(result["title"]) for result in answer.results]


def result(answer: InlineAnswer, title: str) -> dict[str, Any]:
    """The result with this in its title."""
    return next(one for one in answer.results if title in one["title"])


async def choose(play: Play, title: str, text: str = "", by: Person | None = None, *, room: Chat | None = None) -> str:
    """Type, and tap the result with this in its title; the id of the message that comes of it."""
    query, answer = await typed(play, text or title, by)
    return play.telegram.choose(by or play.ada, query, result(answer, title)["id"], room)


def seen(play: Play, message_id: str) -> Seen:
    """What people see of an inline message now."""
    return play.telegram.inline_messages[message_id]


async def becomes_video(play: Play, message_id: str, seconds: float = 15) -> Seen:
    """Wait until the message is a video."""
    await play.telegram.wait(lambda telegram: "video" in telegram.inline_messages[message_id].raw, timeout=seconds)
    return seen(play, message_id)


async def says(play: Play, message_id: str, words: str, seconds: float = 15) -> Seen:
    """Wait until the message says so."""
    await play.telegram.wait(lambda telegram: words in telegram.inline_messages[message_id].words, timeout=seconds)
    return seen(play, message_id)


async def sends_photos(play: Play, *photos: bytes) -> None:
    """The person sends photos to the bot in private, and lets the question be."""
    for photo in photos:
        play.chat.photo(photo)
    await play.chat.wait_for(lambda message: "What shall I do" in message.text)
    count = len(photos)
    await play.telegram.wait(lambda _: len(play.telegram.updates) == 0)
    if count > 1:
        await play.chat.wait_for(lambda message: f"these {count} photos" in message.text)
