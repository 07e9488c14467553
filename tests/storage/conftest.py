"""A store of its own for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import Store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The path of the store's file."""
    return tmp_path / "bot.db"


@pytest.fixture
async def store(path: Path) -> AsyncIterator[Store]:
    """An empty store, closed after the test."""
    opened = await Store.open(path)
    yield opened
    await opened.close()
