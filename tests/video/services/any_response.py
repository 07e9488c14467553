"""Any response of a service or the network, drawn by Hypothesis."""

from __future__ import annotations

import json
import os
from base64 import b64encode

import httpx
from hypothesis import strategies as st

from video.services.http import Response
from video.services.protocol import Accepted, Failed, InDoubt, NotSent, NoVideo, Pending, Refused, Unanswered
from video.services.redact import Redactor

KEY = "sk-1234567890abcdef"
REDACTOR = Redactor((KEY,))
PHOTO = b64encode(os.urandom(300)).decode()
REFUSAL_STATUSES = {400, 401, 402, 403, 404, 405, 413, 422, 429, 503, *range(300, 400)}
"""HTTP statuses with which a service refuses a submit."""
BEFORE_CONNECTION = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.ProxyError,
    httpx.InvalidURL,
)
"""Exceptions before there is a connection."""
AFTER_CONNECTION = (
    httpx.ReadTimeout,
    httpx.WriteTimeout,
    httpx.ReadError,
    httpx.WriteError,
    httpx.RemoteProtocolError,
    httpx.LocalProtocolError,
    httpx.DecodingError,
    TimeoutError,
    OSError,
    ValueError,
)
"""Exceptions on a connection."""
KEYS = [
    *("id", "generation_id", "status", "message", "error", "detail", "type", "msg", "loc", "video"),
    *("code", "data", "task_id", "task_status", "task_status_msg", "task_result", "videos", "url", "fail_reason"),
    *("task_info", "external_task_id", "output", "result", "state", "success", "done"),
]
"""Keys that services use in their JSON."""

EMBEDDED = [
    '{"code": 1303, "message": "parallel task"}',
    '{"message": "' + "".join(f"\\u{ord(character):04x}" for character in KEY) + '"}',
    json.dumps(json.dumps({"code": 1301, "status": "failed", "url": f"https://x/{PHOTO}.mp4"})),
]
"""JSON inside of text, as gateways write it."""

words = st.one_of(
    st.sampled_from(EMBEDDED),
    st.text(max_size=40),
    st.sampled_from([KEY, PHOTO, "effect_scene", "credits", "face", f"data:x;base64,{PHOTO}"]),
    st.sampled_from(["succeed", "failed", "completed", "error", "success", "processing", "1303", "0", ".."]),
)
numbers = st.one_of(st.integers(), st.sampled_from([0, 1002, 1102, 1201, 1203, 1301, 1303, 5000, 5001, 5002]))
documents = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, st.floats(allow_nan=False), words),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(st.sampled_from(KEYS), words), inner, max_size=5),
    ),
    max_leaves=20,
)
envelopes = st.fixed_dictionaries(
    {"code": st.one_of(numbers, words), "data": documents}, optional={"message": words, "error": documents}
)
bodies = st.one_of(
    st.binary(max_size=60),
    st.one_of(documents, envelopes).map(lambda document: json.dumps(document).encode()),
    words.map(lambda text: text.encode("utf-8", "surrogatepass")),
)
headers = st.dictionaries(st.just("retry-after"), st.one_of(st.text(max_size=30), st.integers().map(str)))
responses = st.builds(
    Response,
    st.one_of(st.integers(100, 599), st.sampled_from([200, 400, 403, 429, 500])),
    headers,
    bodies,
    received_at=st.just(1.8e9),
    redactor=st.just(REDACTOR),
)
errors = st.builds(lambda kind, text: kind(text), st.sampled_from(BEFORE_CONNECTION + AFTER_CONNECTION), words)


def detail_of(outcome: object) -> str:
    """Return the part of an outcome that is logged."""
    match outcome:
        case NotSent(detail) | InDoubt(detail) | Unanswered(detail):
            return detail
        case Refused(failure) | Failed(failure):
            return failure.detail
        case Pending(status):
            return status
        case NoVideo(shape):
            return shape
    return ""


def is_loggable(detail: str) -> bool:
    """Return True if it is short, and holds neither the key nor a photo."""
    pieces = (PHOTO[at : at + 40] for at in range(len(PHOTO) - 40))
    return len(detail) <= 200 and KEY not in detail and not any(piece in detail for piece in pieces)


def check_submit_outcome(outcome: object, result: Response | Exception, *, body_started: bool) -> None:
    """Check what is true of every outcome of a submit, at every service."""
    assert isinstance(outcome, Accepted | NotSent | Refused | InDoubt)
    assert is_loggable(detail_of(outcome))
    match outcome:
        case NotSent():
            assert isinstance(result, BEFORE_CONNECTION) or (
                isinstance(result, httpx.LocalProtocolError) and not body_started
            )
        case Refused(_, _, retry_after):
            assert isinstance(result, Response)
            assert retry_after is None or 0 <= retry_after <= 3600
        case Accepted(service_job_id):
            assert isinstance(result, Response)
            assert 200 <= result.status < 300
            assert 0 < len(service_job_id) <= 512
            assert service_job_id.encode()
