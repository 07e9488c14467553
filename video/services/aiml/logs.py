"""AIML's log of requests (`GET /v2/logs`), which alone tells whether a submit was accepted whose response was lost."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from video.services.aiml.outcomes import describe
from video.services.job_document import read_id
from video.services.protocol import Absent, Found, FoundFailed, Unanswered

if TYPE_CHECKING:
    from video.services.http import Response
    from video.services.protocol import FindOutcome

ROWS_PER_PAGE = 100
"""AIML's maximum."""
MAX_PAGES = 50
"""How many pages are read at most."""
CLOCK_SKEW_S = 600.0
"""How far AIML's clock may be from what its responses tell."""


def log_query(*, submitted_at: float, now: float, offset: int) -> dict[str, str]:
    """Return the parameters of one page, newest rows first. Times are Unix times in seconds."""
    return {
        "start": _iso(submitted_at - CLOCK_SKEW_S),
        "end": _iso(max(now, submitted_at) + CLOCK_SKEW_S),
        "limit": str(ROWS_PER_PAGE),
        "offset": str(offset),
    }


def classify_page(response: Response, client_request_id: str) -> FindOutcome | None:
    """Return what one page tells of a submit, None if the next page must be read.

    A page that can't be understood is `Unanswered`, never `Absent`.
    """
    document = response.document
    rows, pagination = document.get("data"), document.get("pagination")
    if not response.is_success or not isinstance(rows, list) or not isinstance(pagination, dict):
        return Unanswered(describe(response), response.retry_after)
    ours = [row for row in rows if isinstance(row, dict) and row.get("client_request_id") == client_request_id]
    if ours:
        return _classify_rows(ours)
    has_more = pagination.get("has_more")
    if has_more is False:
        return Absent()
    return None if has_more is True and rows else Unanswered("the log does not tell whether more follows")


def _classify_rows(rows: list[dict[str, Any]]) -> FindOutcome:
    accepted = [row for row in rows if row.get("status") != "failed"]
    if not accepted:
        return FoundFailed("the log has it as failed")
    service_job_id = read_id(accepted[0].get("inference_id"))
    return Found(service_job_id) if service_job_id else Unanswered("the log has it, without an inference_id")


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
