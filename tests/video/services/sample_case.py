"""The sample service's case: a third service, which exists to show what adding one takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.http.faults import RespondWith
from tests.video.services.case import NOW, Case, DocumentedRefusal
from tests.video.services.sample.client import KINDS_BY_CODE, SampleService
from tests.video.services.sample.fake import HTTP_STATUSES, FakeSample
from video.services.protocol import FailureKind

if TYPE_CHECKING:
    from video.services.http import Timeouts


def _connect(key: str, url: str, timeouts: Timeouts) -> SampleService:
    return SampleService(key, url=url, clock=lambda: NOW, timeouts=timeouts)


def _refusal(code: str) -> RespondWith:
    return RespondWith(HTTP_STATUSES.get(code, 400), json={"error": {"code": code, "message": "no"}})


CASE = Case(
    name="sample",
    fake=FakeSample,
    connect=_connect,
    submit="POST /videos",
    poll="GET /videos",
    record="GET /videos",
    account="GET /account",
    one_photo_scene="squeeze",
    two_photo_scene="duet",
    unknown_scene="jelly_press",
    rate_limit=_refusal("too_many"),
    refusals=tuple(
        DocumentedRefusal(code, _refusal(code), kind, retryable=code in {"too_many", "closed"})
        for code, kind in KINDS_BY_CODE.items()
    ),
    failures=(
        ({"code": "no_face", "message": "no face in photo 1"}, FailureKind.NO_FACE),
        ({"code": "photo_size", "message": "too small"}, FailureKind.PHOTO_SIZE),
        ({"code": "weather", "message": "it rains"}, FailureKind.OTHER),
        (None, FailureKind.OTHER),
    ),
    responses_without_video=(
        {"videos": [{"id": "1", "state": "done"}]},
        {"videos": [{"id": "1", "state": "done", "url": ""}]},
    ),
    unusable_records=({}, {"videos": None}, {"videos": [{}]}, {"videos": ["job-1.1"]}),
    in_doubt_responses=(
        RespondWith(200, json={"state": "waiting"}),
        RespondWith(500, json={"error": {"code": "broken", "message": "?"}}),
    ),
    reports_balance=True,
)
