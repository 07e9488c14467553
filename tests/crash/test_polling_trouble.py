"""Row 16: getUpdates is refused, fails, or is never answered."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from sandbox.http.faults import Hang, RespondWith, TruncateResponse
from tests.crash.kill_sequences import told

if TYPE_CHECKING:
    from sandbox.http.faults import Fault
    from tests.crash.conftest import NewWorld
    from tests.crash.crash_sandbox import World


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


async def test_row_16_a_token_that_telegram_does_not_know(new_world: NewWorld) -> None:
    """The operator reads that the token is wrong, and the bot ends with exit code 1 instead of asking for ever."""
    async with new_world() as world:
        world.telegram.faults.add("getUpdates", refusal(401, "Unauthorized"))
        await world.start()
        assert await world.bot.ended() == 1
        assert "Telegram does not know TELEGRAM_BOT_TOKEN" in world.bot.said
        assert "Traceback" not in world.bot.said
        assert world.telegram.token not in world.bot.said


async def test_row_16_trouble_that_passes(new_world: NewWorld) -> None:
    """While Telegram refuses getUpdates it is asked about once a second at most; then the photos are handled."""
    async with asyncio.TaskGroup() as group:
        for name, answer in TROUBLES.items():
            group.create_task(_gets_over(new_world(), name, answer))


@pytest.mark.parametrize("result", [[], {}, [{"message": {}}]], ids=["empty at once", "no list", "no ids"])
async def test_row_16_answers_that_bring_nothing(new_world: NewWorld, result: Any) -> None:
    """What answers getUpdates at once and with nothing in it is not asked again at once, a thousand times a second."""
    await _gets_over(new_world(), "nothing", RespondWith(200, json={"ok": True, "result": result}))


@pytest.mark.matrix
async def test_row_16_silence(new_world: NewWorld) -> None:
    """A getUpdates that is never answered is given up after its long poll, and the next one brings the photo."""
    await _gets_over(new_world(), "silence", Hang(), times=1, seconds=90)


async def test_row_16_another_process_with_the_token_is_told_of(new_world: NewWorld) -> None:
    """The operator reads that another process uses the token."""
    async with new_world() as world:
        world.telegram.faults.add("getUpdates", TROUBLES["409"])
        await world.start()
        world.one_photo()
        assert await world.settle()
        assert "another process uses this token" in world.bot.said


async def _gets_over(world: World, name: str, answer: Fault, *, times: int = 2, seconds: float = 90) -> None:
    async with world:
        world.telegram.faults.add("getUpdates", answer, times=times)
        world.one_photo()
        await world.start()
        with told(world, name):
            assert await world.settle(seconds)
            asked = [at for at, method in world.killer.requests if method == "getUpdates"]
            assert len(asked) > times
            assert asked[times] - asked[0] >= times, f"{name}: {times + 1} requests within {asked[times] - asked[0]} s"
            world.check()
