"""The command line. `python -m bot` runs the bot; `python -m bot --help` lists the other commands.

Docker runs `health` twice a minute, so what the other commands need is imported when they are called.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.health import report_health


def main(arguments: list[str] | None = None) -> int:
    """Run one command, and return the exit code: 0, 1 if it failed, 2 if settings or effects have mistakes."""
    options = _parser().parse_args(arguments)
    if options.command == "health":
        return report_health()
    if options.command == "demo":
        from sandbox.__main__ import demo  # noqa: PLC0415 -- its packages are not installed in production
        from storage.stages import count_stages  # noqa: PLC0415 -- as above

        return demo(port=options.port, once=options.once, count_stages=count_stages)
    from bot.commands import run_command  # noqa: PLC0415 -- a second of processor that the health check must not cost

    return run_command(options)


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
    restore = commands.add_parser("restore", help="put a backup in the place of the database, which is kept")
    restore.add_argument("file", type=Path, metavar="FILE")
    demo = commands.add_parser("demo", help="run the bot against a pretend Telegram and video service")
    demo.add_argument("--port", type=int, default=8080, help="of the page (8080)")
    demo.add_argument(
        "--once", type=Path, metavar="OUT.mp4", help="no page: a scripted hug and squish, the hug to OUT.mp4"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
