"""AIML's record of requests (`GET /v2/logs`): the only place that tells whether a lost submit was accepted."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from video.services.aiml.outcomes import describe
from video.services.protocol import Absent, Found, FoundFailed, Unanswered

if TYPE_CHECKING:
    from video.services.http import Response
    from video.services.protocol import FindOutcome

ROWS_PER_PAGE = 100
"""Rows per page: AIML's most."""
MAX_PAGES = 50
"""Pages that are read at most."""
CLOCK_SKEW_S = 600.0
"""Seconds that the two clocks may be apart."""


def log_query(*, submitted_at: float, now: float, offset: int) -> dict[str, str]:
    """The parameters of one page, newest rows first. Times are Unix times in seconds."""
    return {
        "start": _iso(submitted_at - CLOCK_SKEW_S),
        "end": _iso(max(now, submitted_at) + CLOCK_SKEW_S),
        "limit": str(ROWS_PER_PAGE),
        "offset": str(offset),
    }


def classify_page(
    answer: Response, client_request_id: str, *, secret: str = "", now: float = 0.0
) -> FindOutcome | None:
    """What one page tells of a submit; None where more pages follow.

    A page that cannot be understood is `Unanswered`, never `Absent`.
    """
    document = answer.document
    rows, pagination = document.get("data"), document.get("pagination")
    if not 200 <= answer.status < 300 or not isinstance(rows, list) or not isinstance(pagination, dict):
        return Unanswered(describe(answer, secret), answer.retry_after(now))
    ours = [row for row in rows if isinstance(row, dict) and row.get("client_request_id") == client_request_id]
    if ours:
        return _found(ours)
    more = pagination.get("has_more")
    if more is False:
        return Absent()
    return None if more is True and rows else Unanswered("the log does not tell whether more follows")


def _found(rows: list[dict[str, Any]]) -> FindOutcome:
    accepted = [row for row in rows if row.get("status") != "failed"]
    if not accepted:
        return FoundFailed("the log has it as failed")
    inference_id = accepted[0].get("inference_id")
    if isinstance(inference_id, str) and 0 < len(inference_id) <= 512 and inference_id.isprintable():
        return Found(inference_id)
    return Unanswered("the log has it, without an inference_id")


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
