"""The bot with Kling alone: an operator who has no account at AIML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.http.faults import CloseAfter, CloseBefore, HandleThen, RespondWith, TruncateResponse
from sandbox.kling import KlingRefusal, ResponseShape
from storage import State
from tests.assertions import is_video, labels, says
from tests.bot.lost_submits import ends_adopted, ends_decided

if TYPE_CHECKING:
    from sandbox.http.faults import Fault
    from sandbox.kling import KlingTask
    from tests.bot_under_test import BotUnderTest

SUBMIT = "POST /v1/videos/effects"
QUERY = "GET /v1/videos/effects/*"


async def start(bot: BotUnderTest, **settings: str) -> None:
    """Start a bot that knows Kling alone."""
    await bot.start(aiml_api_key="", **settings)


async def held(bot: BotUnderTest) -> KlingTask:
    """Return the only task; from now on the test moves it."""
    await bot.kling.wait(lambda service: bool(service.jobs))
    (task,) = bot.kling.jobs.values()
    task.hold()
    return task


# ---------------------------------------------------------------- from photos to a video
async def test_a_hug(bot_with_kling: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """Two photos sent with /hug become the video of Kling's hug_pro."""
    await start(bot_with_kling)
    bot_with_kling.chat.send_album([ada, ben], "/hug")
    video = await bot_with_kling.chat.wait_for(is_video)
    assert video.video == bot_with_kling.video.data
    (sent,) = bot_with_kling.kling.submissions
    assert (sent.scene, len(sent.photos)) == ("hug_pro", 2)
    job = await bot_with_kling.until_state(State.DELIVERED)
    assert (job.service, sent.client_request_id) == ("kling", job.client_request_id)
    assert len(bot_with_kling.kling.ledger) == 1
    assert bot_with_kling.aiml.faults.request_count == 0


async def test_an_effect_of_klings_own(bot_with_kling: BotUnderTest, coffee: bytes) -> None:
    """An effect that Kling alone makes takes one photo of anything."""
    await start(bot_with_kling)
    bot_with_kling.chat.send_photo(coffee, "/pet_roll_window")
    await bot_with_kling.chat.wait_for(is_video)
    assert [sent.scene for sent in bot_with_kling.kling.submissions] == ["pet_roll_window"]


@pytest.mark.parametrize("scene", ["squish", "expansion", "balloon_parade", "jelly_press"])
async def test_row_56_what_kling_no_longer_lists(bot_with_kling: BotUnderTest, coffee: bytes, scene: str) -> None:
    """A bot with a key for Kling alone makes the effects that Kling dropped from its list without notice."""
    await start(bot_with_kling)
    bot_with_kling.chat.send_photo(coffee, f"/{scene}")
    await bot_with_kling.chat.wait_for(is_video)
    assert [sent.scene for sent in bot_with_kling.kling.submissions] == [scene]


async def test_row_56_a_refusal_hides_it(bot_with_kling: BotUnderTest, coffee: bytes) -> None:
    """If Kling has dropped one of them for good, the first refusal costs nothing and hides it; the rest stay."""
    bot_with_kling.kling.offered.discard("squish")
    await start(bot_with_kling)
    bot_with_kling.chat.send_photo(coffee, "/squish")
    await bot_with_kling.until_state(State.FAILED)
    assert len(bot_with_kling.kling.ledger) == 0
    bot_with_kling.chat.send_photo(coffee)
    question = await bot_with_kling.chat.wait_for(says("What shall I do"))
    assert not any("Squish" in text for text in labels(question))
    assert any("Inflate" in text for text in labels(question))


async def test_row_56_an_ended_scene_is_not_offered(bot_with_kling: BotUnderTest, coffee: bytes) -> None:
    """A scene whose end Kling has announced is no effect: nothing is sent."""
    await start(bot_with_kling)
    bot_with_kling.chat.send_photo(coffee, "/magic_match_tree")
    await bot_with_kling.chat.wait_for(says("I don't know"))
    assert len(bot_with_kling.kling.submissions) == 0


@pytest.mark.parametrize("shape", [shape for shape in ResponseShape if shape is not ResponseShape.VENDOR])
async def test_a_reseller_that_answers_in_its_own_form(
    bot_with_kling: BotUnderTest, coffee: bytes, shape: ResponseShape
) -> None:
    """A reseller whose answers look different brings the video all the same."""
    bot_with_kling.kling.shape = shape
    await start(bot_with_kling)
    bot_with_kling.chat.send_photo(coffee, "/pet_dance")
    await bot_with_kling.chat.wait_for(is_video)
    assert len(bot_with_kling.kling.ledger) == 1


async def test_a_pair_of_keys(bot_with_kling: BotUnderTest, coffee: bytes, caplog: pytest.LogCaptureFixture) -> None:
    """With an access key and a secret key the video comes too; no key and no token is in the log."""
    bot_with_kling.kling.key = "no static key is known here"
    keys = {"kling_access_key": bot_with_kling.kling.access_key, "kling_secret_key": bot_with_kling.kling.secret_key}
    await start(bot_with_kling, kling_api_key="", **keys)
    bot_with_kling.chat.send_photo(coffee, "/pet_dance")
    await bot_with_kling.chat.wait_for(is_video)
    await bot_with_kling.stop()
    assert bot_with_kling.kling.secret_key not in caplog.text
    assert "eyJ" not in caplog.text


# ---------------------------------------------------------------- no video
async def test_no_face(bot_with_kling: BotUnderTest, ada: bytes, coffee: bytes) -> None:
    """A hug with a photo without a face is told as such, and what else could be done."""
    await start(bot_with_kling)
    bot_with_kling.chat.send_album([ada, coffee], "/hug")
    await bot_with_kling.chat.wait_for(says("couldn't find a face"))
    await bot_with_kling.until_state(State.FAILED)
    assert bot_with_kling.kling.ledger == []


async def test_moderated_when_it_is_made(bot_with_kling: BotUnderTest, coffee: bytes) -> None:
    """A photo that the service's rules refuse once it was looked at is told as such."""
    await start(bot_with_kling)
    bot_with_kling.chat.send_photo(coffee, "/pet_dance")
    (await held(bot_with_kling)).fail("Failure to pass the risk control system")
    await bot_with_kling.chat.wait_for(says("rules don't allow"))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (1301, "rules don't allow"),
        (1102, "account at the video service is empty"),
        (1101, "account at the video service is empty"),
        (1002, "doesn't let the bot in"),
        (1304, "doesn't let the bot's account make videos"),
        (1103, "doesn't let the bot's account make videos"),
    ],
)
async def test_row_11_refusals_of_klings(bot_with_kling: BotUnderTest, coffee: bytes, code: int, words: str) -> None:
    """Each clear no has its own words, is asked once, and tells the operator where it is their turn."""
    boss = bot_with_kling.telegram.add_person("Boss")
    admin_chat = bot_with_kling.telegram.private_chat(boss)
    bot_with_kling.kling.faults.add(SUBMIT, KlingRefusal(code).fault())
    await start(bot_with_kling, admin_ids=str(boss.id))
    bot_with_kling.chat.send_photo(coffee, "/pet_dance")
    await bot_with_kling.chat.wait_for(says(words))
    await bot_with_kling.until_state(State.FAILED)
    assert bot_with_kling.kling.submissions == []
    if code != 1301:
        await admin_chat.wait_for(says("Kling"))


@pytest.mark.parametrize("code", [1302, 1303, 5001])
async def test_row_11_klings_busy(bot_with_kling: BotUnderTest, coffee: bytes, code: int) -> None:
    """A service that asks for patience is asked again, and the video comes."""
    bot_with_kling.kling.faults.add(SUBMIT, KlingRefusal(code).fault(), times=2)
    await start(bot_with_kling)
    bot_with_kling.chat.send_photo(coffee, "/pet_dance")
    await bot_with_kling.chat.wait_for(lambda seen: seen.sender == "bot")
    await bot_with_kling.until(lambda jobs: bool(jobs) and jobs[0].state is State.DELIVERED, advancing=10)
    assert len(bot_with_kling.kling.ledger) == 1


# ---------------------------------------------------------------- answers that are lost
@pytest.mark.parametrize(
    "fault",
    [
        CloseAfter(),
        TruncateResponse(40),
        HandleThen(RespondWith(502, body=b"Bad Gateway")),
        HandleThen(RespondWith(200, body=b'{"code": 0, "data": {"task_id": "815')),
        HandleThen(KlingRefusal(5000).fault()),
        HandleThen(KlingRefusal(5002).fault()),
    ],
    ids=["closed", "cut", "502", "half a JSON", "5000", "5002"],
)
async def test_row_8_taken_by_kling_but_the_answer_is_lost(
    bot_with_kling: BotUnderTest, coffee: bytes, fault: Fault
) -> None:
    """A submit whose answer is lost is asked for by our own id and adopted: one charge, one video."""
    bot_with_kling.kling.faults.add(SUBMIT, fault)
    await start(bot_with_kling)
    bot_with_kling.chat.send_photo(coffee, "/pet_dance")
    await ends_adopted(bot_with_kling, bot_with_kling.kling)


@pytest.mark.parametrize("decision", ["🔁 Try again", "Leave it"])
async def test_row_9_not_taken_by_kling_and_nobody_knows(
    bot_with_kling: BotUnderTest, coffee: bytes, decision: str
) -> None:
    """A submit that Kling has never heard of is not sent again without the person's word."""
    bot_with_kling.kling.faults.add(SUBMIT, CloseBefore())
    await start(bot_with_kling)
    bot_with_kling.chat.send_photo(coffee, "/pet_dance")
    await ends_decided(bot_with_kling, bot_with_kling.kling, decision)


async def test_row_10_klings_record_is_down_for_a_while(bot_with_kling: BotUnderTest, coffee: bytes) -> None:
    """A query that fails for a while is made again later."""
    bot_with_kling.kling.faults.add(SUBMIT, CloseAfter())
    bot_with_kling.kling.faults.add(
        QUERY, RespondWith(503), KlingRefusal(1302).fault(), RespondWith(404), RespondWith(200, body=b"{")
    )
    await start(bot_with_kling)
    bot_with_kling.chat.send_photo(coffee, "/pet_dance")
    await bot_with_kling.until(lambda jobs: bool(jobs) and jobs[0].state is State.DELIVERED, advancing=5)
    assert len(bot_with_kling.kling.submissions) == len(bot_with_kling.kling.ledger) == 1


async def test_a_lost_task_that_fails_for_the_photos_sake(bot_with_kling: BotUnderTest, coffee: bytes) -> None:
    """A lost submit that Kling took and could not make of this photo is adopted, and the person reads why."""
    bot_with_kling.kling.faults.add(SUBMIT, CloseAfter())
    await start(bot_with_kling)
    bot_with_kling.chat.send_photo(coffee, "/pet_dance")
    (await held(bot_with_kling)).fail("Failure to pass the risk control system")
    await bot_with_kling.until(lambda jobs: jobs[0].state is State.FAILED, advancing=5)
    await bot_with_kling.chat.wait_for(says("rules don't allow"))
    assert len(bot_with_kling.kling.submissions) == 1


async def test_row_12_klings_polls_that_fail(bot_with_kling: BotUnderTest, coffee: bytes) -> None:
    """Polls that fail in any way are made again, and the video comes."""
    await start(bot_with_kling)
    bot_with_kling.chat.send_photo(coffee, "/pet_dance")
    task = await held(bot_with_kling)
    strange = {"code": 0, "data": {"task_id": task.id, "task_status": "succeed", "task_result": {}}}
    rule = bot_with_kling.kling.faults.add(
        QUERY,
        RespondWith(404),
        RespondWith(500),
        RespondWith(200, json=strange),
        KlingRefusal(1203).fault(),
        RespondWith(200, body=b"<html>"),
    )
    await bot_with_kling.until(lambda _: rule.remaining == 0, advancing=5)
    task.finish()
    await bot_with_kling.until(lambda jobs: jobs[0].state is State.DELIVERED, advancing=5)
