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
from storage.preferences import UserPreferences
from tests.assertions import is_video, labels, says
from video.effects.catalogue import Catalogue

if TYPE_CHECKING:
    from sandbox.telegram import Chat, MessageSnapshot, Person
    from tests.conftest import Play

SAME = "As Telegram says"
PRO, STANDARD = "kling-video-v1.6-pro-effects", "kling-video-v1.6-standard-effects"


def marked(seen: MessageSnapshot) -> list[str]:
    """What is chosen."""
    return [text.removeprefix("✓ ") for text in labels(seen) if text.startswith("✓ ")]


async def settings(play: Play) -> MessageSnapshot:
    """The message that answers /settings."""
    play.chat.send_text("/settings")
    return await play.chat.wait_for(says("Your settings"))


async def choose(play: Play, message: MessageSnapshot, label: str) -> MessageSnapshot:
    """Press a button there; the message as it is then."""
    play.chat.press(message.id, label)
    return await play.chat.wait_for(lambda seen: seen.id == message.id and label in marked(seen))


async def test_quality(play: Play, coffee: bytes) -> None:
    """A person who chooses pro gets it from the next video on, and Again repeats what a video was made with."""
    await play.start()
    play.chat.send_photo(coffee, "/squish")
    first = await play.chat.wait_for(is_video)
    shown = await settings(play)
    assert marked(shown) == ["Standard", "5 s", "v1.6", SAME]
    assert marked(await choose(play, shown, "Pro")) == ["Pro", "5 s", "v1.6", SAME]
    play.chat.send_photo(coffee, "/squish")
    second = await play.chat.wait_for(lambda seen: is_video(seen) and seen.id != first.id)
    play.chat.press(first.id, "🔁 Again")
    await play.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED] * 3)
    assert [job.quality for job in await play.jobs()] == ["standard", "pro", "standard"]
    assert [one.model.rpartition("/")[2] for one in play.aiml.submissions] == [STANDARD, PRO, STANDARD]
    assert second.id != first.id


async def test_length(play: Play, ada: bytes, ben: bytes, coffee: bytes) -> None:
    """Ten seconds where the effect can be so long, and five where it can't; it holds after a restart."""
    await play.start()
    await choose(play, await settings(play), "10 s")
    await play.stop()
    await play.start()
    play.chat.send_album([ada, ben], "/hug")
    await play.chat.wait_for(is_video)
    play.chat.send_photo(coffee, "/squish")
    await play.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED] * 2)
    assert [job.duration for job in await play.jobs()] == [10, 5]


async def test_model_of_animate(play: Play, coffee: bytes) -> None:
    """The model that a person chose sets their photos in motion, unless the command names another."""
    await play.start()
    await choose(play, await settings(play), "v2")
    play.chat.send_photo(coffee, "/animate it steams")
    first = await play.chat.wait_for(is_video)
    play.chat.send_photo(coffee, "/animate it steams --model v1.6")
    await play.chat.wait_for(lambda seen: is_video(seen) and seen.id != first.id)
    assert [job.model for job in await play.jobs()] == ["v2", "v1.6"]


async def test_service(both: Play, ada: bytes, ben: bytes, coffee: bytes) -> None:
    """With two services a person says which they prefer; what that one lacks the other still makes."""
    await both.start()
    shown = await settings(both)
    assert marked(shown) == ["Standard", "5 s", "v1.6", "AIML", SAME]
    await choose(both, shown, "Kling")
    both.chat.send_album([ada, ben], "/hug")
    first = await both.chat.wait_for(is_video)
    both.chat.send_photo(coffee, "/squish")
    await both.chat.wait_for(lambda seen: is_video(seen) and seen.id != first.id)
    assert [job.service for job in await both.jobs()] == ["kling", "aiml"]


async def test_again_after_a_move(both: Play, ada: bytes, ben: bytes) -> None:
    """Again under a video that had moved asks the service that was meant at first: its trouble may be over."""
    balance, both.aiml.balance_usd = both.aiml.balance_usd, 0
    await both.start()
    both.chat.send_album([ada, ben], "/hug")
    first = await both.chat.wait_for(is_video)
    both.aiml.balance_usd = balance
    both.chat.press(first.id, "🔁 Again")
    await both.chat.wait_for(lambda seen: is_video(seen) and seen.id != first.id)
    assert [(job.service, job.moved_from) for job in await both.jobs()] == [("kling", "aiml"), ("aiml", None)]


async def test_settled_by_the_owner(play: Play, coffee: bytes) -> None:
    """Where the operator has said so, only admins may choose what costs more, and what was chosen before is void."""
    boss = play.telegram.add_person("Boss", language_code="en")
    office = play.telegram.private_chat(boss)
    await play.start()
    await choose(play, await settings(play), "Pro")
    await play.stop()
    await play.start(own_choices="false", admin_ids=str(boss.id))
    play.chat.send_text("/settings")
    assert marked(await play.chat.wait_for(says("has settled how videos are made"))) == [SAME]
    play.chat.send_photo(coffee, "/squish")
    await play.chat.wait_for(is_video)
    assert (await play.job()).quality == "standard"
    office.send_text("/settings")
    assert "Pro" in labels(await office.wait_for(says("Your settings")))


async def test_quality_only_where_it_matters(both: Play) -> None:
    """A bot with Kling alone, whose effects come in one quality, does not ask for one."""
    await both.start(aiml_api_key="")
    both.chat.send_text("/settings")
    shown = await both.chat.wait_for(lambda seen: seen.sender == "bot")
    assert "Pro" not in labels(shown)


async def test_a_double_tap(play: Play) -> None:
    """A second tap on what is chosen changes nothing, and is answered."""
    await play.start()
    shown = await choose(play, await settings(play), "Pro")
    press = play.chat.press(shown.id, "✓ Pro")
    await play.telegram.wait(lambda telegram: press in telegram.callback_answers)
    assert marked(await settings(play)) == ["Pro", "5 s", "v1.6", SAME]


FORGED = ("set:quality:best", "set:nothing:pro", "set:duration:60", "set:person_id:1", "set:language:xx", "set:a:b:c")


async def test_made_up_choices(play: Play) -> None:
    """Data that no button sends chooses nothing, and neither does a button's data under another message."""
    await play.start()
    shown = await settings(play)
    play.chat.send_text("/help")
    other = await play.chat.wait_for(says("I turn one or two photos"))
    presses = [play.chat.press(shown.id, data=data) for data in FORGED]
    presses.append(play.chat.press(other.id, data="set:quality:pro"))
    await play.telegram.wait(lambda telegram: set(presses) <= set(telegram.callback_answers))
    play.chat.send_text("/settings")
    again = await play.chat.wait_for(lambda seen: says("Your settings")(seen) and seen.id != shown.id)
    assert marked(again) == ["Standard", "5 s", "v1.6", SAME]


async def test_not_in_groups(play: Play, group: Chat, bob: Person) -> None:
    """In a group nobody's own settings are shown, and none can be pressed there."""
    await play.start()
    group.send_text("/settings@kling_sandbox_bot", by=bob)
    group.send_text("/help@kling_sandbox_bot", by=bob)
    shown = await group.wait_for(says("I turn one or two photos"))
    press = group.press(shown.id, data="set:quality:pro", by=play.ada)
    await play.telegram.wait(lambda telegram: press in telegram.callback_answers)
    assert not [seen for seen in group.messages if "hold for the videos that you ask for" in seen.text_or_caption]
    assert marked(await settings(play)) == ["Standard", "5 s", "v1.6", SAME]


# ---------------------------------------------------------------- language
ENGLISH = (Path(__file__).parents[2] / "handlers" / "locales" / "en.ftl").read_text("utf-8")
GERMAN = ENGLISH.replace("language-name = English", "language-name = Deutsch")


async def test_languages(play: Play) -> None:
    """With a second language a person may choose one, or leave it to Telegram; with one there is nothing to choose."""
    store = await Store.open(play.database)
    try:
        own = handler_dependencies(play.settings(), store, {}, Catalogue.load(), Locales.load(), Wakeups(), play.clock)
        both_deps = [replace(own, locales=Locales(one)) for one in ({"en": ENGLISH}, {"en": ENGLISH, "de": GERMAN})]
        views = [
            settings_view(one, one.locales.get("en"), play.ada.id, UserPreferences(language="de")) for one in both_deps
        ]
    finally:
        await store.close()
    (english, both) = [[button.text for row in view.buttons for button in row] for view in views]
    assert set(both) - set(english) == {"As Telegram says", "English", "✓ Deutsch"}
