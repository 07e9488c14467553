"""The command menu, as people open it in private, in groups, and as admins of a group."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sandbox.http.faults import RespondWith

if TYPE_CHECKING:
    from tests.bot_under_test import BotUnderTest

pytestmark = pytest.mark.first_start


@pytest.mark.parametrize(
    ("scope", "there", "missing"),
    [
        ("all_private_chats", {"hug", "settings", "privacy", "help"}, set()),
        ("all_group_chats", {"hug", "cancel", "help"}, {"settings", "privacy"}),
        ("all_chat_administrators", {"hug", "cancel", "help", "settings"}, {"privacy"}),
    ],
)
async def test_menu(bot: BotUnderTest, scope: str, there: set[str], missing: set[str]) -> None:
    """Each kind of chat offers what works there, and a group's settings are offered to its admins."""
    await bot.start()
    await bot.telegram.wait(lambda telegram: (scope, "") in telegram.commands)
    commands = {one["command"]: one["description"] for one in bot.telegram.commands[scope, ""]}
    assert there <= commands.keys()
    assert not missing & commands.keys()
    assert commands.get("settings", "") != "Quality, length and more" or scope == "all_private_chats"


def told(bot: BotUnderTest) -> int:
    """Count the menus and descriptions that were published."""
    return len([call for call in bot.telegram.calls if call.method.startswith("setMy")])


def noted(bot: BotUnderTest) -> bool:
    """Return True if the bot has stored that its menus are published."""
    with closing(sqlite3.connect(f"file:{bot.database}?mode=ro", uri=True)) as connection:
        return bool(connection.execute("SELECT value FROM installation WHERE name = 'menu'").fetchone())


async def test_told_once(bot: BotUnderTest) -> None:
    """A bot that starts again tells Telegram its menus again only if they have changed."""
    await bot.start()
    await bot.telegram.wait(lambda _: told(bot) == 24)
    await bot.until(lambda _: noted(bot))
    await bot.stop()

    await bot.start()
    bot.chat.send_text("/help")
    await bot.chat.wait_for(lambda seen: seen.sender == "bot")
    await bot.stop()
    assert told(bot) == 24

    await bot.start(kling_api_key="sandbox-kling-key")
    await bot.telegram.wait(lambda _: told(bot) == 48)


async def test_told_later(bot: BotUnderTest) -> None:
    """Where Telegram takes no menu for a while, people have it some minutes later, without a restart."""
    bot.telegram.faults.add("setMyDescription", RespondWith(500, {"ok": False, "error_code": 500, "description": "no"}))
    await bot.start()
    await bot.telegram.wait(lambda telegram: ("all_private_chats", "") in telegram.commands)
    await bot.until(lambda _: noted(bot), advancing=60, jobs_first=False)
    assert bot.telegram.account.profile_texts["description", ""]
    assert told(bot) == 4 + 24  # up to the refusal, and then all of them
