"""What the tests of the video services share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.aiml import FakeAiml
from sandbox.http.server import Server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


from tests.video.services.aiml.connection import KEY, AimlUnderTest, connected
from tests.video.services.case import NOW


@pytest.fixture
async def service() -> AsyncIterator[AimlUnderTest]:
    fake = FakeAiml(key=KEY, job_seconds=None, clock=lambda: NOW, video=b"video", face_scenes=())
    async with Server(fake.app) as server, connected(server.url) as client:
        fake.public_url = server.url
        yield AimlUnderTest(fake, client)
