"""`python -m benchmarks`: all measurements, or those named on the command line; prints one table.

A missed target is no error: the exit code is 1 only where a measurement broke.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
import traceback

from benchmarks.alone import first_answer
from benchmarks.backlog import answers_per_second
from benchmarks.crowd import jobs_in_flight
from benchmarks.photos import two_big_photos
from benchmarks.polls import lateness_of_polls
from benchmarks.table import Row, machine_description, table
from benchmarks.throughput import jobs_per_second

_MEASUREMENTS = {
    "backlog": answers_per_second,
    "crowd": jobs_in_flight,
    "photos": two_big_photos,
    "alone": first_answer,
    "polls": lateness_of_polls,
    "throughput": jobs_per_second,
}
_MAX_TRACEBACK = 4000  # characters of a traceback: what did not come may be told at great length
_MAX_SENTENCE = 80  # characters of it in the table


def main() -> int:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(_MEASUREMENTS))
    names = parser.parse_args().names or [*_MEASUREMENTS]
    if unknown := set(names) - set(_MEASUREMENTS):
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(_MEASUREMENTS)}")
    rows = [row for name in names for row in _measured(name)]
    print(f"{machine_description()}\n\n{table(rows)}")
    return 1 if any(row.met is None for row in rows) else 0


def _measured(name: str) -> list[Row]:
    begin = time.perf_counter()
    try:
        rows = asyncio.run(_MEASUREMENTS[name]())
    except Exception as error:  # noqa: BLE001 -- the other measurements are still wanted
        print(traceback.format_exc()[:_MAX_TRACEBACK], file=sys.stderr)
        first = str(error).partition("\n")[0][:_MAX_SENTENCE]
        rows = [Row(name, "", f"{type(error).__name__}: {first}", None)]
    print(f"{name}: measured in {time.perf_counter() - begin:.0f} s", file=sys.stderr)
    return rows


if __name__ == "__main__":
    sys.exit(main())
