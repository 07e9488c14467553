"""What every service's answers have in common: exceptions sorted, refusals by HTTP status, ids and addresses vetted."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

import httpx

from video.services.protocol import Failure, FailureKind, InDoubt, NotSent, Refused
from video.services.redact import clean
from video.url_policy import MAX_URL_LENGTH

if TYPE_CHECKING:
    from collections.abc import Collection

    from video.services.http import Response


_MONEY = re.compile(r"credit|balance|top.?up|payment|funds|quota|arrears|resource pack|余额|额度", re.IGNORECASE)
_NEVER_CONNECTED = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.ProxyError,
    httpx.InvalidURL,
)


def sort_exception(error: Exception, *secrets: str, begun: bool) -> NotSent | InDoubt:
    """What an exception that came instead of an answer to a submit means.

    `begun` tells whether any of the body had left.
    """
    never = isinstance(error, _NEVER_CONNECTED)
    if never or (isinstance(error, httpx.LocalProtocolError) and not begun):
        return NotSent(tell_exception(error, *secrets))
    return InDoubt(tell_exception(error, *secrets))


def tell_exception(error: Exception, *secrets: str) -> str:
    """One short line for the log."""
    return clean(f"{type(error).__name__}: {error}".removesuffix(": "), *secrets)


def refusal_by_status(answer: Response, reason: Failure, *, now: float) -> Refused | None:
    """The HTTP statuses that are a clear no. None for any other.

    Args:
        answer: the HTTP answer.
        reason: what its words say; the detail is kept, the kind counts where the status alone tells little.
        now: Unix time in seconds.
    """

    def refused(kind: FailureKind, *, again: bool = False) -> Refused:
        retry_after = answer.retry_after(now) if again else None
        return Refused(Failure(kind, reason.detail), retryable=again, retry_after=retry_after)

    match answer.status:
        case 400 | 413 | 422:
            return Refused(reason)
        case 401:
            return refused(FailureKind.BAD_KEY)
        case 402:
            return refused(FailureKind.OUT_OF_CREDIT)
        case 403 if mentions_money(reason.detail):
            return refused(FailureKind.OUT_OF_CREDIT)
        case 403 | 404 | 405:
            return refused(FailureKind.MISCONFIGURED)
        case 429:
            return refused(FailureKind.BUSY, again=True)
        case 503:
            return refused(FailureKind.DOWN, again=True)
        case status if 300 <= status < 400:
            return refused(FailureKind.MISCONFIGURED)
    return None


def mentions_money(words: str) -> bool:
    """Whether a refusal speaks of the operator's account."""
    return _MONEY.search(words) is not None


def valid_id(value: object) -> str | None:
    """An id of a job, if it is one: a printable string of at most 512 characters."""
    if isinstance(value, str) and 0 < len(value) <= 512 and value.strip() and value.isprintable():
        return value
    return None


def valid_url(value: object) -> str | None:
    """The address of a result, if it looks like one; a giant one is kept just long enough to be refused."""
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        return None
    return value.strip()[: MAX_URL_LENGTH + 1]


_log = logging.getLogger(__name__)
_MOST_WORDS = 50


class StrangeWords:
    """Remembers what was logged."""

    def __init__(self, service: str, known: Collection[str]) -> None:
        self._service = service
        self._known = known
        self._seen: set[str] = set()

    def note(self, word: str) -> None:
        """Log a word that is not known, once."""
        if word not in self._known and word not in self._seen and len(self._seen) < _MOST_WORDS:
            self._seen.add(word)
            _log.warning("%s answers with an unknown status, taken as pending: %s", self._service, word)
