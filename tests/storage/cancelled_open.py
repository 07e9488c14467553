"""Cancels the opening of a store at every await, in a process of its own, which a leftover thread may keep alive.

Run with a moment and a folder. Prints as JSON at which awaits something was left over.
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
    """Open a store and close it."""
    store = await Store.open(path)
    await store.close()


async def error_on_open(path: Path) -> str | None:
    """Open the file and write to it; return the error, or None if there is none."""
    try:
        store = await Store.open(path)
        await store.inbox.add([(1, "a", "x")], now=NOW)
        await store.close()
    except Exception as error:  # noqa: BLE001 -- whatever it is, it is the result
        return str(error)
    return None


def leftover_threads(before: set[threading.Thread]) -> list[str]:
    """Return the names of the threads that were started since and don't end within a second."""
    new = set(threading.enumerate()) - before
    for thread in new:
        thread.join(timeout=1)
    return [thread.name for thread in new if thread.is_alive()]


async def cancel_everywhere(moment: Moment, folder: Path) -> dict[str, object]:
    """Return how many awaits there are, and at which of them a thread or an unusable file was left."""
    threads: dict[int, list[str]] = {}
    files: dict[int, str] = {}
    for number in itertools.count(1):
        path, before = folder / f"{number}.db", set(threading.enumerate())
        if not await cancel_at_await(open_and_close(path), number, moment):
            return {"awaits": number - 1, "threads": threads, "files": files}
        if names := leftover_threads(before):
            threads[number] = names
        if error := await error_on_open(path):
            files[number] = error
    raise AssertionError("the count never ends")


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(cancel_everywhere(Moment(sys.argv[1]), Path(sys.argv[2])))))
    sys.stdout.flush()
    os._exit(0)  # without waiting for leftover threads
