"""Why Kling made no video: its codes and its sentences, sorted into the few kinds that a person can do something about.

The codes are from Kling's "Error codes". If it gives none, or a general one, the sentence decides.
"""

from __future__ import annotations

import re

from video.services.failure_patterns import kind_of, photo_of
from video.services.protocol import Failure, FailureKind
from video.services.redact import log_line

KINDS_BY_CODE = {
    1000: FailureKind.BAD_KEY,
    1001: FailureKind.BAD_KEY,
    1002: FailureKind.BAD_KEY,
    1003: FailureKind.BAD_KEY,  # not yet valid, and 1004 expired: tokens are made anew, so the clock is wrong
    1004: FailureKind.BAD_KEY,
    1100: FailureKind.MISCONFIGURED,  # the account is in an abnormal state
    1101: FailureKind.OUT_OF_CREDIT,
    1102: FailureKind.OUT_OF_CREDIT,
    1103: FailureKind.MISCONFIGURED,  # no permission for this address or model
    1300: FailureKind.MODERATED,
    1301: FailureKind.MODERATED,
    1302: FailureKind.BUSY,
    1303: FailureKind.BUSY,
    1304: FailureKind.MISCONFIGURED,  # the operator's IP address is not on their own allow-list
    5000: FailureKind.DOWN,
    5001: FailureKind.DOWN,
    5002: FailureKind.DOWN,
}
"""What a code means, whatever the message says."""

GENERAL_CODES = frozenset({1200, 1201, 1202, 1203})
"""Codes of a request that can't be served: the message says what is wrong."""

_RETIRED = re.compile(
    r"effect[ _]?scene"
    r"|\b(unknown|unsupported|invalid|no such) effect"
    r"|\beffect\b.{0,60}(not (exist|found|support|available|valid)|does ?n[o']t exist|offline|retired|discontinued)",
    re.IGNORECASE,
)
_OTHER_FIELD = re.compile(r"\b(duration|mode|model_name)\b", re.IGNORECASE)  # the scene is known, the rest is wrong


def classify_failure(code: int | str | None, message: str, default: FailureKind = FailureKind.OTHER) -> Failure:
    """Return what Kling's reason means.

    Args:
        code: Kling's number, a reseller's word, or None.
        message: the sentence beside it.
        default: the kind if nothing in it is known.
    """
    kind = KINDS_BY_CODE.get(code) if isinstance(code, int) else None
    detail = f"code {code}: {message}" if code not in {None, 0} else message
    return Failure(kind or _kind_by_message(message) or default, log_line(detail), photo_of(message))


def _kind_by_message(message: str) -> FailureKind | None:
    if _RETIRED.search(message):
        return None if _OTHER_FIELD.search(message) else FailureKind.RETIRED
    return kind_of(message)
