"""The pretend AIML beside ours, and orders for it."""

from __future__ import annotations

import itertools
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from tests.third_party.aiml_openapi import check_body
from tests.video.services.case import NOW
from tests.video.services.service_under_test import LEFT, PATIENCE
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


def an_order(*photos: bytes, scene: str = "squish", quality: Quality = Quality.STANDARD) -> SubmitRequest:
    return SubmitRequest(f"job-{next(numbers)}:1", EffectRequest(scene, quality), 5, photos or (LEFT,))


class World:
    """The pretend service, and ours connected to it."""

    def __init__(self, pretend: FakeAiml, ours: AimlService) -> None:
        self.pretend, self.ours = pretend, ours

    async def accepted(self, order: SubmitRequest) -> str:
        """The id of a submit that must be taken."""
        outcome = await self.ours.submit(order)
        assert isinstance(outcome, Accepted)
        check_body(self.pretend.submissions[-1].body)
        return outcome.service_job_id


@asynccontextmanager
async def connected(url: str, *, key: str = KEY, path: str = "/v2/video/generations") -> AsyncIterator[AimlService]:
    ours = AimlService(key, url=url, path=path, clock=lambda: NOW, timeouts=PATIENCE)
    try:
        yield ours
    finally:
        await ours.aclose()
