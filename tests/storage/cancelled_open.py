"""Stops the opening of a store at every await, in a process of its own: what is left may keep it from ending.

Run with a moment and a folder; prints as JSON at which awaits something was left over.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import sys
import threading
from pathlib import Path

from storage import Store
from tests.storage.cancellation import Moment, cancel_at_await
from tests.storage.samples import NOW


async def open_and_close(path: Path) -> None:
    """A short life of a store."""
    store = await Store.open(path)
    await store.close()


async def opens(path: Path) -> str | None:
    """What is the matter with the file; None where all is well."""
    try:
        store = await Store.open(path)
        await store.inbox.add([(1, "a", "x")], now=NOW)
        await store.close()
    except Exception as error:  # noqa: BLE001 -- any is the answer
        return str(error)
    return None


def still_running(before: set[threading.Thread]) -> list[str]:
    """The threads that came since, and have not ended when they have had time to."""
    new = set(threading.enumerate()) - before
    for thread in new:
        thread.join(timeout=1)
    return [thread.name for thread in new if thread.is_alive()]


async def stop_everywhere(moment: Moment, folder: Path) -> dict[str, object]:
    """How many awaits there are, and at which of them the stop left a thread or a file that does not open."""
    threads: dict[int, list[str]] = {}
    files: dict[int, str] = {}
    for number in itertools.count(1):
        path, before = folder / f"{number}.db", set(threading.enumerate())
        if not await cancel_at_await(open_and_close(path), number, moment):
            return {"awaits": number - 1, "threads": threads, "files": files}
        if left := still_running(before):
            threads[number] = left
        if trouble := await opens(path):
            files[number] = trouble
    raise AssertionError("the count goes on for ever")


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(stop_everywhere(Moment(sys.argv[1]), Path(sys.argv[2])))))
    sys.stdout.flush()
    os._exit(0)  # without waiting for threads that were left over
