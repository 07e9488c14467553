"""The commands that need the settings: `run`, `check`, `effects`, `backup`, `restore`."""

from __future__ import annotations

import asyncio
import logging
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot import logs
from bot.app import run
from bot.cli.check import CheckResult, check
from bot.cli.effects import list_effects, restore_effect
from bot.errors import AlreadyRunning, SettingsError, StartupError
from bot.instance_lock import single_instance
from bot.settings import Settings, UnknownSetting, unknown_settings
from storage import DatabaseError, StorageError
from storage.backup import back_up, restore
from video.effects.catalogue import CatalogueError
from video.network import network_problems

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

_LOG = logging.getLogger(__name__)


def run_command(options: argparse.Namespace) -> int:
    """Run the command that was parsed, and return the exit code: 0, 1 if it failed, 2 if settings have mistakes."""
    try:
        settings = Settings.read()
        if options.command not in {"backup", "restore"} and (problems := network_problems()):
            raise SettingsError("\n".join(problems))
    except StartupError as error:
        unknown = "".join(f"\n{name.text}" for name in _unknown_settings())
        print(f"The settings are not right:\n{error}{unknown}", file=sys.stderr)  # noqa: T201 -- for the operator
        return error.exit_code
    logs.configure(settings.log_level, settings.secrets)
    if options.command == "check":
        return _run_check(settings)
    if options.command == "effects":
        return _run_effects(settings, options.restore)
    if options.command == "backup":
        return _run_backup(settings, options.file)
    if options.command == "restore":
        return _run_restore(settings, options.file)
    for name in _unknown_settings():
        _LOG.warning("%s", name.text)
    return _run(settings)


def _unknown_settings() -> list[UnknownSetting]:
    try:
        return unknown_settings()
    except SettingsError:
        return []  # the file can't be read, which is told already


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
    unknown = [CheckResult(name.text, failed=name.nearest is not None) for name in _unknown_settings()]
    results = [*unknown, *asyncio.run(check(settings))]
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


def _run_restore(settings: Settings, file: Path) -> int:
    now = datetime.now(UTC)
    try:
        with single_instance(settings.database_path):
            restored = restore(file, settings.database_path, suffix=f".before-restore-{now:%Y%m%d-%H%M%S}")
    except (AlreadyRunning, DatabaseError, OSError) as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    made = (
        f"{datetime.fromtimestamp(restored.made_at, UTC):%Y-%m-%d %H:%M} UTC" if restored.made_at else "the beginning"
    )
    kept = (
        f"The database that was there is kept as {restored.kept}." if restored.kept else "There was no database before."
    )
    print(  # noqa: T201
        f"{file} is the database now, with everything until {made}.\n{kept}\n"
        f"Videos that waited for the service then: {restored.waiting}. Each is looked for there before it is sent, so "
        f"that none is paid for twice. Videos that were being made then: {restored.at_service}.\n"
        "The copy can't know what happened after it: videos that were asked for, made and charged, what people deleted "
        "or chose, and what counts towards today's limits. Compare the service's record of charges with /stats."
    )
    return 0
