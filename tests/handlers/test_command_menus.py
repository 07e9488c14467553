"""The command menu, as people open it in private, in groups, and as admins of a group."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sandbox.http.faults import RespondWith

if TYPE_CHECKING:
    from tests.conftest import Play


@pytest.mark.parametrize(
    ("scope", "there", "missing"),
    [
        ("all_private_chats", {"hug", "settings", "privacy", "help"}, set()),
        ("all_group_chats", {"hug", "cancel", "help"}, {"settings", "privacy"}),
        ("all_chat_administrators", {"hug", "cancel", "help", "settings"}, {"privacy"}),
    ],
)
async def test_menu(play: Play, scope: str, there: set[str], missing: set[str]) -> None:
    """Each kind of chat offers what works there, and a group's settings are offered to its admins."""
    await play.start()
    await play.telegram.wait(lambda telegram: (scope, "") in telegram.commands)
    commands = {one["command"]: one["description"] for one in play.telegram.commands[scope, ""]}
    assert there <= commands.keys()
    assert not missing & commands.keys()
    assert commands.get("settings", "") != "Quality, length and more" or scope == "all_private_chats"


def told(play: Play) -> int:
    """How many menus and descriptions Telegram was given."""
    return len([call for call in play.telegram.calls if call.method.startswith("setMy")])


def noted(play: Play) -> bool:
    """Whether the bot has noted what Telegram knows."""
    with closing(sqlite3.connect(f"file:{play.database}?mode=ro", uri=True)) as connection:
        return bool(connection.execute("SELECT value FROM installation WHERE name = 'menu'").fetchone())


async def test_told_once(play: Play) -> None:
    """A bot that starts again tells Telegram its menus again only if they have changed."""
    await play.start()
    await play.telegram.wait(lambda _: told(play) == 24)
    await play.until(lambda _: noted(play))
    await play.stop()

    await play.start()
    play.chat.say("/help")
    await play.chat.wait_for(lambda seen: seen.sender == "bot")
    await play.stop()
    assert told(play) == 24

    await play.start(kling_api_key="sandbox-kling-key")
    await play.telegram.wait(lambda _: told(play) == 48)


async def test_told_later(play: Play) -> None:
    """Where Telegram takes no menu for a while, people have it some minutes later, without a restart."""
    play.telegram.faults.add(
        "setMyDescription", RespondWith(500, {"ok": False, "error_code": 500, "description": "no"})
    )
    await play.start()
    await play.telegram.wait(lambda telegram: ("all_private_chats", "") in telegram.commands)
    await play.until(lambda _: noted(play), advancing=60)
    assert play.telegram.account.words["description", ""]
    assert told(play) == 4 + 24  # up to the refusal, and then all of them
