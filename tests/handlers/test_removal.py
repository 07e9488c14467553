"""Row 49: what Delete does and says, and what a group reads of other chats."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.http.faults import FOREVER, RespondWith
from storage import State
from tests.assertions import callback_answer, is_video, says

if TYPE_CHECKING:
    from sandbox.telegram import Chat, MessageSnapshot, Person
    from storage import Job
    from tests.bot_under_test import BotUnderTest

MENTION = "@kling_sandbox_bot"
DELETE = "🗑 Delete"
TOO_OLD = "Bad Request: message can't be deleted for everyone"
IN_GROUP = "An admin of this group can"


def refused(description: str) -> RespondWith:
    """Return Telegram's answer 400 in these words."""
    return RespondWith(400, {"ok": False, "error_code": 400, "description": description})


@pytest.fixture
def ben(bot: BotUnderTest) -> Person:
    """Return somebody whose photos others use."""
    return bot.telegram.add_person("Ben")


@pytest.fixture
def group(bot: BotUnderTest, ben: Person) -> Chat:
    """Return a group of Ada and Ben."""
    return bot.telegram.add_group("Friends", [bot.ada, ben])


async def video_of(bot: BotUnderTest, group: Chat, ben: Person, photo: bytes) -> MessageSnapshot:
    """Let Ada make a video of Ben's photo; return its message."""
    await bot.start()
    group.send_text(f"/squish{MENTION}", by=bot.ada, reply_to=group.send_photo(photo, by=ben))
    video = await group.wait_for(is_video)
    await bot.until_state(State.DELIVERED)
    return video


async def forgotten(bot: BotUnderTest) -> Job:
    """Wait until nothing of the video is in its row any more; return the row."""
    (job,) = await bot.until(lambda jobs: not jobs[0].video_url)
    assert (job.video_file_id, job.photos) == (None, ())
    return job


@pytest.mark.parametrize("words", [TOO_OLD, "Bad Request: MESSAGE_DELETE_FORBIDDEN", "Bad Request: anything else"])
async def test_row_49_telegram_no_longer_deletes_it(
    bot: BotUnderTest, group: Chat, ben: Person, coffee: bytes, words: str
) -> None:
    """Nobody reads "deleted" while the video stays: the chat reads who can delete it, and so does the next press."""
    video = await video_of(bot, group, ben, coffee)
    bot.telegram.faults.add("deleteMessage", refused(words), times=FOREVER)
    assert "deleting" in await callback_answer(bot, group.press(video.id, DELETE, by=ben))
    told = await group.wait_for(says(IN_GROUP))
    assert told.reply_to == video.id
    await forgotten(bot)
    assert IN_GROUP in await callback_answer(bot, group.press(video.id, DELETE, by=ben))
    assert "over" in await callback_answer(bot, group.press(video.id, "🔁 Again", by=bot.ada))
    assert len(await bot.jobs()) == 1


async def test_row_49_in_private_the_person_deletes_it(
    bot: BotUnderTest, group: Chat, ben: Person, coffee: bytes
) -> None:
    """In a private chat there is no admin: the person reads that they can delete the message themselves."""
    bot.telegram.forbid(group, "text messages")
    await bot.start()
    group.send_text(f"/squish{MENTION}", by=bot.ada, reply_to=group.send_photo(coffee, by=ben))
    video = await bot.chat.wait_for(is_video)
    await bot.until_state(State.DELIVERED)
    bot.telegram.faults.add("deleteMessage", refused(TOO_OLD), times=FOREVER)
    await callback_answer(bot, bot.chat.press(video.id, DELETE))
    await bot.chat.wait_for(says("You can: press and hold it"))


async def test_row_49_nothing_of_the_video_is_kept(bot: BotUnderTest, group: Chat, ben: Person, coffee: bytes) -> None:
    """After Delete, the message is gone, and the row has neither the address nor a file id of video or photo."""
    video = await video_of(bot, group, ben, coffee)
    before = await bot.job()
    await callback_answer(bot, group.press(video.id, DELETE, by=ben))
    await group.wait(lambda chat: video.id not in [seen.id for seen in chat.messages])
    job = await forgotten(bot)
    assert (job.state, job.removed_by) == (State.DELIVERED, ben.id)
    for secret in (before.video_url, before.video_file_id, before.photos[0].file_id):
        assert secret
        assert secret not in repr(job)


async def test_row_49_telegram_is_away_for_hours(bot: BotUnderTest, group: Chat, ben: Person, coffee: bytes) -> None:
    """A deletion is not given up because Telegram is out of order for hours."""
    video = await video_of(bot, group, ben, coffee)
    rule = bot.telegram.faults.add("deleteMessage", RespondWith(502), times=FOREVER)
    await callback_answer(bot, group.press(video.id, DELETE, by=ben))
    await bot.telegram.wait(lambda _: rule.use_count >= 1)
    bot.advance(6 * 3_600)
    await bot.telegram.wait(lambda _: rule.use_count >= 2)
    rule.remove()
    bot.advance(400)
    await group.wait(lambda chat: video.id not in [seen.id for seen in chat.messages])
    await forgotten(bot)


async def test_row_49_a_group_reads_of_its_own_videos(
    bot: BotUnderTest, group: Chat, ben: Person, coffee: bytes
) -> None:
    """/status in a group tells of no video that was asked for elsewhere; in private it tells of all."""
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(is_video)
    group.send_text(f"/status{MENTION}", by=bot.ada)
    await group.wait_for(says("None yet"))
    group.send_photo(coffee, f"/squish{MENTION}", by=bot.ada)
    await group.wait_for(is_video)
    ids = [job.id for job in sorted(await bot.jobs(), key=lambda job: job.chat_id)]
    group.send_text(f"/status{MENTION}", by=bot.ada)
    told = await group.wait_for(says(ids[0]))
    assert ids[1] not in told.text
    bot.chat.send_text("/status")
    told = await bot.chat.wait_for(says(ids[0]))
    assert ids[1] in told.text
    assert ben.id not in [job.person_id for job in await bot.jobs()]
