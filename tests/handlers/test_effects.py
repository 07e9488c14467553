"""/effects, as a person leafs through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.assertions import is_video, says
from video.effects.catalogue import Catalogue

if TYPE_CHECKING:
    from sandbox.telegram import MessageSnapshot
    from tests.bot_under_test import BotUnderTest


def count(*services: str) -> int:
    """Return how many effects these services make."""
    return len(Catalogue.load().offered(services))


async def test_effects_in_shelves(bot: BotUnderTest, coffee: bytes) -> None:
    """/effects shows all themes; a theme shows its effects in pages; choosing one asks for its photo."""
    await bot.start()
    bot.chat.send_text("/effects")
    shelves = await bot.chat.wait_for(says(f"{count('aiml')} effects"))
    themes = [button for row in shelves.buttons for button in row if button.text.endswith(")")]
    largest = max(themes, key=lambda button: int(button.text.rsplit("(", 1)[1].rstrip(")")))
    bot.chat.press(shelves.id, largest.text)
    shelf = await bot.chat.wait_for(lambda seen: seen.id == shelves.id and "page 1 of" in seen.text)
    bot.chat.press(shelf.id, "›")
    second = await bot.chat.wait_for(lambda seen: seen.id == shelves.id and "page 2" in seen.text)
    assert {b.data for row in shelf.buttons for b in row}.isdisjoint(
        {b.data for row in second.buttons[:-1] for b in row}
    )
    bot.chat.press(second.id, second.buttons[0][0].text)
    await bot.chat.wait_for(says("send me the photo"))
    bot.chat.send_photo(coffee)
    await bot.chat.wait_for(is_video)


async def turned(bot: BotUnderTest, shelves: MessageSnapshot, theme: str, title: str, page: int) -> MessageSnapshot:
    """Open a page of a theme."""
    bot.chat.press(shelves.id, data=f"shelf:-:{theme}:{page}")
    return await bot.chat.wait_for(
        lambda seen: (
            seen.id == shelves.id
            and seen.text.startswith(title)
            and (f"page {page + 1} " in seen.text or "page" not in seen.text)
        )
    )


async def test_every_effect_is_on_a_shelf(bot_with_kling: BotUnderTest) -> None:
    """Turning every page of every theme shows all effects of both services, in words that fit on a button."""
    bot = bot_with_kling
    await bot.start()
    bot.chat.send_text("/effects")
    shelves = await bot.chat.wait_for(says(f"{count('aiml', 'kling')} effects"))
    assert max(len(one.text) for row in shelves.buttons for one in row) <= 32
    found: set[str] = set()
    for button in [one for row in shelves.buttons for one in row if (one.data or "").startswith("shelf:")]:
        theme, title, more, page = (button.data or "").split(":")[2], button.text.rsplit(" (", 1)[0], True, 0
        while more:
            shown = [one for row in (await turned(bot, shelves, theme, title, page)).buttons for one in row]
            found |= {one.data for one in shown if one.data and one.data.startswith("want:")}
            more, page = any(one.text == "›" for one in shown), page + 1
    assert len(found) == count("aiml", "kling")
