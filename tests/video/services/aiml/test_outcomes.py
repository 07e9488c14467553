"""What the bot makes of each answer to a submit: above all, whether it may have been charged."""

from __future__ import annotations

import json

import httpx
import pytest

from tests.video.services.responses import response
from video.services.aiml.outcomes import classify_submit
from video.services.http import Response, classify_exception
from video.services.protocol import Accepted, FailureKind, InDoubt, NotSent, Refused
from video.services.redact import Redactor

KEY = "sk-1234567890abcdef"
NO_CREDIT = (
    "You've run out of credits. Please top up your balance or update your payment method to continue: "
    "https://aimlapi.com/app/billing/"
)
NO_KEY = "This request requires a valid API key. You can create a new API key on the Billing page"


def refusal(status: int, message: str = "", **headers: str) -> Refused:
    outcome = classify_submit(response(status, {"message": message, "statusCode": str(status)}, **headers))
    assert isinstance(outcome, Refused)
    return outcome


# ---------------------------------------------------------------- submit
@pytest.mark.parametrize("status", [200, 201, 202])
@pytest.mark.parametrize(
    "document",
    [
        {"id": "bA23_2Dk4Yh6RWT5BluZu", "status": "queued"},
        {"generation_id": "bA23_2Dk4Yh6RWT5BluZu"},
        {"id": "", "generation_id": "bA23_2Dk4Yh6RWT5BluZu"},
        {"id": "bA23_2Dk4Yh6RWT5BluZu", "status": "error", "error": {"message": "no"}},
    ],
)
def test_accepted(status: int, document: object) -> None:
    """Any 2xx with an id is a job, whose end is left to the polls."""
    assert classify_submit(response(status, document)) == Accepted("bA23_2Dk4Yh6RWT5BluZu")


def test_old_ids() -> None:
    """The older form of id is taken as it is."""
    old = "9e4c45e7-5785-42f3-8271-ce8a8b31dd04:kling-video/v1.6/pro/effects"
    assert classify_submit(response(201, {"id": old, "status": "queued"})) == Accepted(old)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b'{"id": "abc", "sta',
        b"<html>ok</html>",
        b"[]",
        b"null",
        b'{"status": "queued"}',
        b'{"id": ""}',
        b'{"id": " "}',
        b'{"id": 0}',
        b'{"id": true}',
        b'{"id": null}',
        b'{"id": "a\\u0000b"}',
        b'{"id": "\\ud800"}',
        json.dumps({"id": "x" * 513}).encode(),
        b'{"id":' * 50_000,
    ],
)
def test_accepted_but_unreadable(body: bytes) -> None:
    """A 2xx without a usable id may have been charged: nothing is sent again."""
    assert isinstance(classify_submit(Response(200, {}, body)), InDoubt)


@pytest.mark.parametrize("status", [408, 409, 418, 425, 499, 500, 501, 502, 504, 507, 520, 524, 599, 100, 600])
def test_in_doubt_by_status(status: int) -> None:
    """An answer that leaves the charge open is in doubt."""
    outcome = classify_submit(response(status, {"message": "Internal server error"}))
    assert outcome == InDoubt(f"HTTP {status} Internal server error")


@pytest.mark.parametrize(
    "error",
    [
        httpx.ReadTimeout("slow"),
        httpx.WriteTimeout("slow"),
        httpx.ReadError("reset"),
        httpx.WriteError("reset"),
        httpx.CloseError("reset"),
        httpx.RemoteProtocolError("server disconnected"),
        httpx.DecodingError("gzip"),
        httpx.LocalProtocolError("too little data"),
        httpx.TooManyRedirects("round"),
        TimeoutError(),
        OSError("?"),
        RuntimeError("?"),
    ],
)
def test_in_doubt_by_exception(error: Exception) -> None:
    """A connection that breaks once it stood leaves the charge open."""
    assert isinstance(classify_exception(error, Redactor(), body_started=True), InDoubt)


@pytest.mark.parametrize(
    "error",
    [
        httpx.ConnectError("refused"),
        httpx.ConnectTimeout("slow"),
        httpx.PoolTimeout("full"),
        httpx.UnsupportedProtocol("ftp"),
        httpx.ProxyError("403"),
        httpx.InvalidURL("no"),
    ],
)
def test_not_sent(error: Exception) -> None:
    """Where no connection was made nothing was charged, and the job is queued again."""
    outcome = classify_exception(error, Redactor(), body_started=True)
    assert isinstance(outcome, NotSent)
    assert type(error).__name__ in outcome.detail


def test_not_sent_before_the_body() -> None:
    """A request that our side found ill-formed before any of its body left was not charged."""
    assert isinstance(
        classify_exception(httpx.LocalProtocolError("bad header"), Redactor(), body_started=False), NotSent
    )


@pytest.mark.parametrize(
    ("status", "message", "kind"),
    [
        (400, "Body validation error. effect_scene: Invalid enum value. Expected 'a'", FailureKind.RETIRED),
        (400, "Body validation error. Invalid enum value. Expected 'a' | 'b', received 'c'", FailureKind.RETIRED),
        (400, "Image pixel is invalid", FailureKind.PHOTO_SIZE),
        (400, "The resolution or aspect ratio of the input image is invalid.", FailureKind.PHOTO_SIZE),
        (400, "File is not in a valid base64 format", FailureKind.PHOTO_UNREADABLE),
        (400, "Body validation error. image_url: Required", FailureKind.MISCONFIGURED),
        (400, "", FailureKind.MISCONFIGURED),
        (401, NO_KEY, FailureKind.BAD_KEY),
        (402, "", FailureKind.OUT_OF_CREDIT),
        (403, NO_CREDIT, FailureKind.OUT_OF_CREDIT),
        (403, "Your country is not served", FailureKind.MISCONFIGURED),
        (403, NO_KEY, FailureKind.MISCONFIGURED),
        (404, "Not Found", FailureKind.MISCONFIGURED),
        (405, "", FailureKind.MISCONFIGURED),
        (307, "", FailureKind.MISCONFIGURED),
        (413, "", FailureKind.MISCONFIGURED),
        (422, "Could not detect face in the image", FailureKind.NO_FACE),
    ],
)
def test_refused_for_good(status: int, message: str, kind: FailureKind) -> None:
    """A clear no is told for its reason, and is not tried again by itself."""
    outcome = refusal(status, message)
    assert outcome.failure.kind is kind
    assert (outcome.retryable, outcome.retry_after) == (False, None)
    assert outcome.failure.detail.startswith(f"HTTP {status}")


def test_refused_by_fal() -> None:
    """A refusal in fal's own words (422) tells the reason and the photo."""
    entry = {"loc": ["body", "image_url", 1], "msg": "Too small", "type": "image_too_small", "input": "x" * 999}
    outcome = classify_submit(response(422, {"detail": [entry]}))
    assert isinstance(outcome, Refused)
    assert (outcome.failure.kind, outcome.failure.photo) == (FailureKind.PHOTO_SIZE, 2)


@pytest.mark.parametrize(("status", "kind"), [(429, FailureKind.BUSY), (503, FailureKind.DOWN)])
def test_refused_for_now(status: int, kind: FailureKind) -> None:
    """A service that is busy or down is asked again, when it says."""
    assert refusal(status) == Refused(refusal(status).failure, retryable=True)
    assert refusal(status).failure.kind is kind
    assert refusal(status, retry_after="17").retry_after == 17
