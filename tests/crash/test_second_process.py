"""Row 20: two processes on one database."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.crash.conftest import NewCrashSandbox


async def test_row_20_a_second_bot_on_the_same_database_ends_with_a_sentence(new_sandbox: NewCrashSandbox) -> None:
    """Whoever starts the bot twice is told so, with exit code 1; the first one goes on."""
    async with new_sandbox() as sandbox:
        await sandbox.start()
        sandbox.request_one_photo()
        assert await sandbox.wait_idle()
        second = sandbox.second_process()
        await second.start()
        assert await second.wait_ended() == 1
        assert "Another bot is running on" in second.log_text
        assert "Traceback" not in second.log_text
        sandbox.request_one_photo()
        assert await sandbox.wait_idle()
        sandbox.check()
