"""Updates that no Telegram should send: each is set aside, and what came with it is handled."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from sandbox.http.faults import FOREVER, IncomingRequest, RespondWith
from tests.assertions import says

if TYPE_CHECKING:
    from tests.bot_under_test import BotUnderTest

DEEP = 100_000


def nested(depth: int, kind: str = "list") -> str:
    """Return JSON of this depth."""
    return "[" * depth + "]" * depth if kind == "list" else '{"a":' * depth + "1" + "}" * depth


def replies(depth: int, chat: dict[str, Any]) -> str:
    """Return a message that replies to a message that replies to a message, and so on."""
    one = json.dumps({"message_id": 7, "date": 1, "chat": chat})[:-1]
    return (one + ', "reply_to_message": ') * depth + one + "}" * (depth + 1)


async def sent_with_help(bot: BotUnderTest, *items: str) -> None:
    """Send one batch of these raw items and a person's /help, again and again until an offset confirms it."""
    await bot.start()
    bot.chat.send_text("/help")
    good = bot.telegram.updates.first
    assert good is not None
    body = f'{{"ok": true, "result": [{", ".join([*items, json.dumps(good)])}]}}'
    last = int(good["update_id"])

    def unconfirmed(request: IncomingRequest) -> bool:
        if request.method == "getUpdates" and int(request.params.get("offset", 0)) > last:
            rule.remove()
        return request.method == "getUpdates"

    rule = bot.telegram.faults.add(unconfirmed, RespondWith(200, body=body.encode()), times=FOREVER)
    await bot.chat.wait_for(says("I turn one or two photos"))


def set_aside(bot: BotUnderTest) -> int:
    """Count the updates that were set aside."""
    with closing(sqlite3.connect(f"file:{bot.database}?mode=ro", uri=True)) as connection:
        return int(connection.execute("SELECT count(*) FROM inbox WHERE state = 'set_aside'").fetchone()[0])


@pytest.mark.parametrize(
    "item",
    [
        "null",
        "5",
        '"words"',
        "[]",
        "{}",
        '{"update_id": true, "message": {}}',
        '{"update_id": "7", "message": {}}',
        '{"update_id": 7, "message": [1, 2]}',
        '{"update_id": 7, "message": "words"}',
        '{"update_id": 7, "message": {"chat": 5}}',
        '{"update_id": 7, "message": {"message_id": 1, "date": "x", "chat": {"id": "y", "type": "private"}}}',
        '{"update_id": 7, "callback_query": {"id": 5, "data": {}}}',
        f'{{"update_id": 7, "what_is_new": {nested(500)}}}',
        f'{{"update_id": 7, "message": {nested(500, "object")}}}',
    ],
)
async def test_strange_items(bot: BotUnderTest, item: str) -> None:
    """An item that is no update, or one of the wrong types, holds up nobody."""
    await sent_with_help(bot, item)
    await bot.stop()


async def test_a_message_in_a_message_in_a_message(bot: BotUnderTest) -> None:
    """A message nested deeper than it can be parsed is set aside, and the person behind it is answered."""
    chat = {"id": bot.chat.id, "type": "private", "first_name": "Ada"}
    await sent_with_help(bot, f'{{"update_id": 7, "message": {replies(700, chat)}}}')
    assert set_aside(bot) == 1


@pytest.mark.parametrize(
    "item",
    [
        f'{{"update_id": 7, "message": {nested(DEEP)}}}',
        f'{{"update_id": 7, "message": {nested(DEEP, "object")}}}',
        nested(DEEP),
        '{"update_id": 7, "message": {"text": "' + "\\ud800" + '"}}',
        f'{{"update_id": {2**80}, "message": {{}}}}',
    ],
    ids=["deep list", "deep object", "deep item", "half a letter", "giant id"],
)
async def test_items_that_cannot_be_read_or_stored(bot: BotUnderTest, item: str) -> None:
    """An item that can't be read as JSON, or stored, ends nothing: the bot runs on, and the person is answered."""
    try:
        await sent_with_help(bot, item)
    except (AssertionError, TimeoutError):
        raise AssertionError(f"the bot died of {await bot.died()!r}") from None


async def test_a_number_that_cannot_be_read(bot: BotUnderTest) -> None:
    """A number too long to be read makes nobody wait who wrote behind it."""
    await sent_with_help(bot, f'{{"update_id": 7, "message": {{"date": {"9" * 5000}}}}}')


async def test_giant_texts(bot: BotUnderTest) -> None:
    """A megabyte of text in one message is taken in like any other, and the rest is handled."""
    chat = {"id": bot.chat.id, "type": "private", "first_name": "Ada"}
    user = {"id": bot.ada.id, "is_bot": False, "first_name": "Ada"}
    long = {"message_id": 900, "date": int(bot.clock()), "chat": chat, "from": user, "text": "x" * 1_000_000}
    await sent_with_help(bot, json.dumps({"update_id": 7, "message": long}))
    await bot.chat.wait_for(says("Send me a photo"))
    assert set_aside(bot) == 0


SENDER = {"id": 71, "is_bot": False, "first_name": "Odd"}
CHAT = {"id": 71, "type": "private", "first_name": "Odd"}


@pytest.mark.parametrize(
    ("sender", "chat", "text"),
    [
        ({"first_name": "half a pair \ud83d"}, {}, "/help"),
        ({"username": "\udc00"}, {}, "/help"),
        ({"id": 2**70}, {"id": 2**70}, "/help"),
        ({"id": "71"}, {"id": "\ud83d"}, "/help"),
        ({"first_name": None}, {}, "/help"),
        ({"first_name": 5, "username": 7}, {}, "/help"),
        ({"username": ["x"]}, {}, "/help"),
        ({"language_code": {"a": "\ud83d"}}, {}, "/help"),
        ({}, {}, "/animate \ud83d she waves"),
        ({}, {}, "/cancel \x00 \ud83d"),
        ({}, {"id": 2**70}, "words"),
        ({}, {}, {"text": "/help"}),
    ],
)
async def test_row_44_odd_text_and_odd_people(
    bot: BotUnderTest, sender: dict[str, Any], chat: dict[str, Any], text: Any
) -> None:
    """An update with odd values ends nothing, neither now nor at the next start, and the ones behind it are handled."""
    message = {"message_id": 5, "date": 1_700_000_000, "from": SENDER | sender, "chat": CHAT | chat, "text": text}
    mentioned = message | {"from": SENDER, "new_chat_members": [SENDER | sender], "message_id": 6}
    items = [{"update_id": 7, "message": message}, {"update_id": 8, "message": mentioned}]
    await sent_with_help(bot, *map(json.dumps, items))
    await bot.stop()
    await bot.start()
    bot.chat.send_text("/status")
    await bot.chat.wait_for(says("Your videos"))
    with closing(sqlite3.connect(f"file:{bot.database}?mode=ro", uri=True)) as connection:
        assert connection.execute("SELECT name FROM people WHERE person_id = ?", (bot.ada.id,)).fetchone() == ("Ada",)


async def test_row_44_a_database_that_refuses_people(bot: BotUnderTest) -> None:
    """If those who were seen can't be stored, what they wrote is handled all the same."""
    await bot.start()
    bot.chat.send_text("/help")
    await bot.chat.wait_for(says("I turn one or two photos"))
    await bot.stop()
    with closing(sqlite3.connect(bot.database)) as connection:
        connection.execute("""CREATE TRIGGER refuse BEFORE INSERT ON people BEGIN SELECT RAISE(ABORT, 'no'); END""")
    await bot.start()
    bob = bot.telegram.private_chat(bot.telegram.add_person("Bob", language_code="en"))
    for chat in (bob, bot.chat):
        chat.send_text("/status")
        await chat.wait_for(says("Your videos"))
    await bot.stop()
    assert set_aside(bot) == 0
