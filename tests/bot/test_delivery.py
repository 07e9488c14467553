"""A video reaches its chat, whatever becomes of the chat, the message or the video's address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.http.faults import FOREVER, CloseAfter, CloseBefore, RespondWith
from storage import State
from tests.assertions import is_video, labels, says

if TYPE_CHECKING:
    from sandbox.telegram import Chat, Seen
    from tests.conftest import Play

FILE = "GET /files"


def videos(chat: Chat) -> int:
    """How many videos people see."""
    return sum(is_video(seen) for seen in chat.messages)


async def held(play: Play) -> None:
    """The service has the job, and keeps it until `let_go`."""
    await play.aiml.wait(lambda aiml: bool(aiml.jobs))
    for job in play.aiml.jobs.values():
        job.hold()


async def being_made(play: Play, photo: bytes) -> Seen:
    """A job at the service, held there until `let_go`."""
    play.chat.photo(photo, "/squish")
    await held(play)
    return await play.chat.wait_for(says("being made"))


def let_go(play: Play) -> None:
    """The service finishes its jobs."""
    for job in play.aiml.jobs.values():
        job.finish()


async def test_the_status_message_becomes_the_video(play: Play, coffee: bytes, clip: bytes) -> None:
    """The status message turns into the very video, with its buttons, and a short reply notifies the person."""
    await play.start()
    status = await being_made(play, coffee)
    let_go(play)
    video = await play.chat.wait_for(is_video)
    assert video.id == status.id
    assert video.video == clip
    assert labels(video) == ["🔁 Again", "🎨 Another effect", "↗️ Share"]
    await play.chat.wait_for(lambda seen: seen.reply_to == video.id and "is ready" in seen.text)


async def test_progress_is_shown(play: Play, coffee: bytes) -> None:
    """While the video is made, the message shows the time and a bar that grows."""
    await play.start(usual_seconds="60")
    await being_made(play, coffee)
    play.pass_time(30)
    await play.chat.wait_for(lambda seen: "0:3" in seen.text and "of about 1:00" in seen.text and "▓▓▓▓▓░" in seen.text)


@pytest.mark.parametrize("method", ["editMessageMedia", "sendMessage", "editMessageText"])
async def test_answer_of_telegram_is_lost(play: Play, coffee: bytes, method: str) -> None:
    """Telegram does what was asked and its answer is lost: it is asked again, and there is one video."""
    await play.start()
    play.telegram.faults.add(method, CloseAfter())
    play.chat.photo(coffee, "/squish")
    await play.until(lambda jobs: bool(jobs) and jobs[0].state is State.DELIVERED, advancing=1)
    assert videos(play.chat) == 1


async def test_too_late_to_cancel(play: Play, coffee: bytes) -> None:
    """A video that people may see already, though its answer was lost, can't be cancelled any more."""
    await play.start()
    play.telegram.faults.add("editMessageMedia", CloseAfter())
    play.chat.photo(coffee, "/squish")
    await play.chat.wait_for(is_video)
    await play.until(lambda jobs: jobs[0].state in {State.READY, State.DELIVERED})
    play.chat.say("/cancel")
    await play.chat.wait_for(lambda seen: "too late" in seen.text or "nothing to cancel" in seen.text)
    await play.until(lambda jobs: jobs[0].state is State.DELIVERED, advancing=1)
    assert videos(play.chat) == 1


async def test_notification_is_refused_once(play: Play, coffee: bytes) -> None:
    """A notification that Telegram could not take comes a little later."""
    await play.start()
    play.telegram.faults.add(
        lambda request: request.method == "sendMessage" and "is ready" in str(request.params.get("text")),
        RespondWith(502, body=b"Bad Gateway"),
    )
    play.chat.photo(coffee, "/squish")
    await play.until_state(State.DELIVERED)
    play.pass_time(5)
    await play.chat.wait_for(says("is ready"))


async def test_row_15_status_message_deleted(play: Play, coffee: bytes) -> None:
    """When the person deletes the status message, the video comes as a new reply to the request."""
    await play.start()
    status = await being_made(play, coffee)
    play.chat.delete(status.id)
    let_go(play)
    video = await play.chat.wait_for(is_video)
    assert video.id != status.id
    await play.until_state(State.DELIVERED)
    assert videos(play.chat) == 1


async def test_request_deleted(play: Play, coffee: bytes) -> None:
    """When the request is deleted, the video comes all the same."""
    await play.start()
    await being_made(play, coffee)
    play.chat.delete(1)
    let_go(play)
    await play.chat.wait_for(is_video)


async def test_row_15_person_blocked_the_bot(play: Play, coffee: bytes) -> None:
    """When the person has blocked the bot, the job ends as undeliverable, and others go on."""
    await play.start()
    await being_made(play, coffee)
    play.telegram.block(play.ada)
    let_go(play)
    await play.until_state(State.UNDELIVERABLE)
    bob = play.telegram.private(play.telegram.person("Bob"))
    bob.photo(coffee, "/squish")
    await bob.wait_for(is_video)


async def test_row_15_group_became_a_supergroup(play: Play, coffee: bytes) -> None:
    """When the group is upgraded while the video is made, it comes to the new one."""
    group = play.telegram.group("Friends", [play.ada], supergroup=False)
    await play.start()
    group.photo(coffee, "/squish@kling_sandbox_bot", by=play.ada)
    await held(play)
    await group.wait_for(says("being made"))
    new = play.telegram.migrate(group)
    let_go(play)
    await new.wait_for(is_video)
    job = await play.until_state(State.DELIVERED)
    assert job.chat_id == new.id
    assert videos(new) == 1


async def test_no_right_to_send_videos(play: Play, coffee: bytes) -> None:
    """Where the bot may not send videos it says so, and hands the video over in private through a link."""
    group = play.telegram.group("Friends", [play.ada])
    play.telegram.forbid(group, "videos")
    await play.start()
    group.photo(coffee, "/squish@kling_sandbox_bot", by=play.ada)
    told = await group.wait_for(says("I may not send videos in this chat"))
    link = told.buttons[0][0].url or ""
    assert link.startswith("https://t.me/kling_sandbox_bot?start=")
    play.chat.say(f"/start {link.rsplit('=', 1)[1]}")
    await play.chat.wait_for(is_video)
    assert len(play.aiml.ledger) == 1


async def test_row_15_flood_in_one_chat_delays_no_other(play: Play, coffee: bytes) -> None:
    """When Telegram asks for 30 seconds of patience in one chat, others get their videos; then that one does."""
    await play.start()
    await being_made(play, coffee)
    play.telegram.flood(play.chat, 30)
    let_go(play)
    bob = play.telegram.private(play.telegram.person("Bob"))
    bob.photo(coffee, "/squish")
    await bob.wait_for(is_video)
    assert videos(play.chat) == 0
    calls = len([call for call in play.telegram.calls if not call.ok])
    assert calls <= 4
    play.telegram.calm(play.chat)
    await play.until(lambda jobs: all(job.state is State.DELIVERED for job in jobs), advancing=31)
    assert videos(play.chat) == 1


async def test_row_13_telegram_refuses_the_url(play: Play, coffee: bytes, clip: bytes) -> None:
    """A URL that Telegram can't fetch is fetched by the bot, and uploaded."""
    await play.start()
    play.aiml.faults.add(FILE, RespondWith(403, body=b"forbidden"))
    play.chat.photo(coffee, "/squish")
    video = await play.chat.wait_for(is_video)
    assert video.video == clip
    uploads = [call for call in play.said("editMessageMedia") if "Upload" in str(call)]
    assert uploads


@pytest.mark.parametrize(
    "answer",
    [
        RespondWith(403, body=b"expired"),
        RespondWith(200, body=b"<html>not a video</html>", headers={"Content-Type": "text/html"}),
        CloseBefore(),
    ],
)
async def test_row_13_address_of_the_video_fails_for_a_while(play: Play, coffee: bytes, answer: RespondWith) -> None:
    """An address that gives no video is asked for again until it does."""
    await play.start()
    play.aiml.faults.add(FILE, answer, times=4)
    play.chat.photo(coffee, "/squish")
    await play.until(lambda jobs: bool(jobs) and jobs[0].state is State.DELIVERED, advancing=2)
    assert videos(play.chat) == 1
    assert len(play.aiml.ledger) == 1


async def test_address_of_the_video_never_works(play: Play, coffee: bytes) -> None:
    """An address that never gives a video is given up, in words with the job's id."""
    await play.start()
    play.aiml.faults.add(FILE, RespondWith(403, body=b"no"), times=FOREVER)
    play.chat.photo(coffee, "/squish")
    await play.until(bool)
    (job,) = await play.until(
        lambda jobs: bool(jobs) and jobs[0].state is State.UNDELIVERABLE, seconds=20, advancing=100
    )
    told = await play.chat.wait_for(says("couldn't fetch it"))
    assert job.id in told.text


async def test_row_13_video_over_20_mb_is_uploaded(play: Play, coffee: bytes, clip: bytes) -> None:
    """A video that is too big for Telegram to fetch is uploaded by the bot."""
    play.film.video = clip + bytes(21 * 1024 * 1024)
    await play.start()
    play.chat.photo(coffee, "/squish")
    video = await play.chat.wait_for(is_video, timeout=30)
    assert len(video.video or b"") > 21 * 1024 * 1024


async def test_row_13_video_over_50_mb_is_a_link(play: Play, coffee: bytes, clip: bytes) -> None:
    """A video that is too big for Telegram at all comes as a link."""
    play.film.video = clip + bytes(51 * 1024 * 1024)
    await play.start()
    play.chat.photo(coffee, "/squish")
    told = await play.chat.wait_for(says("too big for Telegram"), timeout=30)
    assert told.buttons[0][0].url == (await play.job()).video_url


@pytest.mark.parametrize(
    "url", ["http://example.org/a.mp4", "https://10.0.0.1/a.mp4", "https://user@example.org/a.mp4"]
)
async def test_addresses_that_are_refused(play: Play, coffee: bytes, url: str) -> None:
    """A result at an address inside a network, or without TLS, is neither fetched nor shown to Telegram."""
    await play.start()
    play.aiml.faults.add(
        "GET /v2/video/generations",
        RespondWith(200, {"id": "x", "status": "completed", "video": {"url": url}}),
        times=FOREVER,
    )
    play.chat.photo(coffee, "/squish")
    await play.until(bool)
    await play.until(lambda jobs: jobs[0].state is State.UNDELIVERABLE, seconds=20, advancing=100)
    assert play.said("editMessageMedia") == []
