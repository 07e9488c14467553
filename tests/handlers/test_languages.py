"""People are answered in their language: Telegram's, or the one that they chose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.localization import Locales
from storage import State
from tests.assertions import labels, says
from tests.handlers.inline.inline_chat import titles, type_query
from video.effects.catalogue import Catalogue

if TYPE_CHECKING:
    from pathlib import Path

    from sandbox.telegram import Chat
    from tests.bot_under_test import BotUnderTest

CATALOGUE = Catalogue.load()


def ivans(bot: BotUnderTest) -> Chat:
    """The private chat of a person whose Telegram is Russian."""
    return bot.telegram.private_chat(bot.telegram.add_person("Иван", username="ivan", language_code="ru"))


async def test_a_russian_is_answered_in_russian(bot: BotUnderTest, coffee: bytes) -> None:
    """From the greeting to the video everything is in Russian, effects' and themes' titles too; others read English."""
    chat = ivans(bot)
    await bot.start()
    chat.send_text("/start")
    hello = await chat.wait_for(says("Я превращаю одно или два фото в короткое видео"))
    assert "🤗 /hug — Объятия, 2 фото" in hello.text_or_caption
    chat.send_text("/effects")
    shelves = await chat.wait_for(says("Выбери эффект или тему"))
    assert any(label.startswith("💞 Объятия и сердца (") for label in labels(shelves))
    chat.press(shelves.id, next(label for label in labels(shelves) if "Мягкое и мятое" in label))
    shelf = await chat.wait_for(says("🫠 Мягкое и мятое"))
    assert "🧸 Разрезать плюш" in labels(shelf)
    chat.send_text("/hug")
    await chat.wait_for(says("🤗 Объятия — пришли мне два фото"))
    chat.send_photo(coffee, "/squish")
    await bot.until_state(State.DELIVERED)
    await chat.wait_for(says("🫳 Сплющить: твоё видео готово."))
    video = await chat.wait_for(lambda seen: seen.video is not None)
    assert video.text_or_caption == "🫳 Сплющить\n✨ Сделано с помощью ИИ"
    assert labels(video)[0] == "🔁 Ещё раз"
    chat.send_text("/status")
    await chat.wait_for(says("🫳 Сплющить — готово, только что"))
    bot.chat.send_text("/help")
    await bot.chat.wait_for(says("🤗 /hug — Hug, 2 photos"))


async def test_why_there_is_no_video(bot: BotUnderTest, coffee: bytes) -> None:
    """The reason for a failure, and what can be done, are in the person's language."""
    chat = ivans(bot)
    await bot.start()
    chat.send_album([coffee, coffee], "/hug")
    failed = await chat.wait_for(says("на этот раз без видео"))
    assert "не нашёл лица" in failed.text_or_caption
    assert "🫳 Сплющить" in labels(failed)


async def test_a_title_that_is_nearly_right(bot: BotUnderTest) -> None:
    """A title in the person's language with a slip in it, or only a part of it, brings the nearest effects."""
    chat = ivans(bot)
    await bot.start()
    chat.send_text("/effect обьятия")
    await chat.wait_for(says("Эффекта «обьятия» я не знаю. Может быть, /hug"))
    chat.send_text("/effect ангел")
    await chat.wait_for(says("Может быть, /angel_wing?"))


async def test_a_chosen_language_holds(bot: BotUnderTest, coffee: bytes) -> None:
    """Who chose German reads German, whatever Telegram says, also after a restart, until it is Telegram's again."""
    await bot.start()
    bot.chat.send_text("/settings")
    shown = await bot.chat.wait_for(says("Your settings"))
    assert labels(shown)[-5:] == ["✓ As Telegram says", "English", "Deutsch", "Español", "Русский"]
    bot.chat.press(shown.id, "Deutsch")
    await bot.chat.wait_for(says("Deine Einstellungen"))
    await bot.stop()
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(says("Dein Video ist fertig: Knautschen."))
    bot.chat.send_text("/effect plüsch schneiden")
    await bot.chat.wait_for(says("Plüsch schneiden — schick mir das Foto"))
    bot.chat.press(shown.id, "Wie in Telegram")
    await bot.chat.wait_for(lambda seen: seen.id == shown.id and says("Your settings")(seen))
    bot.chat.send_text("/status")
    await bot.chat.wait_for(says("Your videos"))


async def test_back_to_telegrams_language(bot: BotUnderTest) -> None:
    """Who leaves the language to Telegram again reads Telegram's at once, and not English."""
    chat = ivans(bot)
    await bot.start()
    chat.send_text("/settings")
    shown = await chat.wait_for(says("Твои настройки"))
    chat.press(shown.id, "Español")
    await chat.wait_for(says("Tus ajustes"))
    chat.press(shown.id, "Como en Telegram")
    await chat.wait_for(lambda seen: seen.id == shown.id and says("Твои настройки")(seen))


async def test_a_groups_language(bot: BotUnderTest) -> None:
    """A group that chose Spanish is answered in Spanish, whoever asks."""
    group = bot.telegram.add_group("Amigos", [bot.ada], admins=[bot.ada])
    await bot.start()
    group.send_text("/settings@kling_sandbox_bot", by=bot.ada)
    shown = await group.wait_for(says("Settings of this group"))
    group.press(shown.id, "Language", by=bot.ada)
    await group.wait_for(says("In which language"))
    group.press(shown.id, "Español", by=bot.ada)
    await group.wait_for(says("Ajustes de este grupo"))
    group.send_text("/help@kling_sandbox_bot", by=bot.ada)
    await group.wait_for(says("Convierto una o dos fotos en un vídeo corto"))


async def test_the_operators_titles(bot: BotUnderTest, tmp_path: Path) -> None:
    """An operator's own title is read in every language, in the menu too; a new command alone leaves translations."""
    path = tmp_path / "effects.toml"
    path.write_text(
        '[effects.hug]\ntitle = "Big hug"\n[effects.kiss]\ncommand = "smooch"\n[themes.hearts]\ntitle = "Love"\n',
        "utf-8",
    )
    chat = ivans(bot)
    await bot.start(effects_file=str(path))
    chat.send_text("/help")
    told = await chat.wait_for(says("Я превращаю"))
    assert "/hug — Big hug, 2 фото" in told.text_or_caption
    assert "/smooch — Поцелуй, 2 фото" in told.text_or_caption
    chat.send_text("/effects")
    shelves = await chat.wait_for(says("Выбери эффект или тему"))
    assert any(label.startswith("💞 Love (") for label in labels(shelves))
    await bot.telegram.wait(lambda telegram: ("all_group_chats", "ru") in telegram.commands)
    menu = {one["command"]: one["description"] for one in bot.telegram.commands["default", "ru"]}
    assert menu["hug"] == "Big hug (два фото)"
    assert menu["smooch"] == "Два человека целуются (два фото)"


@pytest.mark.first_start
async def test_menus(bot: BotUnderTest) -> None:
    """Telegram shows the commands and the bot's description in each language; English where it has no other."""
    await bot.start()
    await bot.telegram.wait(lambda _: len(bot.params_of("setMyShortDescription")) == 4)
    told = bot.telegram.commands
    assert {code for _, code in told} == {"", "de", "es", "ru"}
    assert len({tuple(one["command"] for one in told["default", code]) for code in ("", "de", "es", "ru")}) == 1
    assert told["default", "de"][0] == {"command": "hug", "description": "Zwei Menschen umarmen sich (zwei Fotos)"}
    assert told["all_group_chats", "es"][-1]["description"] == "Cómo funciona"
    descriptions = {call.get("language_code", ""): call["description"] for call in bot.params_of("setMyDescription")}
    assert descriptions["ru"].startswith("Пришли мне одно или два фото")


async def test_inline_results(bot: BotUnderTest, ada: bytes) -> None:
    """In inline mode effects are found by their titles in the person's language, and by their commands."""
    ivan = bot.telegram.add_person("Иван", language_code="ru", profile_photo=ada)
    await bot.start()
    _, answer = await type_query(bot, "крылья анг", ivan)
    assert titles(answer) == ["👼 Крылья ангела"]
    assert answer.results[0]["description"] == "Нужно одно фото: твоё фото профиля"
    assert answer.button == {"text": "Взять другие фото", "start_parameter": "inline-angel_wing"}
    _, answer = await type_query(bot, "Сплющить", ivan)
    assert titles(answer)[0] == "🫳 Сплющить"
    _, answer = await type_query(bot, "squish", ivan)
    assert titles(answer)[0] == "🫳 Сплющить"


NUMBERS = [(1, "1 минуту"), (2, "2 минуты"), (5, "5 минут"), (11, "11 минут"), (21, "21 минуту"), (44, "44 минуты")]


@pytest.mark.parametrize(("number", "words"), NUMBERS)
def test_russian_numbers(number: int, words: str) -> None:
    """Russian has three forms for counted things."""
    assert Locales.load().get("ru").text("span-minutes", count=number) == words


@pytest.mark.parametrize(
    ("tag", "language"), [("ru-RU", "ru"), ("DE", "de"), ("es-419", "es"), ("pt-br", "en"), (None, "en"), ("", "en")]
)
def test_tags(tag: str | None, language: str) -> None:
    """A language that Telegram names with a region is understood; where there is none for it, English is spoken."""
    assert Locales.load().get(tag).language == language


@pytest.mark.parametrize("code", ["de", "es", "ru"])
def test_everything_has_a_title(code: str) -> None:
    """Every effect and every theme of the catalogue is called something in each language, no two effects the same."""
    words = Locales.load().get(code)
    assert [one for one in CATALOGUE.effects if not words.has(f"effect-title-{one.title_key}")] == []
    assert [one for one in CATALOGUE.themes if not words.has(f"theme-title-{one.title_key}")] == []
    names = [words.title(one).casefold() for one in CATALOGUE.effects]
    assert [name for name in names if names.count(name) > 1] == []
