"""The command line. `python -m bot` runs the bot; its commands are `check`, `effects`, `health`, `backup`, `demo`."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import time
from pathlib import Path

from bot import logs
from bot.app import run
from bot.cli.check import check
from bot.cli.effects import list_effects, restore_effect
from bot.errors import StartupError
from bot.settings import Settings
from bot.workers.heartbeat import health_problem
from storage import DatabaseError, StorageError
from storage.backup import back_up
from video.effects.catalogue import CatalogueError

_LOG = logging.getLogger(__name__)


def main(arguments: list[str] | None = None) -> int:
    """Run one command, and return the exit code: 0, 1 if it failed, 2 if settings or effects have mistakes."""
    options = _parser().parse_args(arguments)
    if options.command == "demo":
        from sandbox.__main__ import demo  # noqa: PLC0415 -- its packages are not installed in production

        return demo(port=options.port, once=options.once)
    try:
        settings = Settings.read()
    except StartupError as error:
        print(f"The settings are not right:\n{error}", file=sys.stderr)  # noqa: T201 -- for the operator
        return error.exit_code
    logs.configure(settings.log_level, settings.secrets)
    if options.command == "check":
        return _run_check(settings)
    if options.command == "effects":
        return _run_effects(settings, options.restore)
    if options.command == "backup":
        return _run_backup(settings, options.file)
    if options.command == "health":
        problem = health_problem(settings.database_path, now=time.time())
        print(problem or "The bot is well.")  # noqa: T201
        return 1 if problem else 0
    return _run(settings)


def _run(settings: Settings) -> int:
    try:
        asyncio.run(run(settings))
    except CatalogueError as error:
        return _report_catalogue_error(error)
    except StartupError as error:
        _LOG.critical("%s", error)
        return error.exit_code
    except (DatabaseError, StorageError, OSError) as error:
        _LOG.critical("%s", error)
        return 1
    except Exception:  # noqa: BLE001 -- nobody else would log it
        _LOG.exception("The bot stopped: a loop died")
        return 1
    return 0


def _run_check(settings: Settings) -> int:
    results = asyncio.run(check(settings))
    for result in results:
        print(("✗ " if result.failed else "✓ ") + result.text)  # noqa: T201
    return 1 if any(result.failed for result in results) else 0


def _run_effects(settings: Settings, name: str | None) -> int:
    try:
        if name is None:
            print("\n".join(asyncio.run(list_effects(settings))))  # noqa: T201
            return 0
        message, done = asyncio.run(restore_effect(settings, name))
    except CatalogueError as error:
        return _report_catalogue_error(error)
    except DatabaseError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    print(message)  # noqa: T201
    return 0 if done else 1


def _report_catalogue_error(error: CatalogueError) -> int:
    print(f"The effects are not right:\n{error}", file=sys.stderr)  # noqa: T201 -- for the operator
    return 2


def _run_backup(settings: Settings, file: Path) -> int:
    try:
        size = back_up(settings.database_path, file)
    except DatabaseError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    print(f"The database is copied to {file} ({size} bytes).")  # noqa: T201
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="A Telegram bot for Kling video effects.")
    commands = parser.add_subparsers(dest="command", metavar="command")
    commands.add_parser("run", help="run the bot (the same as no command)")
    commands.add_parser("check", help="try the token, the key and the database, and say what is wrong")
    effects = commands.add_parser("effects", help="list the effects with their services, and what was retired")
    effects.add_argument("--restore", metavar="NAME", help="offer an effect again that a service has dropped")
    commands.add_parser("health", help="exit with 1 unless the bot with this database goes round")
    backup = commands.add_parser("backup", help="copy the database, while the bot runs or not")
    backup.add_argument("file", type=Path, metavar="FILE")
    demo = commands.add_parser("demo", help="run the bot against a pretend Telegram and video service")
    demo.add_argument("--port", type=int, default=8080, help="of the page (8080)")
    demo.add_argument(
        "--once", type=Path, metavar="OUT.mp4", help="no page: a scripted hug and squish, the hug to OUT.mp4"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
