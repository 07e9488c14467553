"""AIML, as the suite meets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.aiml import FakeAiml
from sandbox.http.faults import RespondWith
from tests.video.services.case import NOW, Case, No
from video.services.aiml.client import AimlService
from video.services.protocol import FailureKind as Kind

if TYPE_CHECKING:
    from video.services.http import Timeouts


def refusal(status: int, message: str) -> RespondWith:
    """A refusal in the service's form."""
    return RespondWith(status, json={"message": message, "statusCode": status, "path": "/v2/video/generations"})


def fal(kind: str, message: str) -> dict[str, object]:
    """A job's error as fal.ai writes it, the photo echoed."""
    echo = "data:image/jpeg;base64," + "/9j/4AAQ" * 500
    return {"detail": [{"loc": ["body", "image_url"], "msg": message, "type": kind, "input": echo}]}


def _connect(key: str, url: str, patience: Timeouts) -> AimlService:
    return AimlService(key, url=url, clock=lambda: NOW, timeouts=patience)


CASE = Case(
    name="aiml",
    pretend=FakeAiml,
    connect=_connect,
    submit="POST /v2/video/generations",
    poll="GET /v2/video/generations",
    record="GET /v2/logs",
    account="GET /v2/billing",
    one="squish",
    two="hug",
    unknown="balloon_parade",
    rate_limit=refusal(429, "Too Many Requests"),
    refusals=(
        No("bad-field", refusal(400, "Body validation error. image_url: Required"), Kind.MISCONFIGURED),
        No("photo", refusal(400, "Image pixel is invalid"), Kind.PHOTO_SIZE),
        No("key", refusal(401, "This request requires a valid API key."), Kind.BAD_KEY),
        No("credit", refusal(403, "You've run out of credits. Please top up your balance"), Kind.OUT_OF_CREDIT),
        No("forbidden", refusal(403, "Forbidden"), Kind.MISCONFIGURED),
        No("path", refusal(404, "Not Found"), Kind.MISCONFIGURED),
        No("face", RespondWith(422, json=fal("face_detection_error", "Could not detect face")), Kind.NO_FACE),
        No("rate", refusal(429, "Too Many Requests"), Kind.BUSY, again=True),
        No("down", refusal(503, "Service unavailable"), Kind.DOWN, again=True),
    ),
    failures=(
        (fal("face_detection_error", "Could not detect face in the image"), Kind.NO_FACE),
        (fal("content_policy_violation", "flagged by a content checker"), Kind.MODERATED),
        (fal("image_too_small", "The image dimensions are too small."), Kind.PHOTO_SIZE),
        (fal("image_load_error", "Failed to load the image."), Kind.PHOTO_UNREADABLE),
        (fal("generation_timeout", "The operation timed out."), Kind.TIMED_OUT),
        (fal("internal_server_error", "Internal server error"), Kind.DOWN),
        ({"name": "Error", "message": "Failure to pass the risk control system"}, Kind.MODERATED),
        ({"name": "Error", "message": "It is Saturday"}, Kind.OTHER),
    ),
    no_video=(
        {"id": "x", "status": "completed"},
        {"id": "x", "status": "completed", "video": None},
        {"id": "x", "status": "completed", "video": {"url": ""}},
    ),
    strange_records=({}, {"data": []}, {"data": [], "pagination": {"has_more": True}}, {"data": {}, "pagination": {}}),
    lost=(
        RespondWith(200, json={"status": "queued"}),
        RespondWith(201, json={"id": "", "generation_id": None}),
        RespondWith(200, json={"id": ["x"]}),
    ),
    animates=True,
    tells_balance=True,
)
