"""Why the bot doesn't start, or a command doesn't run.

    StartupError: `exit_code`, and a message for the operator
    ├── SettingsError: 2
    ├── AlreadyRunning: 1
    ├── ListenError: 1
    └── TokenRefused: 1

Two more errors mean the same: `storage.DatabaseError` (exit code 1) and `CatalogueError` of `video.effects.catalogue`
(exit code 2). Their packages import nothing of `bot`, so `bot.commands` lists both beside `StartupError`.
"""

from __future__ import annotations


class StartupError(Exception):
    """The bot cannot start like this; the message tells the operator why, and the process ends with `exit_code`."""

    exit_code = 1


class SettingsError(StartupError):
    """The settings have mistakes; the message lists them all, one a line."""

    exit_code = 2


class AlreadyRunning(StartupError):
    """Another process uses the database."""


class ListenError(StartupError):
    """The port for callbacks cannot be opened."""


class TokenRefused(StartupError):
    """Telegram does not know the token, so that waiting would not help."""

    def __init__(self) -> None:
        super().__init__("Telegram does not know TELEGRAM_BOT_TOKEN; @BotFather shows the right one.")
