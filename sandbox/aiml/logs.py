"""`GET /v2/logs`: one row per submit, newest first, in pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from sandbox.aiml.refusals import timestamp
from sandbox.aiml.scenes import CREDITS_PER_USD
from sandbox.services.refusal import Refusal

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams

    from sandbox.aiml.service import Aiml
    from sandbox.services.submission import Submission

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


def page(aiml: Aiml, query: QueryParams) -> dict[str, Any]:
    """The page of rows that `query` asks for.

    Raises:
        Refusal: it breaks the documented rules.
    """
    question = read(query, aiml.clock() + aiml.clock_skew)
    rows = [_row(aiml, one) for one in reversed(aiml.submissions) if _asked_for(aiml, one, question)]
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


def _asked_for(aiml: Aiml, submission: Submission, question: Question) -> bool:
    shown = aiml.clock() >= submission.at + aiml.log_lag
    created = submission.at + aiml.clock_skew
    named = (submission.model, submission.model.rpartition("/")[2])
    return (
        shown
        and question.start <= created <= question.end
        and (not question.models or any(model in named for model in question.models))
        and aiml.key.startswith(question.key_prefix)
    )


def _row(aiml: Aiml, submission: Submission) -> dict[str, Any]:
    job = aiml.jobs.get(submission.id)
    usd = aiml.charged.get(submission.id, 0.0)
    return {
        "created": timestamp(submission.at + aiml.clock_skew),
        "status": "succeeded" if job is not None and job.status != "error" else "failed",
        "origin": "api",
        "model": submission.model,
        "cost": {"usd": usd, "credits": round(usd * CREDITS_PER_USD)},
        "tokens": {"input": 0, "output": 0, "total": 0},
        "request_id": f"req-{submission.id[:12]}",
        "inference_id": submission.id,
        "client_request_id": submission.client_request_id,
    }
