"""A video reaches its chat, whatever becomes of the chat, the message or the video's address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.http.faults import FOREVER, CloseAfter, CloseBefore, RespondWith
from storage import State
from tests.assertions import is_video, labels, says

if TYPE_CHECKING:
    from sandbox.telegram import Chat, MessageSnapshot
    from tests.bot_under_test import BotUnderTest

FILE = "GET /files"


def videos(chat: Chat) -> int:
    """Count the videos that people see."""
    return sum(is_video(seen) for seen in chat.messages)


async def held(bot: BotUnderTest) -> None:
    """Let the service keep its jobs until `let_go`."""
    await bot.aiml.wait(lambda aiml: bool(aiml.jobs))
    for job in bot.aiml.jobs.values():
        job.hold()


async def being_made(bot: BotUnderTest, photo: bytes) -> MessageSnapshot:
    """Start a job that stays at the service until `let_go`."""
    bot.chat.send_photo(photo, "/squish")
    await held(bot)
    return await bot.chat.wait_for(says("being made"))


def let_go(bot: BotUnderTest) -> None:
    """Let the service finish its jobs."""
    for job in bot.aiml.jobs.values():
        job.finish()


async def test_the_status_message_becomes_the_video(bot: BotUnderTest, coffee: bytes, clip: bytes) -> None:
    """The status message turns into the very video, with its buttons, and a short reply notifies the person."""
    await bot.start()
    status = await being_made(bot, coffee)
    let_go(bot)
    video = await bot.chat.wait_for(is_video)
    assert video.id == status.id
    assert video.video == clip
    assert labels(video) == ["🔁 Again", "🎨 Another effect", "↗️ Share"]
    await bot.chat.wait_for(lambda seen: seen.reply_to == video.id and "is ready" in seen.text)


async def test_progress_is_shown(bot: BotUnderTest, coffee: bytes) -> None:
    """While the video is made, the message shows the time and a bar that grows."""
    await bot.start(usual_seconds="60")
    await being_made(bot, coffee)
    bot.advance(30)
    await bot.chat.wait_for(lambda seen: "0:3" in seen.text and "of about 1:00" in seen.text and "▓▓▓▓▓░" in seen.text)


@pytest.mark.parametrize("method", ["editMessageMedia", "sendMessage", "editMessageText"])
async def test_answer_of_telegram_is_lost(bot: BotUnderTest, coffee: bytes, method: str) -> None:
    """Telegram does what was asked and its answer is lost: it is asked again, and there is one video."""
    await bot.start()
    bot.telegram.faults.add(method, CloseAfter())
    bot.chat.send_photo(coffee, "/squish")
    await bot.until(lambda jobs: bool(jobs) and jobs[0].state is State.DELIVERED, advancing=1)
    assert videos(bot.chat) == 1


async def test_too_late_to_cancel(bot: BotUnderTest, coffee: bytes) -> None:
    """A video that people may see already, though its answer was lost, can't be cancelled any more."""
    await bot.start()
    bot.telegram.faults.add("editMessageMedia", CloseAfter())
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(is_video)
    await bot.until(lambda jobs: jobs[0].state in {State.READY, State.DELIVERED})
    bot.chat.send_text("/cancel")
    await bot.chat.wait_for(lambda seen: "too late" in seen.text or "nothing to cancel" in seen.text)
    await bot.until(lambda jobs: jobs[0].state is State.DELIVERED, advancing=1)
    assert videos(bot.chat) == 1


async def test_notification_is_refused_once(bot: BotUnderTest, coffee: bytes) -> None:
    """A notification that Telegram could not take comes a little later."""
    await bot.start()
    bot.telegram.faults.add(
        lambda request: request.method == "sendMessage" and "is ready" in str(request.params.get("text")),
        RespondWith(502, body=b"Bad Gateway"),
    )
    bot.chat.send_photo(coffee, "/squish")
    await bot.until_state(State.DELIVERED)
    bot.advance(5)
    await bot.chat.wait_for(says("is ready"))


async def test_row_15_status_message_deleted(bot: BotUnderTest, coffee: bytes) -> None:
    """When the person deletes the status message, the video comes as a new reply to the request."""
    await bot.start()
    status = await being_made(bot, coffee)
    bot.chat.delete(status.id)
    let_go(bot)
    video = await bot.chat.wait_for(is_video)
    assert video.id != status.id
    await bot.until_state(State.DELIVERED)
    assert videos(bot.chat) == 1


async def test_request_deleted(bot: BotUnderTest, coffee: bytes) -> None:
    """When the request is deleted, the video comes all the same."""
    await bot.start()
    await being_made(bot, coffee)
    bot.chat.delete(1)
    let_go(bot)
    await bot.chat.wait_for(is_video)


async def test_row_15_person_blocked_the_bot(bot: BotUnderTest, coffee: bytes) -> None:
    """When the person has blocked the bot, the job ends as undeliverable, and others go on."""
    await bot.start()
    await being_made(bot, coffee)
    bot.telegram.block(bot.ada)
    let_go(bot)
    await bot.until_state(State.UNDELIVERABLE)
    bob = bot.telegram.private_chat(bot.telegram.add_person("Bob"))
    bob.send_photo(coffee, "/squish")
    await bob.wait_for(is_video)


async def test_row_15_group_became_a_supergroup(bot: BotUnderTest, coffee: bytes) -> None:
    """When the group is upgraded while the video is made, it comes to the new one."""
    group = bot.telegram.add_group("Friends", [bot.ada], supergroup=False)
    await bot.start()
    group.send_photo(coffee, "/squish@kling_sandbox_bot", by=bot.ada)
    await held(bot)
    await group.wait_for(says("being made"))
    new = bot.telegram.migrate(group)
    let_go(bot)
    await new.wait_for(is_video)
    job = await bot.until_state(State.DELIVERED)
    assert job.chat_id == new.id
    assert videos(new) == 1


async def test_no_right_to_send_videos(bot: BotUnderTest, coffee: bytes) -> None:
    """Where the bot may not send videos it says so, and hands the video over in private through a link."""
    group = bot.telegram.add_group("Friends", [bot.ada])
    bot.telegram.forbid(group, "videos")
    await bot.start()
    group.send_photo(coffee, "/squish@kling_sandbox_bot", by=bot.ada)
    told = await group.wait_for(says("I may not send videos in this chat"))
    link = told.buttons[0][0].url or ""
    assert link.startswith("https://t.me/kling_sandbox_bot?start=")
    bot.chat.send_text(f"/start {link.rsplit('=', 1)[1]}")
    await bot.chat.wait_for(is_video)
    assert len(bot.aiml.ledger) == 1


async def test_row_15_flood_in_one_chat_delays_no_other(bot: BotUnderTest, coffee: bytes) -> None:
    """When Telegram asks for 30 seconds of patience in one chat, others get their videos; then that one does."""
    await bot.start()
    await being_made(bot, coffee)
    bot.telegram.flood(bot.chat, 30)
    let_go(bot)
    bob = bot.telegram.private_chat(bot.telegram.add_person("Bob"))
    bob.send_photo(coffee, "/squish")
    await bob.wait_for(is_video)
    assert videos(bot.chat) == 0
    calls = len([call for call in bot.telegram.calls if not call.ok])
    assert calls <= 4
    bot.telegram.end_flood(bot.chat)
    await bot.until(lambda jobs: all(job.state is State.DELIVERED for job in jobs), advancing=31)
    assert videos(bot.chat) == 1


async def test_row_13_telegram_refuses_the_url(bot: BotUnderTest, coffee: bytes, clip: bytes) -> None:
    """A URL that Telegram can't fetch is fetched by the bot, and uploaded."""
    await bot.start()
    bot.aiml.faults.add(FILE, RespondWith(403, body=b"forbidden"))
    bot.chat.send_photo(coffee, "/squish")
    video = await bot.chat.wait_for(is_video)
    assert video.video == clip
    uploads = [call for call in bot.params_of("editMessageMedia") if "Upload" in str(call)]
    assert uploads


@pytest.mark.parametrize(
    "answer",
    [
        RespondWith(403, body=b"expired"),
        RespondWith(200, body=b"<html>not a video</html>", headers={"Content-Type": "text/html"}),
        CloseBefore(),
    ],
)
async def test_row_13_address_of_the_video_fails_for_a_while(
    bot: BotUnderTest, coffee: bytes, answer: RespondWith
) -> None:
    """An address that gives no video is asked for again until it does."""
    await bot.start()
    bot.aiml.faults.add(FILE, answer, times=4)
    bot.chat.send_photo(coffee, "/squish")
    await bot.until(lambda jobs: bool(jobs) and jobs[0].state is State.DELIVERED, advancing=2)
    assert videos(bot.chat) == 1
    assert len(bot.aiml.ledger) == 1


async def test_address_of_the_video_never_works(bot: BotUnderTest, coffee: bytes) -> None:
    """An address that never gives a video is given up, in words with the job's id."""
    await bot.start()
    bot.aiml.faults.add(FILE, RespondWith(403, body=b"no"), times=FOREVER)
    bot.chat.send_photo(coffee, "/squish")
    await bot.until(bool)
    (job,) = await bot.until(
        lambda jobs: bool(jobs) and jobs[0].state is State.UNDELIVERABLE, seconds=20, advancing=100
    )
    told = await bot.chat.wait_for(says("couldn't fetch it"))
    assert job.id in told.text


async def test_row_13_video_over_20_mb_is_uploaded(bot: BotUnderTest, coffee: bytes, clip: bytes) -> None:
    """A video that is too big for Telegram to fetch is uploaded by the bot."""
    bot.video.data = clip + bytes(21 * 1024 * 1024)
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    video = await bot.chat.wait_for(is_video)
    assert len(video.video or b"") > 21 * 1024 * 1024


async def test_row_13_video_over_50_mb_is_a_link(bot: BotUnderTest, coffee: bytes, clip: bytes) -> None:
    """A video that is too big for Telegram at all comes as a link."""
    bot.video.data = clip + bytes(51 * 1024 * 1024)
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    told = await bot.chat.wait_for(says("too big for Telegram"))
    assert told.buttons[0][0].url == (await bot.job()).video_url


@pytest.mark.parametrize(
    "url", ["http://example.org/a.mp4", "https://10.0.0.1/a.mp4", "https://user@example.org/a.mp4"]
)
async def test_addresses_that_are_refused(bot: BotUnderTest, coffee: bytes, url: str) -> None:
    """A result at an address inside a network, or without TLS, is neither fetched nor shown to Telegram."""
    await bot.start()
    bot.aiml.faults.add(
        "GET /v2/video/generations",
        RespondWith(200, {"id": "x", "status": "completed", "video": {"url": url}}),
        times=FOREVER,
    )
    bot.chat.send_photo(coffee, "/squish")
    await bot.until(bool)
    await bot.until(lambda jobs: jobs[0].state is State.UNDELIVERABLE, seconds=20, advancing=100)
    assert bot.params_of("editMessageMedia") == []
