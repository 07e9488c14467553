"""The service's refusals of requests, in its own words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from starlette.responses import JSONResponse

if TYPE_CHECKING:
    from starlette.responses import Response

    from sandbox.services.refusal import Refusal

INVALID_KEY: Final = (
    "This request requires a valid API key. "
    "You can create a new API key on the Billing page: https://aimlapi.com/app/keys"
)
NO_CREDIT: Final = (
    "You've run out of credits. Please top up your balance or update your payment method "
    "to continue: https://aimlapi.com/app/billing/"
)
TOO_MANY_REQUESTS: Final = "Too Many Requests"
NOT_FOUND: Final = "Not Found"


def refusal_response(refusal: Refusal, path: str, now: float) -> Response:
    """Return the refusal of a request on `path`, with the five fields that every refusal has.

    `now` is the Unix time in seconds; the refusal's code is the HTTP status.
    """
    body = {
        "message": refusal.message,
        "path": path,
        "requestId": str(uuid4()),
        "statusCode": refusal.code,
        "timestamp": timestamp(now),
    }
    return JSONResponse(body, refusal.code)


def timestamp(now: float) -> str:
    """Format a Unix time as the service does: UTC, with milliseconds."""
    return datetime.fromtimestamp(now, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
