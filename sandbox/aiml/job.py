"""A job, and the service's words for its states."""

from __future__ import annotations

import random
import string
from typing import Final, TypeAlias
from uuid import uuid4

from sandbox.aiml.video_request import AimlRequest
from sandbox.services.job import Job, StatusNames

STATUS_NAMES: Final = StatusNames("queued", "generating", "completed", "error")

AimlJob: TypeAlias = Job[AimlRequest]
"""One accepted job."""

_ID_CHARACTERS = string.ascii_letters + string.digits + "_-"


def new_job_id() -> str:
    """Like `bA23_2Dk4Yh6RWT5BluZu`."""
    return "".join(random.choices(_ID_CHARACTERS, k=21))


def legacy_job_id(model: str) -> str:
    """Like `9e4c45e7-5785-42f3-8271-ce8a8b31dd04:kling-video/v1.6/pro/effects`: not fit for a URL as it is."""
    quality = "pro" if "-pro-" in model else "standard"
    return f"{uuid4()}:kling-video/v1.6/{quality}/effects"
