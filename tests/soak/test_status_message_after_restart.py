"""After a restart an unfinished job keeps its status message, which continues from where it was."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from storage import State
from tests.crash.killer import Shot, is_method

if TYPE_CHECKING:
    from sandbox.telegram.chats.messages import MessageSnapshot
    from tests.crash.crash_sandbox import CrashSandbox
    from tests.soak.conftest import NewCrashSandbox


def elapsed(seen: MessageSnapshot) -> int:
    """Return the seconds that a status message says have passed, or -1."""
    found = re.search(r"being made, (\d+):(\d\d)", seen.text)
    return int(found[1]) * 60 + int(found[2]) if found else -1


async def killed_at_an_edit(sandbox: CrashSandbox) -> None:
    """Kill the bot after its next edit of the status message."""
    sandbox.arm(Shot(1, "handled", is_method("editMessageText")))
    await sandbox.wait_for_shot()
    assert await sandbox.bot.wait_ended() < 0


async def test_being_made(new_sandbox: NewCrashSandbox) -> None:
    """The person sees the time go on in the same message after a kill, and the video comes in its place."""
    async with new_sandbox(seconds=None, USUAL_SECONDS="4") as sandbox:
        await sandbox.start()
        chat = sandbox.request_one_photo().chat
        status = await chat.wait_for(lambda seen: elapsed(seen) >= 1)
        await killed_at_an_edit(sandbox)
        before = chat.message(status.id)
        await sandbox.start()
        after = await chat.wait_for(lambda seen: seen.edit_count > before.edit_count + 1)
        assert after.id == status.id
        assert elapsed(after) >= elapsed(before) >= 1
        (job,) = sandbox.aiml.jobs.values()
        job.finish()
        assert await sandbox.wait_idle()
        sandbox.check()
        assert "video" in chat.message(status.id).raw
        mine = [seen for seen in chat.history if seen.sender == "bot" and seen.reply_to != status.id]
        assert {seen.id for seen in mine} == {status.id}
        times = [elapsed(seen) for seen in mine if elapsed(seen) >= 0]
        assert times == sorted(times), "time ran backwards"


async def test_waiting_in_the_queue(new_sandbox: NewCrashSandbox) -> None:
    """A request that waits for its turn keeps its message too, while another one's video is made."""
    async with new_sandbox(seconds=None, ACTIVE_LIMIT="1", USUAL_SECONDS="4") as sandbox:
        await sandbox.start()
        first = sandbox.request_one_photo().chat
        await first.wait_for(lambda seen: elapsed(seen) >= 0)
        second = sandbox.request_one_photo().chat
        waiting = await second.wait_for(lambda seen: "in the queue" in seen.text)
        await killed_at_an_edit(sandbox)
        await sandbox.start()
        (job,) = sandbox.aiml.jobs.values()
        job.finish()
        made = await second.wait_for(lambda seen: elapsed(seen) >= 0)
        assert made.id == waiting.id
        next(job for job in sandbox.aiml.jobs.values() if not job.done).finish()
        assert await sandbox.wait_idle()
        sandbox.check()
        assert [job.state for job in sandbox.rows().jobs] == [State.DELIVERED] * 2
        assert {seen.id for seen in second.history if seen.sender == "bot" and seen.reply_to != waiting.id} == {
            waiting.id
        }
