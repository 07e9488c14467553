"""`GET /v2/logs`: one row per submit, newest first, in pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from sandbox.aiml.models import CREDITS_PER_USD
from sandbox.aiml.refusals import timestamp
from sandbox.services.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.datastructures import QueryParams

    from sandbox.services.records import Submission

_PERIOD: Final = re.compile(r"([1-9]\d{0,4})([hd])")
_HOURS_PER_UNIT: Final = {"h": 1, "d": 24}
_MAX_WINDOW_S: Final = 92 * 24 * 3600
_STATUSES: Final = ("succeeded", "failed")


@dataclass(frozen=True, slots=True)
class LogQuery:
    """Which rows are asked for. `start` and `end` are Unix times in seconds by the service's clock."""

    start: float
    end: float
    models: list[str]
    statuses: list[str]
    key_prefix: str
    limit: int
    offset: int


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One submit as the log shows it.

    Attributes:
        submission: the submit.
        created: the Unix time of the submit by the service's clock, in seconds.
        failed: whether it was refused, or its job failed.
        usd: what was charged for it, in US dollars.
    """

    submission: Submission
    created: float
    failed: bool
    usd: float


def log_page(query: QueryParams, entries: Iterable[LogEntry], *, key: str, now: float) -> dict[str, Any]:
    """Return the page of the log that `query` asks for.

    Args:
        query: the parameters of the request.
        entries: the whole log of the account, newest first.
        key: the account's key.
        now: the Unix time by the service's clock, in seconds.

    Raises:
        Refusal: the query breaks the documented rules.
    """
    parsed = parse_query(query, now)
    rows = [_row(entry) for entry in entries if _matches(entry, parsed, key)]
    rows = [row for row in rows if not parsed.statuses or row["status"] in parsed.statuses]
    end = parsed.offset + parsed.limit
    paging = {
        "limit": parsed.limit,
        "offset": parsed.offset,
        "total": len(rows),
        "has_more": end < len(rows),
    }
    return {"data": rows[parsed.offset : end], "pagination": paging}


def parse_query(query: QueryParams, now: float) -> LogQuery:
    """Return what `query` asks for at `now`: Unix time in seconds.

    Raises:
        Refusal: the query breaks the documented rules.
    """
    start, end = _window(query, now)
    statuses = query.getlist("status")
    if unknown := [status for status in statuses if status not in _STATUSES]:
        raise _invalid(f"status: Invalid enum value. Expected 'succeeded' | 'failed', received '{unknown[0]}'")
    models = query.getlist("model")
    if len(models) > 50:
        raise _invalid("model: at most 50 values")
    limit, offset = _parse_integer(query, "limit", 50, 1, 100), _parse_integer(query, "offset", 0, 0, 10**9)
    return LogQuery(start, end, models, statuses, query.get("key_prefix", ""), limit, offset)


def _invalid(message: str) -> Refusal:
    return Refusal(400, f"Query validation error. {message}")


def _window(query: QueryParams, now: float) -> tuple[float, float]:
    period, start, end = query.get("period"), query.get("start"), query.get("end")
    if period is not None and (start is not None or end is not None):
        raise _invalid("Provide either period or both start and end, never both")
    if start is not None and end is not None:
        window = _parse_time(start), _parse_time(end)
        if not 0 <= window[1] - window[0] <= _MAX_WINDOW_S:
            raise _invalid("end must not be earlier than start, and the window must not exceed 92 days")
        return window
    if start is not None or end is not None:
        raise _invalid("start and end must be used together")
    match = _PERIOD.fullmatch(period or "24h")
    if match is None:
        raise _invalid("period: a positive integer followed by h or d")
    return now - int(match[1]) * _HOURS_PER_UNIT[match[2]] * 3600, now


def _parse_time(text: str) -> float:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise _invalid("start and end: ISO-8601") from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _parse_integer(query: QueryParams, name: str, default: int, minimum: int, maximum: int) -> int:
    text = query.get(name, str(default))
    if not text.isdecimal() or not minimum <= int(text) <= maximum:
        raise _invalid(f"{name}: an integer from {minimum} to {maximum}")
    return int(text)


def _matches(entry: LogEntry, query: LogQuery, key: str) -> bool:
    names = (entry.submission.model, entry.submission.model.rpartition("/")[2])
    return (
        query.start <= entry.created <= query.end
        and (not query.models or any(model in names for model in query.models))
        and key.startswith(query.key_prefix)
    )


def _row(entry: LogEntry) -> dict[str, Any]:
    submission = entry.submission
    return {
        "created": timestamp(entry.created),
        "status": "failed" if entry.failed else "succeeded",
        "origin": "api",
        "model": submission.model,
        "cost": {"usd": entry.usd, "credits": round(entry.usd * CREDITS_PER_USD)},
        "tokens": {"input": 0, "output": 0, "total": 0},
        "request_id": f"req-{submission.id[:12]}",
        "inference_id": submission.id,
        "client_request_id": submission.client_request_id,
    }
