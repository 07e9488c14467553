"""What becomes of a video when its service answers in unusual ways: what the person and the admins read."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import pytest

from sandbox.aiml import job_error
from sandbox.http.faults import FOREVER, HandleThen, RespondWith
from sandbox.kling import KlingRefusal
from sandbox.kling.codes import wrapped_in_message
from storage import State
from tests.assertions import is_video, says

if TYPE_CHECKING:
    from sandbox.telegram import Chat
    from tests.bot_under_test import BotUnderTest

AIML_SUBMIT, AIML_POLL = "POST /v2/video/generations", "GET /v2/video/generations"
KLING_SUBMIT, KLING_POLL = "POST /v1/videos/effects", "GET /v1/videos/effects/*"


def with_admin(bot: BotUnderTest) -> tuple[Chat, str]:
    """Return the chat of an admin, and the setting that makes them one."""
    boss = bot.telegram.add_person("Boss")
    return bot.telegram.private_chat(boss), str(boss.id)


def notices(chat: Chat) -> list[str]:
    """Return what the bot told an admin."""
    return [seen.text for seen in chat.messages if seen.sender == "bot"]


# ---------------------------------------------------------------- row 54
async def test_row_54_a_full_slot_behind_a_gateway(bot_with_kling: BotUnderTest, coffee: bytes) -> None:
    """A gateway that wraps Kling's "too many at once" is waited for, and nobody hears of an empty account."""
    admin_chat, admin = with_admin(bot_with_kling)
    bot_with_kling.kling.faults.add(KLING_SUBMIT, wrapped_in_message(KlingRefusal(1303)), times=2)
    await bot_with_kling.start(aiml_api_key="", admin_ids=admin)
    bot_with_kling.chat.send_photo(coffee, "/pet_dance")
    await bot_with_kling.chat.wait_for(says("I keep trying"))
    await bot_with_kling.until(lambda jobs: jobs[0].state is State.DELIVERED, advancing=10)
    assert notices(admin_chat) == []
    assert len(bot_with_kling.kling.ledger) == 1


async def test_row_54_an_account_that_may_not(bot: BotUnderTest, coffee: bytes) -> None:
    """A 403 about a verified account is the operator's: they read that it is the account, not a wrong address."""
    admin_chat, admin = with_admin(bot)
    message = "Please verify your account to use this model"
    bot.aiml.faults.add(AIML_SUBMIT, RespondWith(403, {"message": message, "statusCode": 403}))
    await bot.start(admin_ids=admin)
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(says("doesn't let the bot's account make videos"))
    await admin_chat.wait_for(says("does not let this account make videos"))


@pytest.mark.parametrize("status", [500, 502, 504])
async def test_row_54_an_id_in_a_header(bot: BotUnderTest, coffee: bytes, status: int) -> None:
    """A job whose answer was lost but for a header is made, even while the service's record does not show it."""
    bot.aiml.log_delay = 1e9
    lost = RespondWith(status, body=b"<html>Bad Gateway</html>")
    bot.aiml.faults.add(AIML_SUBMIT, HandleThen(lost, kept_headers=("x-inference-id",)))
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(is_video)
    assert len(bot.aiml.ledger) == len(bot.aiml.submissions) == 1


async def test_row_54_an_id_in_a_header_of_no_job(bot: BotUnderTest, coffee: bytes) -> None:
    """A header that names no job proves nothing: the submit is in doubt."""
    headers = {"x-inference-id": "not-a-job"}
    bot.aiml.faults.add(AIML_SUBMIT, RespondWith(502, body=b"Bad Gateway", headers=headers))
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(says("didn't answer clearly"))


@pytest.mark.parametrize(("discount", "usd"), [(None, 0.28), (0.25, 0.21)])
async def test_row_54_what_kling_took(
    bot_with_kling: BotUnderTest, coffee: bytes, discount: float | None, usd: float
) -> None:
    """What Kling says that a video cost is kept with it, in money or as the list price of its units."""
    bot_with_kling.kling.discount = discount
    await bot_with_kling.start(aiml_api_key="")
    bot_with_kling.chat.send_photo(coffee, "/pet_dance")
    job = await bot_with_kling.until_state(State.DELIVERED)
    assert job.usd == pytest.approx(usd)


async def test_row_54_what_is_left_at_kling(bot_with_kling: BotUnderTest) -> None:
    """An admin with an account at Kling itself reads how many units are left in its packs."""
    bot_with_kling.kling.tells_costs = True
    bot_with_kling.kling.balance_usd = 14.0
    admin_chat, admin = with_admin(bot_with_kling)
    await bot_with_kling.start(aiml_api_key="", admin_ids=admin)
    admin_chat.send_text("/balance")
    await admin_chat.wait_for(says("Kling: 100 units, about 14.00 USD"))


# ---------------------------------------------------------------- row 39
def finished(**fields: Any) -> RespondWith:
    """Return AIML's answer about a job that is finished, with these fields."""
    return RespondWith(200, {"id": "x", "status": "completed", **fields})


async def test_row_39_finished_and_no_video_is_told(bot: BotUnderTest, coffee: bytes) -> None:
    """A job finished with no video in three answers fails, without a promise about money; admins read why."""
    admin_chat, admin = with_admin(bot)
    rule = bot.aiml.faults.add(AIML_POLL, finished(film={"at": "nowhere"}), times=FOREVER)
    await bot.start(admin_ids=admin)
    bot.chat.send_photo(coffee, "/squish")
    failed = await bot.chat.wait_for(says("couldn't find a video in its answer"))
    assert rule.use_count == 3
    assert "It may have been charged" in failed.text
    assert "Nothing was charged" not in failed.text
    notice = await admin_chat.wait_for(says("its answer has no video"))
    assert "film: {at: text}" in notice.text
    bot.chat.send_photo(coffee, "/squish")
    await bot.until(lambda jobs: [job.state for job in jobs] == [State.FAILED] * 2)
    assert len(notices(admin_chat)) == 1


async def test_row_39_a_video_that_comes_a_little_later(bot: BotUnderTest, coffee: bytes) -> None:
    """A job whose first answers lack the address is polled again, and its video comes."""
    bot.aiml.faults.add(AIML_POLL, finished(), RespondWith(502), finished(video=None))
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(is_video)


async def test_row_39_an_unknown_word_is_told_once(bot: BotUnderTest, coffee: bytes) -> None:
    """A status that nobody knows counts as pending, the admins are told of it once, and the video comes."""
    admin_chat, admin = with_admin(bot)
    words = [RespondWith(200, {"id": "x", "status": word}) for word in ("dreaming", "dreaming", "queued", "dreaming")]
    bot.aiml.faults.add(AIML_POLL, *words)
    await bot.start(admin_ids=admin)
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(is_video)
    await admin_chat.wait_for(says("dreaming"))
    assert len(notices(admin_chat)) == 1


async def test_row_39_cancelled_and_finished_without_a_video(bot_with_kling: BotUnderTest, coffee: bytes) -> None:
    """A job that was cancelled ends too if its service calls it finished and shows no video."""
    await bot_with_kling.start(aiml_api_key="")
    bot_with_kling.chat.send_photo(coffee, "/pet_dance")
    await bot_with_kling.kling.wait(lambda kling: bool(kling.jobs))
    (task,) = bot_with_kling.kling.jobs.values()
    task.hold()
    await bot_with_kling.until_state(State.GENERATING)
    card = await bot_with_kling.chat.wait_for(says("being made"))
    bot_with_kling.chat.press(card.id, "Don't post it")
    await bot_with_kling.chat.wait_for(says("Shall I post it"))
    done = {"code": 0, "data": {"task_id": task.id, "task_status": "succeed", "task_result": {}}}
    bot_with_kling.kling.faults.add(KLING_POLL, RespondWith(200, done), times=FOREVER)
    await bot_with_kling.until_state(State.CANCELLED)


# ---------------------------------------------------------------- row 55
@pytest.mark.parametrize(("number", "which"), [(0, "the first photo"), (1, "the second photo")])
async def test_row_55_which_photo_has_no_face(
    bot: BotUnderTest, ada: bytes, ben: bytes, number: int, which: str
) -> None:
    """The person reads which of two photos it is though the answer only repeats it, also after a restart."""
    await bot.start()
    bot.chat.send_album([ada, ben], "/hug")
    await bot.aiml.wait(lambda aiml: bool(aiml.jobs))
    (job,) = bot.aiml.jobs.values()
    job.hold()
    await bot.until_state(State.GENERATING)
    await bot.stop()
    job.fail(job_error("face_detection_error", job.request, number))
    await bot.start()
    failed = await bot.chat.wait_for(says("couldn't find a face"))
    assert f"a face in {which}" in failed.text


@pytest.mark.parametrize(("number", "which"), [(0, "the first photo"), (1, "the second photo")])
async def test_row_55_which_photo_is_refused(
    bot: BotUnderTest, ada: bytes, ben: bytes, number: int, which: str
) -> None:
    """The same if the service refuses the submit at once."""
    await bot.start()
    bot.chat.send_album([ada, ben], "/hug")
    await bot.chat.wait_for(is_video)
    photo = base64.b64encode(bot.aiml.submissions[0].photos[number]).decode()
    entry = {"loc": ["body", "image_url"], "msg": "The image dimensions are too small.", "type": "image_too_small"}
    bot.aiml.faults.add(AIML_SUBMIT, RespondWith(422, {"detail": [{**entry, "input": photo}]}))
    bot.chat.send_album([ada, ben], "/hug")
    jobs = await bot.until(lambda jobs: jobs[-1].state is State.FAILED)
    assert jobs[-1].reason_photo == number + 1
    await bot.chat.wait_for(says(which))


# ---------------------------------------------------------------- row 36
async def test_row_36_off_for_a_day_and_a_poll_fails(bot: BotUnderTest, coffee: bytes) -> None:
    """The bot was off for two days, and the service does not answer at first: the video is there, and comes."""
    rule = bot.aiml.faults.add(AIML_POLL, RespondWith(503), times=FOREVER)
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await bot.until_state(State.GENERATING)
    await bot.stop()
    bot.clock.advance(2 * 86_400)
    await bot.start()
    used = rule.use_count
    await bot.until(lambda _: rule.use_count > used + 2, advancing=400)
    assert (await bot.job()).state is State.GENERATING
    for job in bot.aiml.jobs.values():
        job.finish()
    rule.remove()
    await bot.until(lambda jobs: jobs[0].state is State.DELIVERED, advancing=400)


async def test_row_36_given_up_without_a_promise(bot: BotUnderTest, coffee: bytes) -> None:
    """A service that still says after a day that it is at work may have charged: the person reads so."""
    bot.aiml.job_seconds = None
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await bot.until_state(State.GENERATING)
    bot.advance(86_400 + 60)
    failed = await bot.chat.wait_for(says("still says that it isn't done"))
    assert "It may have been charged" in failed.text
    assert "Nothing was charged" not in failed.text
