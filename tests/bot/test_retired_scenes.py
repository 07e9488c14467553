"""A scene that the service no longer knows is hidden, told once, and can be brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.cli.effects import list_effects, restore_effect
from sandbox.http.faults import FOREVER, RespondWith
from storage import State
from tests.assertions import labels, says
from video.effects.catalogue import Catalogue

if TYPE_CHECKING:
    from sandbox.http.faults import FaultRule
    from tests.bot_under_test import BotUnderTest

UNKNOWN = {"message": "Body validation error. effect_scene: Invalid enum value. Expected 'squish', received 'fight'"}
SUBMIT = "POST /v2/video/generations"


def drop(bot: BotUnderTest, scene: str) -> FaultRule:
    """Let the service no longer know this scene."""
    return bot.aiml.faults.add(
        lambda request: request.method == SUBMIT and request.params.get("effect_scene") == scene,
        RespondWith(400, UNKNOWN),
        times=FOREVER,
    )


async def fail_at_it(bot: BotUnderTest, photos: list[bytes]) -> None:
    """Ask for a fight, whose scene the service does not know."""
    before = len(await bot.jobs())
    bot.chat.send_album(photos, "/fight")
    jobs = await bot.until(lambda jobs: len(jobs) > before and jobs[-1].finished_at is not None)
    assert jobs[-1].reason == "retired"


async def test_hidden_everywhere(bot: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """After one refusal the effect is in no list, button or suggestion, and who asks for it is told so at once."""
    drop(bot, "fight")
    await bot.start()
    bot.chat.send_photo(ada)
    old = await bot.chat.wait_for(says("What shall I do"))
    assert any("Fight" in text for text in labels(old))
    bot.chat.send_text("/cancel")
    await fail_at_it(bot, [ada, ben])

    bot.chat.send_text("/fight")
    told = await bot.chat.wait_for(says("Fight: the video service no longer makes this one. How about /"))
    assert "/fight" not in told.text
    bot.chat.send_text("/effect fight")
    await bot.chat.wait_for(lambda seen: seen.id > told.id and "no longer makes" in seen.text_or_caption)
    bot.chat.send_text("/effects")
    shelves = await bot.chat.wait_for(says("80 effects"))
    assert not any("Fight" in text for text in labels(shelves))
    bot.chat.send_text("/fihgt")
    unknown = await bot.chat.wait_for(says("I don't know “fihgt”"))
    assert "/fight" not in unknown.text
    query = bot.chat.press(shelves.id, data="want:fight")
    await bot.telegram.wait(lambda telegram: query in telegram.callback_answers)
    assert "not offered any more" in (bot.telegram.callback_answers[query].text or "")
    assert len(await bot.jobs()) == 1


async def test_draft_that_was_waiting(bot: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """Who had chosen it before, and sends the photos after, is told then; nothing is asked of the service."""
    drop(bot, "fight")
    await bot.start()
    bob = bot.telegram.private_chat(bot.telegram.add_person("Bob"))
    bob.send_text("/fight")
    await bob.wait_for(says("send me two photos"))
    await fail_at_it(bot, [ada, ben])
    bob.send_album([ada, ben])
    await bob.wait_for(says("no longer makes this effect"))
    assert len(await bot.jobs()) == 1


async def test_operator_is_told_once_and_brings_it_back(bot: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """The admins hear of it once; `effects --restore` brings it back, also beside a running bot and after a restart."""
    boss = bot.telegram.add_person("Boss")
    admin_chat = bot.telegram.private_chat(boss)
    rule = drop(bot, "fight")
    await bot.start(admin_ids=str(boss.id))
    await fail_at_it(bot, [ada, ben])
    notice = await admin_chat.wait_for(says("AIML no longer knows the effect “fight”"))
    assert "effects --restore fight" in notice.text
    await bot.stop()
    await bot.start()
    bot.chat.send_text("/fight")
    await bot.chat.wait_for(says("no longer makes this one"))
    listed = "\n".join(await list_effects(bot.settings()))
    assert "/fight — Fight (two photos): AIML fight (5 s, 0.23 USD, retired 2" in listed
    assert "80 effects are offered." in listed

    assert await restore_effect(bot.settings(), "fight") == ("fight is offered again at AIML.", True)
    assert await restore_effect(bot.settings(), "fight") == ("No service has dropped fight.", False)
    assert "Did you mean fight" in (await restore_effect(bot.settings(), "figth"))[0]
    await bot.stop()
    await bot.start()
    await fail_at_it(bot, [ada, ben])
    await admin_chat.wait_for(lambda seen: seen.id > notice.id and "no longer knows" in seen.text_or_caption)
    rule.remove()
    await restore_effect(bot.settings(), "fight")
    await bot.stop()
    await bot.start()
    bot.chat.send_album([ada, ben], "/fight")
    await bot.chat.wait_for(lambda seen: seen.video is not None)


async def test_other_service_still_makes_it(bot_with_kling: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """What one service has dropped goes to the other from then on, straight away; people notice nothing."""
    drop(bot_with_kling, "fight")
    await bot_with_kling.start()
    bot_with_kling.chat.send_album([ada, ben], "/fight")
    await bot_with_kling.until_state(State.DELIVERED)
    bot_with_kling.chat.send_album([ada, ben], "/fight")
    jobs = await bot_with_kling.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED] * 2)
    assert [(job.service, job.moved_from) for job in jobs] == [("kling", "aiml"), ("kling", None)]
    assert len(bot_with_kling.aiml.submissions) == 0
    bot_with_kling.chat.send_text("/effects")
    shelves = await bot_with_kling.chat.wait_for(says(f"{len(Catalogue.load().offered(('aiml', 'kling')))} effects"))
    assert any("Fight" in text for text in labels(shelves))


@pytest.mark.first_start
async def test_menu_follows(bot: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """Telegram's command menu loses what is retired."""
    drop(bot, "fight")
    await bot.start()
    await bot.telegram.wait(lambda telegram: any(call.method == "setMyCommands" for call in telegram.calls))
    await fail_at_it(bot, [ada, ben])
    await bot.stop()
    await bot.start()
    await bot.telegram.wait(
        lambda telegram: all(
            "fight" not in [one["command"] for one in commands] for commands in telegram.commands.values()
        )
    )
