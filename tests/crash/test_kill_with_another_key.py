"""Row 27: the bot is killed in a submit, gets another key, and is killed at every request after that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import State
from tests.crash.kill_sequences import noting_kill
from tests.crash.killer import MOMENTS, Shot, is_method
from tests.crash.people import LEAVE

if TYPE_CHECKING:
    from sandbox.http.faults import Phase
    from tests.crash.conftest import NewCrashSandbox

SUBMIT = is_method("POST /v2/video/generations")
MAX_REQUESTS = 40
"""More requests than a start, a look into the record and a question make."""


@pytest.mark.parametrize("moment", [MOMENTS[0], *(pytest.param(one, marks=pytest.mark.matrix) for one in MOMENTS[1:])])
async def test_row_27_killed_after_the_key_was_changed(new_sandbox: NewCrashSandbox, moment: Phase) -> None:
    """However often the bot is killed, a submit that the new key does not show is asked about and not sent again."""
    async with new_sandbox(IN_DOUBT_MINUTES="0.01") as sandbox:
        for number in range(1, MAX_REQUESTS):
            await sandbox.start_idle()
            sandbox.arm(Shot(1, "handled", SUBMIT))
            sandbox.people.request_one_photo(sandbox.people.new_chat(LEAVE), ends=[State.CANCELLED])
            assert not await sandbox.wait_idle(), "the submit was not made"
            sandbox.change_key(f"key-{number}")
            await sandbox.start(Shot(number, moment))
            with noting_kill(sandbox, f"request {number} after the key was changed, {moment}"):
                unharmed = await sandbox.wait_idle()
                if not unharmed:
                    await sandbox.start()
                    await sandbox.start_idle()
                assert len(sandbox.aiml.submissions) == len(sandbox.aiml.ledger) == number
                assert sandbox.rows().jobs[-1].state == State.CANCELLED
            await sandbox.terminate()
            if unharmed:
                return
        raise AssertionError("no run ended unharmed")
