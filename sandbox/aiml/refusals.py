"""The service's refusals, in its own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from starlette.responses import JSONResponse

if TYPE_CHECKING:
    from starlette.responses import Response

NO_KEY: Final = (
    "This request requires a valid API key. "
    "You can create a new API key on the Billing page: https://aimlapi.com/app/keys"
)
NO_CREDIT: Final = (
    "You've run out of credits. Please top up your balance or update your payment method "
    "to continue: https://aimlapi.com/app/billing/"
)
TOO_MANY: Final = "Too Many Requests"
NOT_FOUND: Final = "Not Found"


@dataclass(frozen=True, slots=True)
class Refusal:
    """An HTTP status and the sentence that goes with it."""

    status: int
    message: str

    def response(self, path: str, now: float) -> Response:
        """The answer on `path` at `now` (Unix seconds), with the five fields that every refusal has."""
        body = {
            "message": self.message,
            "path": path,
            "requestId": str(uuid4()),
            "statusCode": self.status,
            "timestamp": timestamp(now),
        }
        return JSONResponse(body, self.status)


def timestamp(now: float) -> str:
    """A Unix time as the service writes it: UTC, milliseconds."""
    return datetime.fromtimestamp(now, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
