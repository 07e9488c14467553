"""A client connected to the fake AIML, and requests for it."""

from __future__ import annotations

import itertools
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from tests.third_party.aiml_openapi import check_body
from tests.video.services.case import NOW
from tests.video.services.service_under_test import LEFT_PHOTO, TIMEOUTS
from video.effects.models import Quality
from video.services.aiml.client import AimlService
from video.services.protocol import Accepted, EffectRequest, SubmitRequest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sandbox.aiml import FakeAiml


KEY = "sandbox-aiml-key"
SUBMIT = "POST /v2/video/generations"
POLL = "GET /v2/video/generations"
LOGS = "GET /v2/logs"
numbers = itertools.count(1)


def new_request(*photos: bytes, scene: str = "squish", quality: Quality = Quality.STANDARD) -> SubmitRequest:
    return SubmitRequest(f"job-{next(numbers)}:1", EffectRequest(scene, quality), 5, photos or (LEFT_PHOTO,))


class AimlUnderTest:
    """The fake service, and our client connected to it."""

    def __init__(self, fake: FakeAiml, client: AimlService) -> None:
        self.fake, self.client = fake, client

    async def accepted(self, request: SubmitRequest) -> str:
        """Submit, check that it was accepted, and return the job's id."""
        outcome = await self.client.submit(request)
        assert isinstance(outcome, Accepted)
        check_body(self.fake.submissions[-1].body)
        return outcome.service_job_id


@asynccontextmanager
async def connected(url: str, *, key: str = KEY, path: str = "/v2/video/generations") -> AsyncIterator[AimlService]:
    client = AimlService(key, url=url, path=path, clock=lambda: NOW, timeouts=TIMEOUTS)
    try:
        yield client
    finally:
        await client.aclose()
