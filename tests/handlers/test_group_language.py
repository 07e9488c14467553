"""A group's language stands before that of each person who writes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.localization import Locales
from storage import Store
from tests.assertions import MENTION, says

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot_under_test import BotUnderTest

GROUP = -100_4


async def test_chosen_in_the_settings(bot: BotUnderTest) -> None:
    """Admins choose a language in /settings: the settings and the answers to everybody are in it at once."""
    group = bot.telegram.add_group("Freunde", [bot.ada, bot.telegram.add_person("Bob", language_code="en")])
    await bot.start()
    group.send_text(f"/settings{MENTION}", by=bot.ada)
    shown = await group.wait_for(says("Settings of this group"))
    group.press(shown.id, "Language", by=bot.ada)
    page = await group.wait_for(lambda seen: seen.id == shown.id and seen.edit_count == 1)
    german = Locales.load().get("de")
    group.press(page.id, german.text("language-name"), by=bot.ada)
    await group.wait_for(lambda seen: seen.id == shown.id and seen.edit_count == 2 and "Settings" not in seen.text)
    group.send_text(f"/privacy{MENTION}", by=list(group.members.values())[1])
    await group.wait_for(says(german.text("privacy-in-private")))


async def test_after_a_restart(tmp_path: Path) -> None:
    """The language that a group chose is there after a restart, and in the supergroup that it became."""
    store = await Store.open(tmp_path / "bot.db")
    await store.groups.set(GROUP, "language", "pt")
    await store.move_chat(GROUP, -100_5, now=1.0)
    await store.close()
    store = await Store.open(tmp_path / "bot.db")
    assert await store.groups.languages() == {-100_5: "pt"}
    await store.close()
