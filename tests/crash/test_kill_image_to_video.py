"""Row 1 for image-to-video: SIGKILL at requests while the photo and the words come one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.photos import photo
from storage.models import State
from tests.crash.evidence import Request
from tests.crash.kill_sequences import MAX_REQUESTS, in_each_phase, kill_at_each_request
from tests.crash.killer import MOMENTS

if TYPE_CHECKING:
    from sandbox.http.faults import Phase
    from tests.crash.conftest import NewCrashSandbox
    from tests.crash.crash_sandbox import CrashSandbox

MIN_REQUESTS = 5
"""Requests at which it is killed at least: every second one of a job."""


def animates(sandbox: CrashSandbox) -> Request:
    """A person sends a photo with the bare command, and at once the words for it."""
    chat = sandbox.new_chat()
    messages = (chat.send_photo(photo("coffee"), "/animate 10s"), chat.send_text("steam rises --cfg 0.7"))
    return sandbox.people.record(Request(chat, messages, video=True, ends=frozenset({State.DELIVERED})))


async def test_row_1_an_animation(new_sandbox: NewCrashSandbox) -> None:
    """Wherever the bot is killed between the photo, its words and the video, there is one video, paid once."""

    async def work(sandbox: CrashSandbox, moment: Phase) -> None:
        victims = await kill_at_each_request(
            sandbox, animates, moment, range(1 + MOMENTS.index(moment) % 2, MAX_REQUESTS, 2)
        )
        assert len(victims) >= MIN_REQUESTS, victims
        asked = [one.body for one in sandbox.aiml.submissions]
        assert {(body["prompt"], body["duration"], body["cfg_scale"]) for body in asked} == {("steam rises", 10, 0.7)}

    await in_each_phase(new_sandbox, work)
