"""A submit as a pretend service writes it down, whether or not it became a job."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Submission:
    """One POST that was read to its end.

    Attributes:
        id: the job's id; for a refused one, an id that nobody is told, except in a log.
        client_request_id: the caller's own id of the request, if it sent a valid one.
        scene: as asked for; empty where the body names none, as for a photo set in motion.
        body: the JSON object as it came; empty where it was none.
        at: Unix time in seconds.
        model: as asked for; empty where the body names none.
        duration: seconds of video.
        photos: the photos, decoded; none where the body was refused.
        accepted: whether it became a job.
    """

    id: str
    client_request_id: str | None
    scene: str
    body: dict[str, Any]
    at: float
    model: str
    duration: int = 5
    photos: list[bytes] = field(default_factory=list)
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Charge:
    """One line of the bill.

    Attributes:
        generation_id: the job's id at the service.
        client_request_id: the caller's own id of the request, if it sent one.
        usd: US dollars.
        at: Unix time in seconds.
    """

    job_id: str
    client_request_id: str | None
    usd: float
    at: float
