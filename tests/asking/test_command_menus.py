"""The command menu, as people open it in private, in groups, and as admins of a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

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
