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
_HOUR: Final = {"h": 1, "d": 24}
_LONGEST: Final = 92 * 24 * 3600
_STATUSES: Final = ("succeeded", "failed")


@dataclass(frozen=True, slots=True)
class Question:
    """Which rows are asked for: `start` and `end` in Unix seconds of the service's clock."""

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


def page(query: QueryParams, entries: Iterable[LogEntry], *, key: str, now: float) -> dict[str, Any]:
    """Return the page of the log that `query` asks for.

    Args:
        query: the parameters of the request.
        entries: the whole log of the account, newest first.
        key: the account's key.
        now: the Unix time by the service's clock, in seconds.

    Raises:
        Refusal: the query breaks the documented rules.
    """
    question = read(query, now)
    rows = [_row(entry) for entry in entries if _asked_for(entry, question, key)]
    rows = [row for row in rows if not question.statuses or row["status"] in question.statuses]
    end = question.offset + question.limit
    paging = {
        "limit": question.limit,
        "offset": question.offset,
        "total": len(rows),
        "has_more": end < len(rows),
    }
    return {"data": rows[question.offset : end], "pagination": paging}


def read(query: QueryParams, now: float) -> Question:
    """What `query` asks for at `now`.

    Raises:
        Refusal: it breaks the documented rules.
    """
    start, end = _window(query, now)
    statuses = query.getlist("status")
    if wrong := [status for status in statuses if status not in _STATUSES]:
        raise _wrong(f"status: Invalid enum value. Expected 'succeeded' | 'failed', received '{wrong[0]}'")
    models = query.getlist("model")
    if len(models) > 50:
        raise _wrong("model: at most 50 values")
    limit, offset = _number(query, "limit", 50, 1, 100), _number(query, "offset", 0, 0, 10**9)
    return Question(start, end, models, statuses, query.get("key_prefix", ""), limit, offset)


def _wrong(message: str) -> Refusal:
    return Refusal(400, f"Query validation error. {message}")


def _window(query: QueryParams, now: float) -> tuple[float, float]:
    period, start, end = query.get("period"), query.get("start"), query.get("end")
    if period is not None and (start is not None or end is not None):
        raise _wrong("Provide either period or both start and end, never both")
    if start is not None and end is not None:
        window = _moment(start), _moment(end)
        if not 0 <= window[1] - window[0] <= _LONGEST:
            raise _wrong("end must not be earlier than start, and the window must not exceed 92 days")
        return window
    if start is not None or end is not None:
        raise _wrong("start and end must be used together")
    match = _PERIOD.fullmatch(period or "24h")
    if match is None:
        raise _wrong("period: a positive integer followed by h or d")
    return now - int(match[1]) * _HOUR[match[2]] * 3600, now


def _moment(text: str) -> float:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise _wrong("start and end: ISO-8601") from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _number(query: QueryParams, name: str, usual: int, least: int, most: int) -> int:
    text = query.get(name, str(usual))
    if not text.isdecimal() or not least <= int(text) <= most:
        raise _wrong(f"{name}: an integer from {least} to {most}")
    return int(text)


def _asked_for(entry: LogEntry, question: Question, key: str) -> bool:
    names = (entry.submission.model, entry.submission.model.rpartition("/")[2])
    return (
        question.start <= entry.created <= question.end
        and (not question.models or any(model in names for model in question.models))
        and key.startswith(question.key_prefix)
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
