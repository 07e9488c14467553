"""A job that is found unfinished at start keeps its status message, which goes on from where it was."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from storage import State
from tests.crash.killer import Shot, is_

if TYPE_CHECKING:
    from sandbox.telegram.chats.messages import MessageSnapshot
    from tests.crash.crash_sandbox import World
    from tests.soak.conftest import NewWorld


def elapsed(seen: MessageSnapshot) -> int:
    """The seconds that a status message says have passed; -1: it says none."""
    found = re.search(r"being made, (\d+):(\d\d)", seen.text)
    return int(found[1]) * 60 + int(found[2]) if found else -1


async def killed_at_an_edit(world: World) -> None:
    """Kill the bot when it has edited the status message once more."""
    world.aim(Shot(1, "handled", is_("editMessageText")))
    await world.victim()
    assert await world.bot.ended() < 0


async def test_being_made(new_world: NewWorld) -> None:
    """The person sees the time go on in the same message after a kill, and the video comes in its place."""
    async with new_world(seconds=None, USUAL_SECONDS="4") as world:
        await world.start()
        chat = world.one_photo().chat
        status = await chat.wait_for(lambda seen: elapsed(seen) >= 1)
        await killed_at_an_edit(world)
        before = chat.message(status.id)
        await world.start()
        after = await chat.wait_for(lambda seen: seen.edit_count > before.edit_count + 1)
        assert after.id == status.id
        assert elapsed(after) >= elapsed(before) >= 1
        (job,) = world.aiml.jobs.values()
        job.finish()
        assert await world.settle()
        world.check()
        assert "video" in chat.message(status.id).raw
        mine = [seen for seen in chat.history if seen.sender == "bot" and seen.reply_to != status.id]
        assert {seen.id for seen in mine} == {status.id}
        times = [elapsed(seen) for seen in mine if elapsed(seen) >= 0]
        assert times == sorted(times), "time ran backwards"


async def test_waiting_in_the_queue(new_world: NewWorld) -> None:
    """A request that waits for its turn keeps its message too, while another one's video is made."""
    async with new_world(seconds=None, ACTIVE_LIMIT="1", USUAL_SECONDS="4") as world:
        await world.start()
        first = world.one_photo().chat
        await first.wait_for(lambda seen: elapsed(seen) >= 0)
        second = world.one_photo().chat
        waiting = await second.wait_for(lambda seen: "in the queue" in seen.text)
        await killed_at_an_edit(world)
        await world.start()
        (job,) = world.aiml.jobs.values()
        job.finish()
        made = await second.wait_for(lambda seen: elapsed(seen) >= 0)
        assert made.id == waiting.id
        next(job for job in world.aiml.jobs.values() if not job.done).finish()
        assert await world.settle()
        world.check()
        assert [job.state for job in world.rows().jobs] == [State.DELIVERED] * 2
        assert {seen.id for seen in second.history if seen.sender == "bot" and seen.reply_to != waiting.id} == {
            waiting.id
        }
