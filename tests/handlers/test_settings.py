"""/settings in a private chat, as a person meets it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app import handler_dependencies
from bot.wakeups import Wakeups
from handlers.commands.settings import settings_view
from handlers.localization import Locales
from storage import State, Store
from storage.people.preferences import UserPreferences
from tests.assertions import is_video, labels, says
from video.effects.catalogue import Catalogue

if TYPE_CHECKING:
    from sandbox.telegram import Chat, MessageSnapshot, Person
    from tests.bot_under_test import BotUnderTest

SAME = "As Telegram says"
PRO, STANDARD = "kling-video-v1.6-pro-effects", "kling-video-v1.6-standard-effects"


def marked(seen: MessageSnapshot) -> list[str]:
    """Return the labels of the chosen options."""
    return [text.removeprefix("✓ ") for text in labels(seen) if text.startswith("✓ ")]


async def settings(bot: BotUnderTest) -> MessageSnapshot:
    """Send /settings, and return its answer."""
    bot.chat.send_text("/settings")
    return await bot.chat.wait_for(says("Your settings"))


async def choose(bot: BotUnderTest, message: MessageSnapshot, label: str) -> MessageSnapshot:
    """Press a button of the settings, and return the message as it is then."""
    bot.chat.press(message.id, label)
    return await bot.chat.wait_for(lambda seen: seen.id == message.id and label in marked(seen))


async def test_quality(bot: BotUnderTest, coffee: bytes) -> None:
    """A person who chooses pro gets it from the next video on, and Again repeats what a video was made with."""
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    first = await bot.chat.wait_for(is_video)
    shown = await settings(bot)
    assert marked(shown) == ["Standard", "5 s", "v1.6", SAME]
    assert marked(await choose(bot, shown, "Pro")) == ["Pro", "5 s", "v1.6", SAME]
    bot.chat.send_photo(coffee, "/squish")
    second = await bot.chat.wait_for(lambda seen: is_video(seen) and seen.id != first.id)
    bot.chat.press(first.id, "🔁 Again")
    await bot.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED] * 3)
    assert [job.quality for job in await bot.jobs()] == ["standard", "pro", "standard"]
    assert [one.model.rpartition("/")[2] for one in bot.aiml.submissions] == [STANDARD, PRO, STANDARD]
    assert second.id != first.id


async def test_length(bot: BotUnderTest, ada: bytes, ben: bytes, coffee: bytes) -> None:
    """Ten seconds where the effect can be so long, and five where it can't; it holds after a restart."""
    await bot.start()
    await choose(bot, await settings(bot), "10 s")
    await bot.stop()
    await bot.start()
    bot.chat.send_album([ada, ben], "/hug")
    await bot.chat.wait_for(is_video)
    bot.chat.send_photo(coffee, "/squish")
    await bot.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED] * 2)
    assert [job.duration for job in await bot.jobs()] == [10, 5]


async def test_model_of_animate(bot: BotUnderTest, coffee: bytes) -> None:
    """The model that a person chose sets their photos in motion, unless the command names another."""
    await bot.start()
    await choose(bot, await settings(bot), "v2")
    bot.chat.send_photo(coffee, "/animate it steams")
    first = await bot.chat.wait_for(is_video)
    bot.chat.send_photo(coffee, "/animate it steams --model v1.6")
    await bot.chat.wait_for(lambda seen: is_video(seen) and seen.id != first.id)
    assert [job.model for job in await bot.jobs()] == ["v2", "v1.6"]


async def test_service(bot_with_kling: BotUnderTest, ada: bytes, ben: bytes, coffee: bytes) -> None:
    """With two services a person says which they prefer; what that one lacks the other still makes."""
    await bot_with_kling.start()
    shown = await settings(bot_with_kling)
    assert marked(shown) == ["Standard", "5 s", "v1.6", "AIML", SAME]
    await choose(bot_with_kling, shown, "Kling")
    bot_with_kling.chat.send_album([ada, ben], "/hug")
    first = await bot_with_kling.chat.wait_for(is_video)
    bot_with_kling.chat.send_photo(coffee, "/plushcut")
    await bot_with_kling.chat.wait_for(lambda seen: is_video(seen) and seen.id != first.id)
    assert [job.service for job in await bot_with_kling.jobs()] == ["kling", "aiml"]


async def test_again_after_a_move(bot_with_kling: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """Again under a video that had moved asks the service that was meant at first: its trouble may be over."""
    balance, bot_with_kling.aiml.balance_usd = bot_with_kling.aiml.balance_usd, 0
    await bot_with_kling.start()
    bot_with_kling.chat.send_album([ada, ben], "/hug")
    first = await bot_with_kling.chat.wait_for(is_video)
    bot_with_kling.aiml.balance_usd = balance
    bot_with_kling.chat.press(first.id, "🔁 Again")
    await bot_with_kling.chat.wait_for(lambda seen: is_video(seen) and seen.id != first.id)
    assert [(job.service, job.moved_from) for job in await bot_with_kling.jobs()] == [("kling", "aiml"), ("aiml", None)]


async def test_settled_by_the_owner(bot: BotUnderTest, coffee: bytes) -> None:
    """Where the operator has said so, only admins may choose what costs more, and what was chosen before is void."""
    boss = bot.telegram.add_person("Boss", language_code="en")
    admin_chat = bot.telegram.private_chat(boss)
    await bot.start()
    await choose(bot, await settings(bot), "Pro")
    await bot.stop()
    await bot.start(own_choices="false", admin_ids=str(boss.id))
    bot.chat.send_text("/settings")
    assert marked(await bot.chat.wait_for(says("has settled how videos are made"))) == [SAME]
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(is_video)
    assert (await bot.job()).quality == "standard"
    admin_chat.send_text("/settings")
    assert "Pro" in labels(await admin_chat.wait_for(says("Your settings")))


async def test_only_what_costs_no_more(bot_with_kling: BotUnderTest, coffee: bytes) -> None:
    """By default people choose what costs no more than the operator's own choice, and read why there is no more."""
    bot = bot_with_kling
    boss = bot.telegram.private_chat(bot.telegram.add_person("Boss", language_code="en"))
    await bot.start(own_choices="same-price", admin_ids=str(boss.id))
    bot.chat.send_text("/settings")
    shown = await bot.chat.wait_for(says("kept for this bot's admins"))
    assert not {"Pro", "10 s", "v2"} & {label.removeprefix("✓ ") for label in labels(shown)}
    assert "Kling" in str(labels(shown))
    bot.chat.press(shown.id, data="set:quality:pro")
    bot.chat.send_photo(coffee, "/animate steam rises 10s --model v2")
    await bot.chat.wait_for(says("has settled the length and the model: v1.6"))
    boss.send_text("/settings")
    assert {"Pro", "10 s", "v2"} <= set(labels(await boss.wait_for(says("Your settings"))))


async def test_quality_only_where_it_matters(bot_with_kling: BotUnderTest) -> None:
    """A bot with Kling alone, whose effects come in one quality, does not ask for one."""
    await bot_with_kling.start(aiml_api_key="")
    bot_with_kling.chat.send_text("/settings")
    shown = await bot_with_kling.chat.wait_for(lambda seen: seen.sender == "bot")
    assert "Pro" not in labels(shown)


async def test_a_double_tap(bot: BotUnderTest) -> None:
    """A second tap on what is chosen changes nothing, and is answered."""
    await bot.start()
    shown = await choose(bot, await settings(bot), "Pro")
    press = bot.chat.press(shown.id, "✓ Pro")
    await bot.telegram.wait(lambda telegram: press in telegram.callback_answers)
    assert marked(await settings(bot)) == ["Pro", "5 s", "v1.6", SAME]


FORGED = ("set:quality:best", "set:nothing:pro", "set:duration:60", "set:person_id:1", "set:language:xx", "set:a:b:c")


async def test_made_up_choices(bot: BotUnderTest) -> None:
    """Data that no button sends chooses nothing, and neither does a button's data under another message."""
    await bot.start()
    shown = await settings(bot)
    bot.chat.send_text("/help")
    other = await bot.chat.wait_for(says("I turn one or two photos"))
    presses = [bot.chat.press(shown.id, data=data) for data in FORGED]
    presses.append(bot.chat.press(other.id, data="set:quality:pro"))
    await bot.telegram.wait(lambda telegram: set(presses) <= set(telegram.callback_answers))
    bot.chat.send_text("/settings")
    again = await bot.chat.wait_for(lambda seen: says("Your settings")(seen) and seen.id != shown.id)
    assert marked(again) == ["Standard", "5 s", "v1.6", SAME]


async def test_not_in_groups(bot: BotUnderTest, group: Chat, bob: Person) -> None:
    """In a group nobody's own settings are shown, and none can be pressed there."""
    await bot.start()
    group.send_text("/settings@kling_sandbox_bot", by=bob)
    group.send_text("/help@kling_sandbox_bot", by=bob)
    shown = await group.wait_for(says("I turn one or two photos"))
    press = group.press(shown.id, data="set:quality:pro", by=bot.ada)
    await bot.telegram.wait(lambda telegram: press in telegram.callback_answers)
    assert not [seen for seen in group.messages if "hold for the videos that you ask for" in seen.text_or_caption]
    assert marked(await settings(bot)) == ["Standard", "5 s", "v1.6", SAME]


# ---------------------------------------------------------------- language
ENGLISH = (Path(__file__).parents[2] / "handlers" / "locales" / "en.ftl").read_text("utf-8")
GERMAN = ENGLISH.replace("language-name = English", "language-name = Deutsch")


async def test_languages(bot: BotUnderTest) -> None:
    """With a second language a person may choose one, or leave it to Telegram; with one there is nothing to choose."""
    store = await Store.open(bot.database)
    try:
        own = handler_dependencies(
            bot.settings(), store, {}, Catalogue.load(), Locales.load(), Wakeups(), bot.clock.for_process()
        )
        both_deps = [replace(own, locales=Locales(one)) for one in ({"en": ENGLISH}, {"en": ENGLISH, "de": GERMAN})]
        views = [
            settings_view(one, one.locales.get("en"), bot.ada.id, UserPreferences(language="de")) for one in both_deps
        ]
    finally:
        await store.close()
    (english, bot_with_kling) = [[button.text for row in view.buttons for button in row] for view in views]
    assert set(bot_with_kling) - set(english) == {"As Telegram says", "English", "✓ Deutsch"}
