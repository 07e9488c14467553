"""The service's refusals, in its own words."""

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
    """The answer on `path` at `now` (Unix seconds), with the five fields that every refusal has; its code is HTTP's."""
    body = {
        "message": refusal.message,
        "path": path,
        "requestId": str(uuid4()),
        "statusCode": refusal.code,
        "timestamp": timestamp(now),
    }
    return JSONResponse(body, refusal.code)


def timestamp(now: float) -> str:
    """A Unix time as the service writes it: UTC, milliseconds."""
    return datetime.fromtimestamp(now, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
