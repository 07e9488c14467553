"""Two video services: each effect goes to one that has it, and to the other where that one did not take it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from sandbox.http.faults import FOREVER, CloseAfter, CloseBefore, Delay, RespondWith
from storage import State
from tests.assertions import is_video, says

if TYPE_CHECKING:
    from sandbox.http.faults import Fault
    from tests.bot_under_test import BotUnderTest

AIML = "POST /v2/video/generations"
KLING = "POST /v1/videos/effects"
RETIRED = {"message": "Body validation error: effect_scene: Invalid enum value. Expected 'a' | 'b'"}


async def test_the_preferred_one_makes_it(bot_with_kling: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """A hug, which both services make, is made by the preferred one."""
    await bot_with_kling.start()
    bot_with_kling.chat.send_album([ada, ben], "/hug")
    await bot_with_kling.chat.wait_for(is_video)
    assert [one.scene for one in bot_with_kling.aiml.submissions] == ["hug"]
    assert bot_with_kling.kling.submissions == []


async def test_the_operator_prefers_the_other(bot_with_kling: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """With VIDEO_SERVICE=kling the same hug is Kling's hug_pro."""
    await bot_with_kling.start(video_service="kling")
    bot_with_kling.chat.send_album([ada, ben], "/hug")
    await bot_with_kling.chat.wait_for(is_video)
    assert [one.scene for one in bot_with_kling.kling.submissions] == ["hug_pro"]
    assert bot_with_kling.aiml.submissions == []


async def test_what_only_the_other_one_makes(bot_with_kling: BotUnderTest, coffee: bytes) -> None:
    """An effect that the preferred service lacks goes to the one that has it, without a word about it."""
    await bot_with_kling.start(video_service="kling")
    bot_with_kling.chat.send_photo(coffee, "/plushcut")
    await bot_with_kling.chat.wait_for(is_video)
    assert [one.scene for one in bot_with_kling.aiml.submissions] == ["plushcut"]


async def test_what_no_configured_service_makes_is_not_shown(bot: BotUnderTest, coffee: bytes) -> None:
    """With AIML alone an effect of Kling's alone is unknown, wherever a person looks."""
    await bot.start()
    bot.chat.send_photo(coffee, "/pet_roll_window")
    await bot.chat.wait_for(says("don't know"))
    assert bot.aiml.submissions == []


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (RespondWith(400, RETIRED), "AIML no longer knows"),
        (RespondWith(403, {"message": "You've run out of credits."}), "AIML is empty"),
        (RespondWith(401, {"message": "This request requires a valid API key."}), "AIML does not accept the key"),
    ],
    ids=["retired", "out of credit", "bad key"],
)
async def test_moved_where_it_was_refused(
    bot_with_kling: BotUnderTest, ada: bytes, ben: bytes, fault: Fault, told: str
) -> None:
    """A hug that the preferred service refuses for its own reasons is made by the other; the operator still hears."""
    boss = bot_with_kling.telegram.add_person("Boss")
    admin_chat = bot_with_kling.telegram.private_chat(boss)
    bot_with_kling.aiml.faults.add(AIML, fault)
    await bot_with_kling.start(admin_ids=str(boss.id))
    bot_with_kling.chat.send_album([ada, ben], "/hug")
    await bot_with_kling.chat.wait_for(is_video)
    job = await bot_with_kling.until_state(State.DELIVERED)
    assert (job.service, job.moved_from, job.client_request_id) == ("kling", "aiml", f"{job.id}.2")
    assert (len(bot_with_kling.kling.ledger), bot_with_kling.aiml.ledger) == (1, [])
    await admin_chat.wait_for(says(told))


async def test_moved_back_the_other_way(bot_with_kling: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """With Kling preferred and its resource pack used up, AIML makes the hug."""
    bot_with_kling.kling.balance_usd = 0
    await bot_with_kling.start(video_service="kling")
    bot_with_kling.chat.send_album([ada, ben], "/hug")
    await bot_with_kling.chat.wait_for(is_video)
    assert (len(bot_with_kling.aiml.ledger), bot_with_kling.kling.ledger) == (1, [])


async def test_moved_where_nobody_answers(bot_with_kling: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """A service that can't be reached is tried three times, not half an hour, where another one makes the effect."""
    await bot_with_kling.start(aiml_api_url="http://127.0.0.1:1")
    bot_with_kling.chat.send_album([ada, ben], "/hug")
    await bot_with_kling.chat.wait_for(says("can't be reached just now"))
    jobs = await bot_with_kling.until(lambda jobs: jobs[0].state is State.DELIVERED, advancing=30)
    assert (jobs[0].moved_from, jobs[0].submits) == ("aiml", 4)
    assert len(bot_with_kling.kling.ledger) == 1


async def test_not_moved_for_a_photo(bot_with_kling: BotUnderTest, ada: bytes, coffee: bytes) -> None:
    """A photo that one service finds no face in is not tried at the other: it would cost, and fail as well."""
    await bot_with_kling.start()
    bot_with_kling.chat.send_album([ada, coffee], "/hug")
    await bot_with_kling.chat.wait_for(says("couldn't find a face"))
    assert bot_with_kling.kling.submissions == []


async def test_moved_once(bot_with_kling: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """Where the other one does not take it either, the job ends in words, and does not go round and round."""
    bot_with_kling.aiml.faults.add(AIML, RespondWith(403, {"message": "You've run out of credits."}), times=FOREVER)
    bot_with_kling.kling.balance_usd = 0
    await bot_with_kling.start()
    bot_with_kling.chat.send_album([ada, ben], "/hug")
    await bot_with_kling.chat.wait_for(says("account at the video service is empty"))
    assert (bot_with_kling.aiml.ledger, bot_with_kling.kling.ledger) == ([], [])
    assert len(bot_with_kling.kling.submissions) == 1
    assert [rule for rule in bot_with_kling.aiml.submissions if rule.accepted] == []


@pytest.mark.parametrize("lost", [CloseAfter(), CloseBefore()], ids=["taken", "not taken"])
async def test_never_moved_in_doubt(bot_with_kling: BotUnderTest, ada: bytes, ben: bytes, lost: Fault) -> None:
    """A submit whose answer was lost may have been charged: it is looked for, and the other one is not asked."""
    bot_with_kling.aiml.faults.add(AIML, lost)
    await bot_with_kling.start(in_doubt_minutes="1")
    bot_with_kling.chat.send_album([ada, ben], "/hug")
    await bot_with_kling.until(lambda jobs: bool(jobs) and jobs[0].state is not State.QUEUED)
    ends = {State.DELIVERED, State.NEEDS_DECISION}
    await bot_with_kling.until(lambda jobs: jobs[0].state in ends, advancing=20)
    assert (len(bot_with_kling.aiml.submissions), bot_with_kling.kling.submissions) == (int(lost == CloseAfter()), [])


@pytest.mark.parametrize("trouble", ["out of credit", "busy"])
async def test_cancelled_while_it_is_refused(
    bot_with_kling: BotUnderTest, ada: bytes, ben: bytes, trouble: str
) -> None:
    """A job that the person cancels while the service is about to say no ends there: it is not sent anywhere again."""
    gate = asyncio.Event()
    bot_with_kling.aiml.faults.add(AIML, Delay(gate))
    if trouble == "busy":
        bot_with_kling.aiml.concurrency = 0
    else:
        bot_with_kling.aiml.balance_usd = 0
    await bot_with_kling.start()
    bot_with_kling.chat.send_album([ada, ben], "/hug")
    card = await bot_with_kling.chat.wait_for(says("sending your photos"))
    bot_with_kling.chat.press(card.id, "Don't post it")
    await bot_with_kling.chat.wait_for(says("it may be paid for already"))
    gate.set()
    await bot_with_kling.chat.wait_for(says("Nothing was charged"))
    await bot_with_kling.until_state(State.CANCELLED)
    assert (len(bot_with_kling.aiml.submissions), bot_with_kling.kling.submissions) == (1, [])


async def test_a_key_that_was_taken_away(bot_with_kling: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """A job queued for a service whose key is gone at the next start is made by the one that is left."""
    bot_with_kling.aiml.concurrency = 0
    await bot_with_kling.start()
    bot_with_kling.chat.send_album([ada, ben], "/hug")
    await bot_with_kling.chat.wait_for(says("I keep trying"))
    await bot_with_kling.stop()
    bot_with_kling.clock.advance(60)
    await bot_with_kling.start(aiml_api_key="")
    await bot_with_kling.until(lambda jobs: jobs[0].state is State.DELIVERED, advancing=30)
    assert (len(bot_with_kling.kling.ledger), bot_with_kling.aiml.ledger) == (1, [])


# ---------------------------------------------------------------- in doubt at Kling
@pytest.mark.parametrize(
    "lost", [CloseAfter(), RespondWith(502, body=b"Bad Gateway")], ids=["taken", "a gateway's 502, not taken"]
)
async def test_in_doubt_at_kling(bot_with_kling: BotUnderTest, ada: bytes, ben: bytes, lost: Fault) -> None:
    """A submit to Kling whose answer was lost is looked for by our id: adopted, or the person is asked."""
    bot_with_kling.kling.faults.add(KLING, lost)
    await bot_with_kling.start(video_service="kling")
    bot_with_kling.chat.send_album([ada, ben], "/hug")
    await bot_with_kling.chat.wait_for(says("didn't answer clearly"))
    ends = {State.DELIVERED, State.NEEDS_DECISION}
    jobs = await bot_with_kling.until(lambda jobs: jobs[0].state in ends, advancing=100)
    assert jobs[0].state is (State.DELIVERED if isinstance(lost, CloseAfter) else State.NEEDS_DECISION)
    assert len(bot_with_kling.kling.ledger) == len(bot_with_kling.kling.jobs)
    assert bot_with_kling.aiml.submissions == []
