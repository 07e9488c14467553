"""Kling, as the suite meets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.http.faults import RespondWith
from sandbox.kling import FakeKling, KlingRefusal
from sandbox.kling.codes import gateway_error
from sandbox.kling.service import RESELLER_PREFIX
from tests.video.services.case import NOW, Case, DocumentedRefusal
from video.services.kling.auth import KlingAuth
from video.services.kling.client import KlingService
from video.services.protocol import FailureKind as Kind

if TYPE_CHECKING:
    from video.services.http import Timeouts


def _connect(key: str, url: str, timeouts: Timeouts) -> KlingService:
    return KlingService(KlingAuth.bearer(key), url=url + RESELLER_PREFIX, clock=lambda: NOW, timeouts=timeouts)


def _refusal(code: int, kind: Kind, message: str = "", *, retryable: bool = False) -> DocumentedRefusal:
    name = f"{code}-{kind}"
    return DocumentedRefusal(name, KlingRefusal(code, message).fault(), kind, retryable)


def _done(result: object) -> dict[str, object]:
    return {"code": 0, "data": {"task_id": "1", "task_status": "succeed", "task_result": result}}


CASE = Case(
    name="kling",
    fake=FakeKling,
    connect=_connect,
    submit="POST /v1/videos/effects",
    poll="GET /v1/videos/effects/*",
    record="GET /v1/videos/effects/*",
    account="GET /v1/videos/effects",
    one_photo_scene="pet_dance",
    two_photo_scene="hug_pro",
    unknown_scene="magic_match_tree",
    rate_limit=KlingRefusal(1302).fault(),
    refusals=(
        _refusal(1000, Kind.BAD_KEY),
        _refusal(1001, Kind.BAD_KEY),
        _refusal(1002, Kind.BAD_KEY),
        _refusal(1003, Kind.BAD_KEY),
        _refusal(1004, Kind.BAD_KEY),
        _refusal(1100, Kind.ACCOUNT),
        _refusal(1101, Kind.OUT_OF_CREDIT),
        _refusal(1102, Kind.OUT_OF_CREDIT),
        _refusal(1103, Kind.ACCOUNT),
        _refusal(1200, Kind.MISCONFIGURED),
        _refusal(1201, Kind.RETIRED, "effect_scene value 'hug' is invalid"),
        _refusal(1201, Kind.PHOTO_UNREADABLE, "File is not in a valid base64 format"),
        _refusal(1201, Kind.PHOTO_SIZE, "The resolution or aspect ratio of the input image is invalid."),
        _refusal(1201, Kind.MISCONFIGURED, "duration is only 5 for this effect_scene"),
        _refusal(1202, Kind.MISCONFIGURED),
        _refusal(1203, Kind.MISCONFIGURED),
        _refusal(1203, Kind.RETIRED, "The effect scene does not exist"),
        _refusal(1300, Kind.MODERATED),
        _refusal(1301, Kind.MODERATED),
        _refusal(1302, Kind.BUSY, retryable=True),
        _refusal(1303, Kind.BUSY, retryable=True),
        _refusal(1304, Kind.ACCOUNT),
        _refusal(5001, Kind.DOWN, retryable=True),
        DocumentedRefusal("word-for-a-code", RespondWith(400, json={"code": "1301", "message": "no"}), Kind.MODERATED),
        DocumentedRefusal(
            "code-in-200", RespondWith(200, json={"code": 1303, "message": "parallel task"}), Kind.BUSY, retryable=True
        ),
        DocumentedRefusal("gateway-key", gateway_error(401, "Invalid token", "invalid_api_key"), Kind.BAD_KEY),
        DocumentedRefusal(
            "gateway-money",
            gateway_error(403, "user quota is not enough", "insufficient_user_quota"),
            Kind.OUT_OF_CREDIT,
        ),
        DocumentedRefusal(
            "gateway-money-429", gateway_error(429, "insufficient quota", "insufficient_quota"), Kind.OUT_OF_CREDIT
        ),
        DocumentedRefusal(
            "gateway-rate", gateway_error(429, "Too many requests", "rate_limit"), Kind.BUSY, retryable=True
        ),
        DocumentedRefusal(
            "gateway-down", gateway_error(503, "Service unavailable", "unavailable"), Kind.DOWN, retryable=True
        ),
    ),
    failures=(
        ("No face is detected in the input image", Kind.NO_FACE),
        ("Failure to pass the risk control system", Kind.MODERATED),
        ("Image pixel is invalid", Kind.PHOTO_SIZE),
        ("The image file cannot be read: read image failed", Kind.PHOTO_UNREADABLE),
        ("Server internal error", Kind.DOWN),
        ("Task timed out", Kind.TIMED_OUT),
        ("It is Saturday", Kind.OTHER),
        ("", Kind.OTHER),
    ),
    responses_without_video=(_done({}), _done({"videos": []}), _done({"videos": [{"url": ""}]}), _done(None)),
    unusable_records=(
        {"code": 0},
        {"code": 0, "data": None},
        {"code": 0, "data": []},
        {"code": 0, "data": {"task_id": "7", "task_info": {"external_task_id": "another"}}},
        {"code": 9999, "message": "?"},
    ),
    in_doubt_responses=(
        KlingRefusal(5000).fault(),
        KlingRefusal(5002).fault(),
        RespondWith(200, json={"code": 0, "data": {}}),
    ),
)
