"""A group that most tests of groups happen in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sandbox.telegram import Chat, Person
    from tests.conftest import Play


@pytest.fixture
def bob(play: Play) -> Person:
    """A member who runs nothing."""
    return play.telegram.person("Bob")


@pytest.fixture
def group(play: Play, bob: Person) -> Chat:
    """A group of Ada, who runs it, Bob and the bot, in which another bot spoke last."""
    return play.telegram.group("Friends", [play.ada, bob], other_bots=True)
