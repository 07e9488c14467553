"""The group that most tests of groups use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sandbox.telegram import Chat, Person
    from tests.bot_under_test import BotUnderTest


@pytest.fixture
def bob(bot: BotUnderTest) -> Person:
    """Return a member who is no admin."""
    return bot.telegram.add_person("Bob")


@pytest.fixture
def group(bot: BotUnderTest, bob: Person) -> Chat:
    """Return a group of Ada, its creator, Bob and the bot, in which another bot spoke last."""
    return bot.telegram.add_group("Friends", [bot.ada, bob], other_bots=True)
