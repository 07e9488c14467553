"""AIML, as the suite meets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.aiml import FakeAiml
from sandbox.http.faults import RespondWith
from tests.video.services.case import NOW, Case, DocumentedRefusal
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


def _connect(key: str, url: str, timeouts: Timeouts) -> AimlService:
    return AimlService(key, url=url, clock=lambda: NOW, timeouts=timeouts)


CASE = Case(
    name="aiml",
    fake=FakeAiml,
    connect=_connect,
    submit="POST /v2/video/generations",
    poll="GET /v2/video/generations",
    record="GET /v2/logs",
    account="GET /v2/billing",
    one_photo_scene="squish",
    two_photo_scene="hug",
    unknown_scene="balloon_parade",
    rate_limit=refusal(429, "Too Many Requests"),
    refusals=(
        DocumentedRefusal("bad-field", refusal(400, "Body validation error. image_url: Required"), Kind.MISCONFIGURED),
        DocumentedRefusal("photo", refusal(400, "Image pixel is invalid"), Kind.PHOTO_SIZE),
        DocumentedRefusal("key", refusal(401, "This request requires a valid API key."), Kind.BAD_KEY),
        DocumentedRefusal(
            "credit", refusal(403, "You've run out of credits. Please top up your balance"), Kind.OUT_OF_CREDIT
        ),
        DocumentedRefusal("forbidden", refusal(403, "Forbidden"), Kind.MISCONFIGURED),
        DocumentedRefusal("path", refusal(404, "Not Found"), Kind.MISCONFIGURED),
        DocumentedRefusal(
            "face", RespondWith(422, json=fal("face_detection_error", "Could not detect face")), Kind.NO_FACE
        ),
        DocumentedRefusal("rate", refusal(429, "Too Many Requests"), Kind.BUSY, retryable=True),
        DocumentedRefusal("down", refusal(503, "Service unavailable"), Kind.DOWN, retryable=True),
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
    responses_without_video=(
        {"id": "x", "status": "completed"},
        {"id": "x", "status": "completed", "video": None},
        {"id": "x", "status": "completed", "video": {"url": ""}},
    ),
    unusable_records=({}, {"data": []}, {"data": [], "pagination": {"has_more": True}}, {"data": {}, "pagination": {}}),
    in_doubt_responses=(
        RespondWith(200, json={"status": "queued"}),
        RespondWith(201, json={"id": "", "generation_id": None}),
        RespondWith(200, json={"id": ["x"]}),
    ),
    image_to_video=True,
    reports_balance=True,
    id_in_header=True,
)
