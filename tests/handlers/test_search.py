"""Effects are found by plain words: in texts, captions, /effects, /effect and inline mode, in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.localization import Locales
from handlers.search import effect_search
from tests.assertions import labels, says
from tests.handlers.inline.inline_chat import send_photos, titles, type_query
from tests.handlers.private_chat import ends_in_video
from video.effects.catalogue import Catalogue

if TYPE_CHECKING:
    from tests.bot_under_test import BotUnderTest

CATALOGUE = Catalogue.load()
SEARCH = effect_search(CATALOGUE, Locales.load())


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("hug", "hug"),
        ("Hug!", "hug"),
        ("make them hug", "hug"),
        ("please make us hug, please", "hug"),
        ("bitte eine Umarmung", "hug"),
        ("haz un abrazo con las fotos", "hug"),
        ("сделай нам объятия", "hug"),
        ("inflate me", "expansion"),
        ("GOLDEN WINGS", "golden_wing"),
        ("let's ride", "lets_ride"),
        ("dance", None),
        ("wings", None),
        ("sqiush", None),
        ("please", None),
        ("", None),
        ("hug " * 200, None),
    ],
)
def test_what_a_text_names(text: str, command: str | None) -> None:
    """Words around the name don't matter, in any language; what may mean several effects or is misspelt names none."""
    effect = SEARCH.named(text)
    assert (effect.command if effect else None) == command


@pytest.mark.parametrize(
    ("text", "first", "count"),
    [
        ("hug", "hug", 6),
        ("wings", "angel_wing", 10),
        ("Flügel", "dark_wing", 10),
        ("alas", "angel_wing", 10),
        ("крылья", "angel_wing", 10),
        ("sqiush", "squish", 2),
        ("jely squish", "jelly_squish", 4),
        ("figth", "fight", 1),
        ("hugging", "hug", 6),
        ("KÜSSE", "kiss", 3),
        ("zzzz", None, 0),
        ("please", None, 0),
    ],
)
def test_what_a_text_may_mean(text: str, first: str | None, count: int) -> None:
    """Themes count like titles, other forms of a word and slips of the finger like the word; the best comes first."""
    found = [effect.command for effect in SEARCH.find(text, CATALOGUE.effects)]
    assert (next(iter(found), None), len(found)) == (first, count)


def test_no_filler_is_a_title() -> None:
    """Every effect is found by its whole title in each language, though the search passes over some words."""
    locales = Locales.load()
    for code in locales.languages:
        for effect in CATALOGUE.effects:
            found = SEARCH.find(locales.get(code).title(effect), CATALOGUE.effects)
            assert effect in found[:4], (code, effect.command)


@pytest.mark.parametrize("caption", ["squish", "Please squish it!", "Knautschen"])
async def test_a_caption_in_plain_words(bot: BotUnderTest, coffee: bytes, caption: str) -> None:
    """A photo whose caption names one effect, without a slash and in any language, becomes that video."""
    await bot.start()
    bot.chat.send_photo(coffee, caption)
    await ends_in_video(bot, "squish", 1)


async def test_a_caption_of_an_album(bot: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """Two photos with "make them hug" become a hug."""
    await bot.start()
    bot.chat.send_album([ada, ben], "make them hug")
    await ends_in_video(bot, "hug", 2)


async def test_a_text_asks_for_what_it_names(bot: BotUnderTest, coffee: bytes) -> None:
    """A text in a private chat that names one effect is a request: the bot asks for the photo, and makes the video."""
    await bot.start()
    bot.chat.send_text("squish")
    await bot.chat.wait_for(says("Squish"))
    bot.chat.send_photo(coffee)
    await ends_in_video(bot, "squish", 1)


async def test_a_text_after_a_photo(bot: BotUnderTest, coffee: bytes) -> None:
    """A photo first, then the name of an effect: the photo that waits is used."""
    await bot.start()
    bot.chat.send_photo(coffee)
    await bot.chat.wait_for(says("What shall I do"))
    bot.chat.send_text("squish please")
    await ends_in_video(bot, "squish", 1)


async def test_a_text_that_may_mean_several(bot: BotUnderTest, coffee: bytes) -> None:
    """A word of several effects, or a slip of the finger, is answered with buttons; one press uses the photo."""
    await bot.start()
    bot.chat.send_photo(coffee)
    await bot.chat.wait_for(says("What shall I do"))
    bot.chat.send_text("sqiush")
    answer = await bot.chat.wait_for(says("“sqiush”"))
    assert labels(answer) == ["🫳 Squish", "🍮 Jelly squish"]
    bot.chat.press(answer.id, "🫳 Squish")
    await ends_in_video(bot, "squish", 1)


async def test_the_command_with_a_word(bot: BotUnderTest) -> None:
    """/effects wings shows what there is with wings at the service; a word that nothing fits shows everything."""
    await bot.start()
    bot.chat.send_text("/effects wings")
    answer = await bot.chat.wait_for(says("“wings”"))
    assert "5 effects" in answer.text
    assert len(labels(answer)) == 5
    bot.chat.send_text("/effects zzzz")
    answer = await bot.chat.wait_for(says("nothing for “zzzz”"))
    assert any("Wings" in label for label in labels(answer))


async def test_words_for_a_prompt(bot: BotUnderTest, coffee: bytes) -> None:
    """While an animation waits for words, the name of an effect is a prompt like any other."""
    await bot.start()
    bot.chat.send_text("/animate")
    await bot.chat.wait_for(says("photo"))
    bot.chat.send_photo(coffee, "hug")
    await bot.until(lambda jobs: len(jobs) == 1)
    job = await bot.job()
    assert (job.effect, job.motion.prompt if job.motion else None) == ("animate", "hug")


async def test_inline_in_plain_words(bot: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """Inline mode finds by the same words, the best match first."""
    await bot.start()
    await send_photos(bot, ada, ben)
    _, answer = await type_query(bot, "make them hug")
    assert titles(answer)[0] == "🤗 Hug"
    _, answer = await type_query(bot, "sqiush")
    assert titles(answer) == ["🫳 Squish", "🍮 Jelly squish"]


async def test_talk_in_a_group_is_no_request(bot: BotUnderTest, coffee: bytes) -> None:
    """In a group, a caption without the bot's name asks for nothing."""
    group = bot.telegram.add_group("Friends", [bot.ada])
    await bot.start()
    group.send_photo(coffee, "squish", by=bot.ada)
    group.send_text("/help@kling_sandbox_bot", by=bot.ada)
    await group.wait_for(says("/"))
    assert await bot.jobs() == []
