"""`python -m bot health`: whether the loops of a running bot go round.

Docker asks twice a minute, so this imports nothing but the standard library.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from bot.env_file import read_setting
from bot.errors import SettingsError

DEFAULT_DATABASE = "data/bot.db"
_MAX_SILENCE_S = 90.0  # longer than any loop sleeps or polls
_MAX_STEP_S = 900.0  # longer than any request or upload may take with all its retries


def report_health() -> int:
    """Print whether the bot with this database is well; return 0, 1 if it is not, or 2 if `.env` can't be read."""
    try:
        database = Path(read_setting("database_path") or DEFAULT_DATABASE)
    except SettingsError as error:
        print(f"The settings are not right:\n{error}", file=sys.stderr)  # noqa: T201 -- for the operator
        return error.exit_code
    problem = health_problem(database, now=time.monotonic())
    print(problem or "The bot is well.")  # noqa: T201
    return 1 if problem else 0


def heartbeat_path(database: Path) -> Path:
    """Return the path of the heartbeat file of a bot with this database, the same for each name of the database."""
    real = Path(os.path.realpath(database))
    return real.with_name(real.name + ".pulse")


def health_problem(database: Path, *, now: float) -> str | None:
    """Return why the bot that uses this database is unhealthy, or None. `now` is `time.monotonic()`."""
    try:
        state = json.loads(heartbeat_path(database).read_text("utf-8"))
        beats = {str(name): float(at) for name, at in state["loops"].items()}
        steps = {str(name): float(at) for name, at in state["steps"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return "The bot is not running."
    if any(at > now for at in (*beats.values(), *steps.values())):
        return "The bot is not running."  # the file is from before the machine was started
    silent = sorted(name for name, at in beats.items() if now - at > _MAX_SILENCE_S)
    if silent:
        return f"Silent for over {_MAX_SILENCE_S:.0f} s: {', '.join(silent)}."
    endless = sorted(name for name, began in steps.items() if now - began > _MAX_STEP_S)
    return f"Running for over {_MAX_STEP_S:.0f} s: {', '.join(endless)}." if endless else None
