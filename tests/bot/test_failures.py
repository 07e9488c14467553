"""Each failure in plain words with what to do next, and what the operator learns."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from sandbox.aiml import ErrorShape, job_error
from sandbox.http.faults import FOREVER, CloseAfter, CloseBefore, Fault, HandleThen, RespondWith, TruncateResponse
from storage import State
from tests.assertions import is_video, says
from tests.bot.lost_submits import ends_adopted, ends_decided

if TYPE_CHECKING:
    from tests.bot_under_test import BotUnderTest

SUBMIT = "POST /v2/video/generations"
POLL = "GET /v2/video/generations"


@pytest.mark.parametrize(
    ("shape", "which"),
    [
        (ErrorShape.FAL, "the second photo"),
        (ErrorShape.FAL_INDEXED, "the second photo"),
        (ErrorShape.NAMED, "one of the photos"),
    ],
)
async def test_no_face(bot: BotUnderTest, ada: bytes, coffee: bytes, shape: ErrorShape, which: str) -> None:
    """No face: the photo is named when the service tells, and effects that take any subject are the way out."""
    bot.aiml.error_shape = shape
    await bot.start()
    bot.chat.send_album([ada, coffee], "/hug")
    failed = await bot.chat.wait_for(says("couldn't find a face"))
    job = await bot.until_state(State.FAILED)
    assert f"a face in {which}" in failed.text
    assert job.id in failed.text
    assert "Nothing was charged" in failed.text
    assert bot.aiml.ledger == []
    bot.chat.press(failed.id, "🫳 Squish")
    await bot.chat.wait_for(is_video)
    assert bot.aiml.submissions[1].scene == "squish"


async def test_moderation(bot: BotUnderTest, coffee: bytes) -> None:
    """A photo refused by the service's content rules is said so."""
    await bot.start(poll_interval="0.2")
    bot.chat.send_photo(coffee, "/squish")
    await bot.aiml.wait(lambda aiml: bool(aiml.jobs))
    job = next(iter(bot.aiml.jobs.values()))
    job.fail(job_error("content_policy_violation", job.request, 0, ErrorShape.FAL))
    await bot.chat.wait_for(says("rules don't allow the photo"))


@pytest.mark.parametrize(
    ("status", "message", "words", "told"),
    [
        (400, "Body validation error: something else", "didn't understand the bot", "misconfigured"),
        (401, "This request requires a valid API key.", "doesn't let the bot in", "does not accept the key"),
        (
            403,
            "You've run out of credits. Please top up your balance",
            "account at the video service is empty",
            "empty",
        ),
        (404, "Not Found", "didn't understand the bot", "did not understand"),
        (422, "Could not detect face in the image", "couldn't find a face", ""),
    ],
)
async def test_row_11_refusals(
    bot: BotUnderTest, coffee: bytes, status: int, message: str, words: str, told: str
) -> None:
    """Each refusal has its own words; the operator is told once where it is theirs to mend."""
    boss = bot.telegram.add_person("Boss")
    admin_chat = bot.telegram.private_chat(boss)
    bot.aiml.faults.add(SUBMIT, RespondWith(status, {"message": message, "statusCode": status}), times=2)
    await bot.start(admin_ids=str(boss.id))
    bot.chat.send_photo(coffee, "/squish")
    failed = await bot.chat.wait_for(says("no video this time"))
    assert words in failed.text
    bot.chat.send_photo(coffee, "/squish")
    await bot.until(lambda jobs: [job.state for job in jobs] == [State.FAILED] * 2)
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(is_video)
    notices = [seen for seen in admin_chat.messages if seen.sender == "bot"]
    assert len(notices) == (1 if told else 0)
    assert bot.aiml.ledger[0].client_request_id is not None
    assert len(bot.aiml.ledger) == 1


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "1"}, {"Retry-After": "soon"}])
@pytest.mark.parametrize("status", [429, 503])
async def test_row_11_busy(bot: BotUnderTest, coffee: bytes, status: int, headers: dict[str, str]) -> None:
    """A busy service is waited for, with a word about it, and then makes the video once."""
    bot.aiml.faults.add(
        SUBMIT, RespondWith(status, {"message": "Too Many Requests", "statusCode": status}, headers=headers)
    )
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(says("I keep trying"))
    waiting = await bot.job()
    if headers.get("Retry-After") == "1":
        assert waiting.due_at - waiting.changed_at == pytest.approx(1, abs=0.1)
    bot.advance(10)
    await bot.chat.wait_for(is_video)
    assert len(bot.aiml.ledger) == 1


@pytest.mark.parametrize("nowhere", ["http://127.0.0.1:1", "http://localhost.invalid"], ids=["refused", "no host"])
async def test_row_7_service_unreachable(bot: BotUnderTest, coffee: bytes, nowhere: str) -> None:
    """A service that can't be reached has charged nothing: the job waits, says so, and is done when it is back."""
    away = bot.settings().aiml_api_url
    await bot.start(aiml_api_url=nowhere)
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(says("can't be reached just now"))
    await bot.stop()
    bot.clock.advance(60)
    await bot.start(aiml_api_url=away)
    await bot.chat.wait_for(is_video)
    assert len(bot.aiml.ledger) == 1


async def test_given_up_after_many_tries(bot: BotUnderTest, coffee: bytes) -> None:
    """A service that stays busy is given up in the end, and the person may try again with a button."""
    bot.aiml.faults.add(SUBMIT, RespondWith(429, {"message": "Too Many Requests", "statusCode": 429}), times=9)
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await bot.until(bool)
    await bot.until(lambda jobs: jobs[0].state is State.FAILED, advancing=100)
    failed = await bot.chat.wait_for(says("no room for this"))
    bot.chat.press(failed.id, "🔁 Try again")
    await bot.chat.wait_for(is_video)


@pytest.mark.parametrize(
    "fault",
    [
        CloseAfter(),
        TruncateResponse(20),
        HandleThen(RespondWith(502, body=b"Bad Gateway")),
        HandleThen(RespondWith(200, body=b'{"id": "abc')),
    ],
)
async def test_row_8_taken_but_the_answer_is_lost(bot: BotUnderTest, coffee: bytes, fault: Fault) -> None:
    """A submit whose answer is lost is found in the service's log and adopted: one charge, one video."""
    bot.aiml.faults.add(SUBMIT, fault)
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await ends_adopted(bot, bot.aiml)


@pytest.mark.parametrize("status", [403, 429, 503])
async def test_row_28_behind_a_proxys_page_it_is_charged_once(bot: BotUnderTest, coffee: bytes, status: int) -> None:
    """A proxy answers with a page of its own though the service took the photo: it is found, and charged once."""
    page = RespondWith(status, body=b"<html>nginx</html>", headers={"Retry-After": "0"})
    bot.aiml.faults.add(SUBMIT, HandleThen(page), times=FOREVER)
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await ends_adopted(bot, bot.aiml)


async def test_row_28_the_operator_is_told_of_a_wrong_address(bot: BotUnderTest, coffee: bytes) -> None:
    """At an address where somebody else answers nothing is sent again, and the admins read which answer came."""
    boss = bot.telegram.add_person("Boss")
    admin_chat = bot.telegram.private_chat(boss)
    bot.aiml.faults.add(SUBMIT, RespondWith(404, body=b"<html>404 nginx</html>"))
    await bot.start(admin_ids=str(boss.id))
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(says("didn't answer clearly"))
    await admin_chat.wait_for(says("Check its address in the settings"))
    assert (await bot.job()).state is State.IN_DOUBT


async def test_row_10_log_lags(bot: BotUnderTest, coffee: bytes) -> None:
    """The service's log shows the submit minutes later: until then the person waits, then the video comes."""
    bot.aiml.log_delay = 600
    bot.aiml.faults.add(SUBMIT, CloseAfter())
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(says("didn't answer clearly"))
    bot.aiml.log_delay = 0
    bot.advance(60)
    await bot.chat.wait_for(is_video)
    assert len(bot.aiml.submissions) == 1


@pytest.mark.parametrize("decision", ["🔁 Try again", "Leave it"])
async def test_row_9_not_taken_and_nobody_knows(bot: BotUnderTest, coffee: bytes, decision: str) -> None:
    """A submit that the log never shows is not sent again without the person's word."""
    bot.aiml.faults.add(SUBMIT, CloseBefore())
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await ends_decided(bot, bot.aiml, decision)


async def test_failed_in_the_log(bot: BotUnderTest, coffee: bytes) -> None:
    """A lost answer to a submit that the log calls failed: nothing was charged, so it is sent again by itself."""
    bot.aiml.concurrency = 0
    bot.aiml.faults.add(SUBMIT, CloseAfter())
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await bot.until(lambda jobs: bool(jobs) and jobs[0].state is State.IN_DOUBT)
    bot.aiml.concurrency = None
    bot.advance(5)
    await bot.until(lambda jobs: jobs[0].state is not State.IN_DOUBT)
    bot.advance(10)
    await bot.chat.wait_for(is_video)
    assert len(bot.aiml.ledger) == 1


@pytest.mark.parametrize(
    "answer",
    [
        RespondWith(404, {"message": "no such generation"}),
        RespondWith(500, {"message": "Internal server error"}),
        RespondWith(502, body=b"<html>Bad Gateway</html>"),
        RespondWith(200, {"id": "x", "video": None}),
        RespondWith(200, {"id": "x", "status": "who knows"}),
        CloseBefore(),
        TruncateResponse(10),
        RespondWith(429, {"message": "Too Many Requests"}, headers={"Retry-After": "0"}),
    ],
)
async def test_row_12_polls_that_fail(bot: BotUnderTest, coffee: bytes, answer: RespondWith) -> None:
    """A poll that fails is made again; the person sees nothing of it but the video."""
    bot.aiml.faults.add(POLL, answer, times=3)
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(is_video)
    assert len(bot.aiml.ledger) == 1


async def test_row_12_longer_than_usual(bot: BotUnderTest, coffee: bytes) -> None:
    """Past the deadline the person is told that it takes longer; the late video still comes."""
    rule = bot.aiml.faults.add(POLL, RespondWith(200, {"id": "x", "status": "generating"}), times=FOREVER)
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(says("being made"))
    bot.advance(16 * 60)
    late = await bot.chat.wait_for(says("takes longer than usual ("))
    await bot.chat.wait_for(lambda seen: seen.reply_to == late.id and "longer than usual" in seen.text)
    rule.remove()
    await bot.until(lambda jobs: jobs[0].state is State.DELIVERED, advancing=100)
    video = await bot.chat.wait_for(is_video)
    assert video.id == late.id


async def test_row_12_given_up_after_a_day(bot: BotUnderTest, coffee: bytes) -> None:
    """A job that the service never finishes is given up after a day, in words."""
    bot.aiml.faults.add(POLL, RespondWith(200, {"id": "x", "status": "generating"}), times=FOREVER)
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(says("being made"))
    await bot.until(lambda jobs: jobs[0].state is State.FAILED, advancing=3600)
    await bot.chat.wait_for(says("a day ago"))


def _picture(size: tuple[int, int], kind: str = "JPEG") -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "orange").save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"no picture at all", "a.jpg", "can't read the photo as a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "can't read the photo as a picture"),
        (_picture((20, 20)), "a.jpg", "too few pixels"),
        (_picture((2000, 300)), "a.jpg", "too long and narrow"),
        (_picture((400, 400))[:-200], "a.jpg", "incomplete"),
        (b"", "a.jpg", "is empty"),
        (b"\xff\xd8\xff" + bytes(21 * 1024 * 1024), "a.jpg", "bigger than 20 MB"),
    ],
)
async def test_row_21_photos_refused_before_anything_is_paid(
    bot: BotUnderTest, data: bytes, name: str, words: str
) -> None:
    """A file that can't be used is refused in words, and the service hears nothing of it."""
    await bot.start()
    bot.chat.send_document(data, name, f"image/{name.split('.')[1]}", "/squish")
    failed = await bot.chat.wait_for(says("no video this time"))
    assert words in failed.text
    assert bot.aiml.submissions == []


async def test_photo_gone_from_telegram(bot: BotUnderTest, coffee: bytes) -> None:
    """A photo that Telegram no longer gives is asked for again after ten minutes."""
    bot.telegram.faults.add(
        "getFile", RespondWith(400, {"ok": False, "error_code": 400, "description": "Bad Request: x"}), times=FOREVER
    )
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await bot.until(lambda jobs: bool(jobs) and jobs[0].state is State.FAILED, advancing=60)
    await bot.chat.wait_for(says("couldn't get the photo from Telegram"))
