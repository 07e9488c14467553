"""A service's client connected to its fake, and requests for it."""

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

TIMEOUTS = Timeouts(connect=10, submit_idle=4, submit_total=30, get_total=4)
"""Short, since tests let requests time out, but long enough for any other request on a busy machine."""
_numbers = itertools.count(1)


def photo(colour: str) -> bytes:
    """A JPEG."""
    file = BytesIO()
    Image.new("RGB", (400, 400), colour).save(file, "JPEG")
    return file.getvalue()


LEFT_PHOTO, RIGHT_PHOTO = photo("red"), photo("blue")


@dataclass(frozen=True, slots=True)
class ServiceUnderTest:
    """One service, of which tests know the protocol and the case alone."""

    case: Case
    fake: FakeVideoService[Any]
    client: VideoService

    def request(self, *photos: bytes, scene: str = "", quality: Quality = Quality.STANDARD) -> SubmitRequest:
        """Return a request with these photos, or with one."""
        photos = photos or (LEFT_PHOTO,)
        default = self.case.two_photo_scene if len(photos) > 1 else self.case.one_photo_scene
        return SubmitRequest(f"job-{next(_numbers)}.1", EffectRequest(scene or default, quality), 5, photos)

    async def accepted(self, request: SubmitRequest | None = None) -> Job[Any]:
        """Submit, check that it was accepted, and return the fake's job."""
        outcome = await self.client.submit(request or self.request())
        assert isinstance(outcome, Accepted), outcome
        return self.fake.jobs[outcome.service_job_id]
