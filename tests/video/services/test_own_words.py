"""Who speaks in a refusal: the service itself, or a proxy before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from video.services.aiml import outcomes as aiml
from video.services.http import Response
from video.services.kling import outcomes as kling
from video.services.protocol import InDoubt, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from video.services.protocol import SubmitOutcome

    Classify = Callable[[Response], SubmitOutcome]

SERVICES = {"aiml": aiml.classify_submit, "kling": kling.classify_submit}
PAGES = (
    b"",
    b"<html><h1>Service Unavailable</h1></html>",
    b"upstream connect error or disconnect/reset before headers",
    b'{"message": "Service Unavail',
    b"[]",
    b"null",
    b'"busy"',
    b"{}",
    b'{"message": ""}',
    b'{"message": null, "statusCode": null}',
    b'{"error": "service unavailable"}',
    b'{"status": 503, "error": "Service Unavailable", "path": "/"}',
    b'{"title": "Error 1015: You are being rate limited", "status": 429, "detail": "Try later", "error_code": 1015}',
)
"""What stands before a service answers in its place: servers, CDNs, login pages."""
GATEWAY_MESSAGES = (
    b'{"message": "Service Unavailable"}',
    b'{"message": "API rate limit exceeded", "request_id": "4f1a"}',
    b'{"code": 503, "message": "Service Unavailable"}',
)
"""Gateways' messages, which look like a service's own but for the fields that only the service writes."""


@pytest.mark.parametrize("classify", SERVICES.values(), ids=SERVICES)
@pytest.mark.parametrize("page", PAGES)
def test_row_28_a_proxys_page_is_no_refusal(classify: Classify, page: bytes) -> None:
    """A page that is not the service's leaves the charge open, whatever its status."""
    for status in range(300, 600):
        assert isinstance(classify(Response(status, {}, page)), InDoubt), status


@pytest.mark.parametrize("classify", SERVICES.values(), ids=SERVICES)
@pytest.mark.parametrize("message", GATEWAY_MESSAGES)
@pytest.mark.parametrize("status", [429, 503])
def test_row_28_a_gateways_message_is_no_invitation(classify: Classify, message: bytes, status: int) -> None:
    """A gateway that says busy or down may have forwarded the request: it is not simply sent again."""
    assert isinstance(classify(Response(status, {}, message)), InDoubt)


@pytest.mark.parametrize(
    ("service", "status", "document"),
    [
        ("aiml", 503, b'{"message": "Service unavailable", "statusCode": "503"}'),
        ("aiml", 429, b'{"message": "Too Many Requests", "requestId": "798b860e", "statusCode": 429}'),
        ("aiml", 429, b'{"message": "", "statusCode": 429}'),
        ("aiml", 400, b'{"message": "Image pixel is invalid"}'),
        ("aiml", 422, b'{"detail": [{"loc": ["body"], "msg": "Could not detect face", "type": "face"}]}'),
        ("aiml", 422, b'{"detail": {"msg": "Could not detect face"}}'),
        ("aiml", 400, b'{"error": {"message": "Image pixel is invalid"}}'),
        ("kling", 429, b'{"code": 1303, "message": "parallel task over resource pack limit"}'),
        ("kling", 503, b'{"code": "5001"}'),
        ("kling", 503, b'{"error": {"message": "no channel", "type": "new_api_error", "code": "model_not_found"}}'),
        ("kling", 429, b'{"code": "rate_limit", "message": "slow down"}'),
        ("kling", 400, b'{"code": 400, "message": "Image pixel is invalid"}'),
        ("kling", 200, b'{"code": 1303, "message": "parallel task over resource pack limit"}'),
    ],
)
def test_row_28_own_words_are_a_refusal(service: str, status: int, document: bytes) -> None:
    """A refusal in any form that the service itself has is a clear no."""
    assert isinstance(SERVICES[service](Response(status, {}, document)), Refused)
