"""The operator, who is told in private."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sandbox.telegram import Chat
    from tests.conftest import Play


@pytest.fixture
def office(play: Play) -> Chat:
    """The private chat of the operator."""
    return play.telegram.private(play.telegram.person("Boss"))
