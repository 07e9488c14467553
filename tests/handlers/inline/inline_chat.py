"""What a person does in inline mode, and what they see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.telegram import Chat, MessageSnapshot, Person
    from sandbox.telegram.chats.inline import InlineAnswer
    from tests.bot_under_test import BotUnderTest


async def type_query(
    bot: BotUnderTest, text: str = "", by: Person | None = None, *, offset: str = ""
) -> tuple[str, InlineAnswer]:
    """Type `@bot text`, wait for the results, and return the query's id and its answer."""
    query = bot.telegram.send_inline_query(by or bot.ada, text, offset=offset)
    await bot.telegram.wait(lambda telegram: query in telegram.inline_answers)
    return query, bot.telegram.inline_answers[query]


def titles(answer: InlineAnswer) -> list[str]:
    """Return the titles of the results, in order."""
    return [str(result["title"]) for result in answer.results]


def result(answer: InlineAnswer, title: str) -> dict[str, Any]:
    """Return the result with these words in its title."""
    return next(one for one in answer.results if title in one["title"])


async def choose(
    bot: BotUnderTest, title: str, text: str = "", by: Person | None = None, *, room: Chat | None = None
) -> str:
    """Type a query, choose the result with these words in its title, and return the id of its message."""
    query, answer = await type_query(bot, text or title, by)
    return bot.telegram.choose_inline_result(by or bot.ada, query, result(answer, title)["id"], room)


def snapshot(bot: BotUnderTest, message_id: str) -> MessageSnapshot:
    """Return what people see of an inline message now."""
    return bot.telegram.inline_messages[message_id]


async def becomes_video(bot: BotUnderTest, message_id: str) -> MessageSnapshot:
    """Wait until the message is a video."""
    await bot.telegram.wait(lambda telegram: "video" in telegram.inline_messages[message_id].raw)
    return snapshot(bot, message_id)


async def says(bot: BotUnderTest, message_id: str, words: str) -> MessageSnapshot:
    """Wait until the message contains these words."""
    await bot.telegram.wait(lambda telegram: words in telegram.inline_messages[message_id].text_or_caption)
    return snapshot(bot, message_id)


async def send_photos(bot: BotUnderTest, *photos: bytes) -> None:
    """Send photos to the bot in private, and ignore its question."""
    for photo in photos:
        bot.chat.send_photo(photo)
    await bot.chat.wait_for(lambda message: "What shall I do" in message.text)
    count = len(photos)
    await bot.telegram.wait(lambda _: len(bot.telegram.updates) == 0)
    if count > 1:
        await bot.chat.wait_for(lambda message: f"these {count} photos" in message.text)
