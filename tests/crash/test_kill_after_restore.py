"""Row 26: the bot is killed at every request that it makes after a backup was put back."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from storage import State
from storage.backup import back_up
from tests.crash.kill_sequences import noting_kill
from tests.crash.killer import MOMENTS, Shot

if TYPE_CHECKING:
    from pathlib import Path

    from sandbox.http.faults import Phase
    from tests.crash.conftest import NewCrashSandbox
    from tests.crash.crash_sandbox import CrashSandbox
    from tests.crash.evidence import Rows

MAX_REQUESTS = 40
"""More requests than a start and two jobs make."""


async def queue_and_copy(sandbox: CrashSandbox, copy: Path) -> None:
    """Let two people ask while the service has no room, copy the database then, and let the service make the videos."""
    sandbox.aiml.concurrency = 0
    await sandbox.start()
    for _ in range(2):
        sandbox.request_one_photo()

    def waiting(rows: Rows) -> bool:
        refused = {submission.client_request_id for submission in sandbox.aiml.submissions}
        return [job.state for job in rows.jobs] == [State.QUEUED] * 2 and len(refused) == 2

    assert await sandbox.until(waiting), "killed by nobody"
    back_up(sandbox.database, copy)
    sandbox.aiml.concurrency = 9
    await sandbox.start_idle()
    await sandbox.terminate()


def put_back(sandbox: CrashSandbox, copy: Path) -> None:
    """Put the copy in the place of the database."""
    for suffix in ("-wal", "-shm"):
        sandbox.database.with_name(sandbox.database.name + suffix).unlink(missing_ok=True)
    shutil.copyfile(copy, sandbox.database)


@pytest.mark.parametrize("moment", [MOMENTS[0], *(pytest.param(one, marks=pytest.mark.matrix) for one in MOMENTS[1:])])
async def test_row_26_killed_after_a_backup_was_put_back(
    new_sandbox: NewCrashSandbox, tmp_path: Path, moment: Phase
) -> None:
    """However often the bot is killed after a backup was put back, both videos come, and neither is paid twice."""
    copy = tmp_path / "copy.db"
    async with new_sandbox() as sandbox:
        await queue_and_copy(sandbox, copy)
        for number in range(1, MAX_REQUESTS):
            put_back(sandbox, copy)
            await sandbox.start(Shot(number, moment))
            with noting_kill(sandbox, f"request {number} after the copy was put back, {moment}"):
                unharmed = await sandbox.wait_idle()
                if not unharmed:
                    await sandbox.start()
                    await sandbox.start_idle()
                assert len(sandbox.aiml.ledger) == 2
                assert [job.state for job in sandbox.rows().jobs] == [State.DELIVERED] * 2
            await sandbox.terminate()
            if unharmed:
                return
        raise AssertionError("no run ended unharmed")
