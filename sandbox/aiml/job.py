"""Jobs, the service's names for their states, and their ids."""

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
    """Return an id like `bA23_2Dk4Yh6RWT5BluZu`."""
    return "".join(random.choices(_ID_CHARACTERS, k=21))


def legacy_job_id(model: str) -> str:
    """Return an id of the older form, `9e4c45e7-5785-42f3-8271-ce8a8b31dd04:kling-video/v1.6/pro/effects`.

    It must be quoted in a URL.
    """
    quality = "pro" if "-pro-" in model else "standard"
    return f"{uuid4()}:kling-video/v1.6/{quality}/effects"
