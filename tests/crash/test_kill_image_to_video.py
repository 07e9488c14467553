"""Row 1 for animations: SIGKILL at requests while a photo and its words come one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.photos import photo
from storage.models import State
from tests.crash.evidence import Asked
from tests.crash.kill_sequences import FAR, in_three_worlds, kill_at_each
from tests.crash.killer import MOMENTS

if TYPE_CHECKING:
    from sandbox.http.faults import Phase
    from tests.crash.conftest import NewWorld
    from tests.crash.crash_sandbox import World

JOB = 5
"""Requests at which it is killed at least: every second one of a job."""


def animates(world: World) -> Asked:
    """Somebody sends a photo with the bare command, and at once what should happen in it."""
    chat = world.somebody()
    messages = (chat.send_photo(photo("coffee"), "/animate 10s"), chat.send_text("steam rises --cfg 0.7"))
    return world.people.note(Asked(chat, messages, video=True, ends=frozenset({State.DELIVERED})))


async def test_row_1_an_animation(new_world: NewWorld) -> None:
    """Wherever the bot is killed between the photo, its words and the video, there is one video, paid once."""

    async def work(world: World, moment: Phase) -> None:
        victims = await kill_at_each(world, animates, moment, range(1 + MOMENTS.index(moment) % 2, FAR, 2))
        assert len(victims) >= JOB, victims
        asked = [one.body for one in world.aiml.submissions]
        assert {(body["prompt"], body["duration"], body["cfg_scale"]) for body in asked} == {("steam rises", 10, 0.7)}

    await in_three_worlds(new_world, work)
