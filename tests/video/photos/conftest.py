"""A pool of photo processes for a test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from video.photos.process_pool import PhotoProcessPool

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def pool() -> AsyncIterator[PhotoProcessPool]:
    """Yield a pool whose photos may take as long as a busy machine makes them."""
    pool = PhotoProcessPool(deadline=120)
    yield pool
    await pool.aclose()
