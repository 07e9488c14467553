"""What all services' responses have in common: refusals by HTTP status, checks of ids and URLs, unknown statuses."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from video.services.echoes import find_echoes
from video.services.failure_codes import known_code
from video.services.protocol import Failure, FailureKind, InDoubt, Refused
from video.url_policy import MAX_URL_LENGTH

if TYPE_CHECKING:
    from video.services.http import Response

_LOG = logging.getLogger(__name__)
_RETRYABLE = frozenset({429, 503})
_WRONG_ADDRESS = frozenset({401, 403, 404, 405, 407, 421})  # if the service itself does not say so
_ABOUT_ACCOUNT = frozenset({FailureKind.OUT_OF_CREDIT, FailureKind.ACCOUNT})
_FOR_THE_OPERATOR = _ABOUT_ACCOUNT | {FailureKind.BAD_KEY, FailureKind.MISCONFIGURED}
_OF_A_JOB_ONLY = frozenset(
    {FailureKind.NO_FACE, FailureKind.MODERATED, FailureKind.PHOTO_SIZE, FailureKind.NOTHING_MADE}
)
_MIN_SERVER_ERROR = 500
_MAX_ID_LENGTH = 512  # characters


def with_echoes(failure: Failure, answer: object) -> Failure:
    """Return the failure with what the answer about it, as parsed JSON, repeats of photos."""
    return replace(failure, echoes=find_echoes(answer))


def refusal(failure: Failure, *, retry_after: float | None = None, retryable: bool = False) -> Refused:
    """Return a clear no for this reason; one without a known reason is the operator's matter.

    Args:
        failure: what the body says.
        retry_after: seconds that the service asks to wait, if it may be asked again.
        retryable: whether that helps; with a service that is busy it always does.
    """
    kind = FailureKind.MISCONFIGURED if failure.kind is FailureKind.OTHER else failure.kind
    retryable = retryable or kind is FailureKind.BUSY
    return Refused(
        replace(failure, kind=kind),
        retryable=retryable,
        retry_after=retry_after if retryable else None,
    )


def refusal_by_status(response: Response, failure: Failure) -> Refused | None:
    """Return the refusal if the HTTP status is a clear no, None for any other status.

    `failure` is what the body says, of the kind `OTHER` if that is nothing known. It counts if the status tells less.
    """

    def refused(kind: FailureKind, said: frozenset[FailureKind] = frozenset(), *, retryable: bool = False) -> Refused:
        if failure.kind in said:
            return refusal(failure, retry_after=response.retry_after)
        by_status = Failure(kind, failure.detail)
        return refusal(by_status, retry_after=response.retry_after, retryable=retryable)

    match response.status:
        case 400 | 413 | 422:
            return refusal(failure, retry_after=response.retry_after)
        case 401:
            return refused(FailureKind.BAD_KEY, _ABOUT_ACCOUNT)
        case 402:
            return refused(FailureKind.OUT_OF_CREDIT)
        case 403:
            return refused(FailureKind.MISCONFIGURED, _ABOUT_ACCOUNT | {FailureKind.BUSY, FailureKind.MODERATED})
        case 404 | 405:
            return refused(FailureKind.MISCONFIGURED)
        case 429:
            return refused(FailureKind.BUSY, _FOR_THE_OPERATOR, retryable=True)
        case 503:
            return refused(FailureKind.DOWN, _FOR_THE_OPERATOR | {FailureKind.BUSY}, retryable=True)
        case status if 300 <= status < 400:
            return refused(FailureKind.MISCONFIGURED)
    return None


def ends_by_reason(response: Response, failure: Failure) -> bool:
    """Return True if the answer to a poll says, without a status, why there is no video.

    A poll itself is never refused because of what a photo shows. With an HTTP status of an error only a code that is
    known counts, or words about faces, as other words may be about the request.
    """
    certain = response.is_success or failure.kind is FailureKind.NO_FACE or known_code(response.document) is not None
    return certain and response.status < _MIN_SERVER_ERROR and failure.kind in _OF_A_JOB_ONLY


def no_words_of_its_own(response: Response, detail: str) -> InDoubt:
    """Return what a refusal means that is not in the service's own words, but a proxy's page or nothing.

    The request may have been forwarded before. `detail` is for the log.
    """
    status = response.status
    return InDoubt(detail, wrong_address=300 <= status < 400 or status in _WRONG_ADDRESS)


def may_be_of_a_gateway(status: int, *, signed: bool) -> bool:
    """Return True if a refusal in words may come from a gateway that had forwarded the request already.

    Gateways write 503 when the service took the request and did not respond in time, and 429 when they repeat it.
    They write `{"message": …}` too, so only fields that they don't have tell who speaks: `signed` says whether there
    are any.
    """
    return status in _RETRYABLE and not signed


def valid_id(value: object) -> str | None:
    """Return the value if it can be a job's id: a printable string of at most 512 characters. Else None."""
    if isinstance(value, str) and 0 < len(value) <= _MAX_ID_LENGTH and value.strip() and value.isprintable():
        return value
    return None


def valid_url(value: object) -> str | None:
    """Return the value if it can be a URL, else None. One that is too long keeps just enough to be refused later."""
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        return None
    return value.strip()[: MAX_URL_LENGTH + 1]


@lru_cache(maxsize=1000)  # log each status once, and bound the memory
def log_unknown_status(service: str, status: str) -> None:
    """Log, once, a status that the service's documents don't name."""
    _LOG.warning("%s answers with an unknown status, taken as pending: %s", service, status)
