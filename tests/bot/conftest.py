"""The operator's chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sandbox.telegram import Chat
    from tests.bot_under_test import BotUnderTest


@pytest.fixture
def admin_chat(bot: BotUnderTest) -> Chat:
    """Return the private chat of the operator."""
    return bot.telegram.private_chat(bot.telegram.add_person("Boss"))
