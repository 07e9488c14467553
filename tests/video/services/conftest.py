"""Every service that has a file `NAME_case.py` here, each beside its stand-in."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sandbox.http.server import Server
from tests.video.services.case import KEY, NOW, Case
from tests.video.services.service_under_test import PATIENCE, World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

CASES: tuple[Case, ...] = tuple(
    import_module(f"tests.video.services.{path.stem}").CASE for path in sorted(Path(__file__).parent.glob("*_case.py"))
)


@pytest.fixture(params=CASES, ids=str)
def case(request: pytest.FixtureRequest) -> Case:
    """Each service in turn."""
    assert isinstance(request.param, Case)
    return request.param


@pytest.fixture
async def world(case: Case) -> AsyncIterator[World]:
    """The stand-in on a real socket, and ours connected to it."""
    pretend = case.pretend(KEY, job_seconds=None, clock=lambda: NOW, video=b"video", face_scenes=())
    async with Server(pretend.app) as server:
        pretend.public_url = server.url
        ours = case.connect(KEY, server.url, PATIENCE)
        try:
            yield World(case, pretend, ours)
        finally:
            await ours.aclose()
