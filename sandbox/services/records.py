"""What a fake video service records: submits and charges."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Submission:
    """One POST whose body was read completely.

    Attributes:
        id: the job's id. A refused submit has an id too, which only the log shows.
        client_request_id: the client's own id of the request, if it sent a valid one.
        scene: the scene in the body, or empty if the body has none, as with image-to-video.
        body: the JSON object that was sent, or empty if it was none.
        at: Unix time in seconds.
        model: the model in the body, or empty if the body has none.
        duration: the length of the video in seconds.
        photos: the decoded photos, or none if the body was refused.
        accepted: whether it became a job.
        account: the key that it came with, if the service keeps a record for each.
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
    account: str = ""


@dataclass(frozen=True, slots=True)
class Charge:
    """One entry of the ledger.

    Attributes:
        job_id: the job's id at the service.
        client_request_id: the client's own id of the request, if it sent one.
        usd: the amount in US dollars.
        at: Unix time in seconds.
    """

    job_id: str
    client_request_id: str | None
    usd: float
    at: float
