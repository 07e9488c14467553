"""A service beside its stand-in, and orders for it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import Image

from video.effects.models import Quality
from video.services.http import Timeouts
from video.services.protocol import Accepted, EffectRequest, SubmitRequest

if TYPE_CHECKING:
    from sandbox.services.job import Job
    from sandbox.services.service import FakeVideoService
    from tests.video.services.case import Case
    from video.services.protocol import VideoService

PATIENCE = Timeouts(connect=5, submit_idle=0.5, submit_total=5, get_total=0.5)
"""As long as a test can wait."""
_numbers = itertools.count(1)


def photo(colour: str) -> bytes:
    """A JPEG."""
    file = BytesIO()
    Image.new("RGB", (400, 400), colour).save(file, "JPEG")
    return file.getvalue()


LEFT, RIGHT = photo("red"), photo("blue")


@dataclass(frozen=True, slots=True)
class World:
    """One service, of which each test knows nothing but the protocol and the case."""

    case: Case
    pretend: FakeVideoService[Any]
    ours: VideoService

    def order(self, *photos: bytes, scene: str = "", quality: Quality = Quality.STANDARD) -> SubmitRequest:
        """An order of one photo, unless others are given."""
        photos = photos or (LEFT,)
        usual = self.case.two if len(photos) > 1 else self.case.one
        return SubmitRequest(f"job-{next(_numbers)}.1", EffectRequest(scene or usual, quality), 5, photos)

    async def accepted(self, order: SubmitRequest | None = None) -> Job[Any]:
        """The stand-in's job of a submit that must be taken."""
        outcome = await self.ours.submit(order or self.order())
        assert isinstance(outcome, Accepted), outcome
        return self.pretend.jobs[outcome.service_job_id]
