"""The command line, called in the test's own process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.__main__ import main

if TYPE_CHECKING:
    import pytest

GOOD = {"TELEGRAM_BOT_TOKEN": "1234567:good-token", "AIML_API_KEY": "good-key"}
"""The settings that have no default."""


def run_main(capsys: pytest.CaptureFixture[str], command: str) -> tuple[int, str]:
    """Run a command, and return its exit code and all that it printed."""
    code = main([command, "copy.db"] if command == "backup" else [command])
    out, err = capsys.readouterr()
    return code, out + err
