"""Opens a database, waits for a line, and asks for a video that costs a dollar of three; prints what came of it.

Run with the database and a number.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from storage import Store
from storage.budgets import Budgets, microusd
from storage.limits import Limits
from tests.storage.samples import NOW, new_job

_LIMITS = Limits(100, 100, budgets=Budgets(daily=microusd(3)))


async def _ask(path: Path, number: int) -> None:
    store = await Store.open(path)
    try:
        print("ready", flush=True)  # noqa: T201 -- for the test
        await asyncio.to_thread(sys.stdin.readline)
        new = new_job(f"{number}", person_id=number + 1, chat_id=number + 1, reserved_microusd=microusd(1))
        print(type(await store.jobs.create(new, _LIMITS, now=NOW)).__name__)  # noqa: T201 -- for the test
    finally:
        await store.close()


if __name__ == "__main__":
    asyncio.run(_ask(Path(sys.argv[1]), int(sys.argv[2])))
