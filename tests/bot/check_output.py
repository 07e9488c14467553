"""The output of `python -m bot check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli.check import check

if TYPE_CHECKING:
    from tests.bot_under_test import BotUnderTest


async def check_output(bot: BotUnderTest, **changes: str) -> tuple[str, bool]:
    """Return all sentences, and whether a check failed."""
    findings = await check(bot.settings(**changes))
    return "\n".join(finding.text for finding in findings), any(finding.failed for finding in findings)
