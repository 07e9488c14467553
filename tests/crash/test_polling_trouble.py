"""Row 16: getUpdates is refused, fails, or is never answered."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from sandbox.http.faults import Hang, RespondWith, TruncateResponse
from tests.crash.kill_sequences import noting_kill

if TYPE_CHECKING:
    from sandbox.http.faults import Fault
    from tests.crash.conftest import NewCrashSandbox
    from tests.crash.crash_sandbox import CrashSandbox


def refusal(code: int, description: str, **parameters: int) -> RespondWith:
    body = {"ok": False, "error_code": code, "description": description, "parameters": parameters}
    return RespondWith(code, json=body)


CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
TROUBLES: dict[str, Fault] = {
    "409": refusal(409, CONFLICT),
    "429": refusal(429, "Too Many Requests: retry after 1", retry_after=1),
    "500": refusal(500, "Internal Server Error"),
    "502": RespondWith(502, body=b"<html>Bad Gateway</html>"),
    "cut": TruncateResponse(9),
    "no JSON": RespondWith(200, body=b"surprise"),
}


async def test_row_16_a_token_that_telegram_does_not_know(new_sandbox: NewCrashSandbox) -> None:
    """The operator reads that the token is wrong, and the bot ends with exit code 1 instead of asking for ever."""
    async with new_sandbox() as sandbox:
        sandbox.telegram.faults.add("getUpdates", refusal(401, "Unauthorized"))
        await sandbox.start()
        assert await sandbox.bot.wait_ended() == 1
        assert "Telegram does not know TELEGRAM_BOT_TOKEN" in sandbox.bot.log_text
        assert "Traceback" not in sandbox.bot.log_text
        assert sandbox.telegram.token not in sandbox.bot.log_text


async def test_row_16_trouble_that_passes(new_sandbox: NewCrashSandbox) -> None:
    """While Telegram refuses getUpdates it is asked about once a second at most; then the photos are handled."""
    async with asyncio.TaskGroup() as group:
        for name, answer in TROUBLES.items():
            group.create_task(_gets_over(new_sandbox(), name, answer))


@pytest.mark.parametrize("result", [[], {}, [{"message": {}}]], ids=["empty at once", "no list", "no ids"])
async def test_row_16_answers_that_bring_nothing(new_sandbox: NewCrashSandbox, result: Any) -> None:
    """What answers getUpdates at once and with nothing in it is not asked again at once, a thousand times a second."""
    await _gets_over(new_sandbox(), "nothing", RespondWith(200, json={"ok": True, "result": result}))


@pytest.mark.matrix
async def test_row_16_silence(new_sandbox: NewCrashSandbox) -> None:
    """A getUpdates that is never answered is given up after its long poll, and the next one brings the photo."""
    await _gets_over(new_sandbox(), "silence", Hang(), times=1, seconds=90)


async def test_row_16_another_process_with_the_token_is_told_of(new_sandbox: NewCrashSandbox) -> None:
    """The operator reads that another process uses the token."""
    async with new_sandbox() as sandbox:
        sandbox.telegram.faults.add("getUpdates", TROUBLES["409"])
        await sandbox.start()
        sandbox.request_one_photo()
        assert await sandbox.wait_idle()
        assert "another process uses this token" in sandbox.bot.log_text


async def _gets_over(sandbox: CrashSandbox, name: str, answer: Fault, *, times: int = 2, seconds: float = 90) -> None:
    async with sandbox:
        sandbox.telegram.faults.add("getUpdates", answer, times=times)
        sandbox.request_one_photo()
        await sandbox.start()
        with noting_kill(sandbox, name):
            assert await sandbox.wait_idle(seconds)
            asked = [at for at, method in sandbox.killer.requests if method == "getUpdates"]
            assert len(asked) > times
            assert asked[times] - asked[0] >= times, f"{name}: {times + 1} requests within {asked[times] - asked[0]} s"
            sandbox.check()
