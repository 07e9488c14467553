"""Every service that has a file `NAME_case.py` here, each connected to its fake."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sandbox.http.server import Server
from tests.video.services.case import KEY, NOW, Case
from tests.video.services.service_under_test import TIMEOUTS, ServiceUnderTest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

CASES: tuple[Case, ...] = tuple(
    import_module(f"tests.video.services.{path.stem}").CASE for path in sorted(Path(__file__).parent.glob("*_case.py"))
)


@pytest.fixture(params=CASES, ids=str)
def case(request: pytest.FixtureRequest) -> Case:
    """Return the case of each service in turn."""
    assert isinstance(request.param, Case)
    return request.param


@pytest.fixture
async def service(case: Case) -> AsyncIterator[ServiceUnderTest]:
    """Start the fake on a real socket, and connect a client to it."""
    fake = case.fake(KEY, job_seconds=None, clock=lambda: NOW, video=b"video", face_scenes=())
    async with Server(fake.app) as server:
        fake.public_url = server.url
        client = case.connect(KEY, server.url, TIMEOUTS)
        try:
            yield ServiceUnderTest(case, fake, client)
        finally:
            await client.aclose()
