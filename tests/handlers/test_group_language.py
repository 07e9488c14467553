"""A group's language stands before that of each person who writes there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers.languages import LanguageOverrides
from handlers.localization import Locales
from storage import Store
from tests.assertions import AT, says

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Play

GROUP, ADA = -100_4, 7


def message(chat_id: int = GROUP, person: int = ADA) -> dict[str, Any]:
    """An update as Telegram sends it."""
    return {"message": {"chat": {"id": chat_id}, "from": {"id": person, "language_code": "en"}}}


def test_the_groups_language() -> None:
    """In a group that chose a language everybody is answered in it, also after a press; elsewhere as before."""
    tongues = LanguageOverrides()
    tongues.set(GROUP, "pt")
    tongues.set(ADA, "ru")
    press = {"callback_query": {"from": {"id": 8}, "message": {"chat": {"id": GROUP}}}}
    assert tongues.apply_to(message())["message"]["from"]["language_code"] == "pt"
    assert tongues.apply_to(press)["callback_query"]["from"]["language_code"] == "pt"
    assert tongues.apply_to(message(ADA))["message"]["from"]["language_code"] == "ru"
    tongues.set(GROUP, None)
    assert tongues.apply_to(message())["message"]["from"]["language_code"] == "ru"
    assert tongues.apply_to(message(person=9))["message"]["from"]["language_code"] == "en"


async def test_chosen_in_the_settings(play: Play) -> None:
    """Admins choose a language in /settings: the settings and the answers to everybody are in it at once."""
    group = play.telegram.group("Freunde", [play.ada, play.telegram.person("Bob", language_code="en")])
    await play.start()
    group.say(f"/settings{AT}", by=play.ada)
    shown = await group.wait_for(says("Settings of this group"))
    group.press(shown.id, "Language", by=play.ada)
    page = await group.wait_for(lambda seen: seen.id == shown.id and seen.edits == 1)
    german = Locales.load().get("de")
    group.press(page.id, german.text("language-name"), by=play.ada)
    await group.wait_for(lambda seen: seen.id == shown.id and seen.edits == 2 and "Settings" not in seen.text)
    group.say(f"/privacy{AT}", by=list(group.members.values())[1])
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
