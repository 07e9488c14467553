"""What codes mean, wherever they stand in an answer: the services' own, and the words of gateways before them.

Kling's numbers are from its "Error codes", fal.ai's words from its "Errors" (AIML passes them on), those of gateways
from the family of programs that most resellers of Kling run. A service's own code may stand inside of a gateway's
`message`, as JSON; the innermost code that is known decides.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from video.services.embedded_json import split_json
from video.services.failure_patterns import IGNORED_KEYS
from video.services.protocol import FailureKind

if TYPE_CHECKING:
    from collections.abc import Iterator

Code = int | str
"""A number, or a word in lower case."""

_KLING: dict[Code, FailureKind] = {
    1000: FailureKind.BAD_KEY,
    1001: FailureKind.BAD_KEY,
    1002: FailureKind.BAD_KEY,
    1003: FailureKind.BAD_KEY,  # not yet valid, and 1004 expired: tokens are made anew, so the clock is wrong
    1004: FailureKind.BAD_KEY,
    1100: FailureKind.ACCOUNT,  # the account is in an abnormal state
    1101: FailureKind.OUT_OF_CREDIT,
    1102: FailureKind.OUT_OF_CREDIT,
    1103: FailureKind.ACCOUNT,  # no permission for this address or model
    1300: FailureKind.MODERATED,
    1301: FailureKind.MODERATED,
    1302: FailureKind.BUSY,
    1303: FailureKind.BUSY,
    1304: FailureKind.ACCOUNT,  # the operator's IP address is not on their own allow-list
    5000: FailureKind.DOWN,
    5001: FailureKind.DOWN,
    5002: FailureKind.DOWN,
}
_FAL: dict[Code, FailureKind] = {
    "face_detection_error": FailureKind.NO_FACE,
    "content_policy_violation": FailureKind.MODERATED,
    "image_too_small": FailureKind.PHOTO_SIZE,
    "image_too_large": FailureKind.PHOTO_SIZE,
    "file_too_large": FailureKind.PHOTO_SIZE,
    "image_load_error": FailureKind.PHOTO_UNREADABLE,
    "file_download_error": FailureKind.PHOTO_UNREADABLE,
    "unsupported_image_format": FailureKind.PHOTO_UNREADABLE,
    "feature_not_supported": FailureKind.NOT_OFFERED,
    "sequence_too_short": FailureKind.MISCONFIGURED,
    "sequence_too_long": FailureKind.MISCONFIGURED,
    "no_media_generated": FailureKind.NOTHING_MADE,
    "generation_timeout": FailureKind.TIMED_OUT,
    "internal_server_error": FailureKind.DOWN,
    "downstream_service_error": FailureKind.DOWN,
    "downstream_service_unavailable": FailureKind.DOWN,
}
_GATEWAYS: dict[Code, FailureKind] = {
    "upstream_load_saturated": FailureKind.BUSY,
    "rate_limit": FailureKind.BUSY,
    "rate_limit_exceeded": FailureKind.BUSY,
    "rate_limit_error": FailureKind.BUSY,
    "too_many_requests": FailureKind.BUSY,
    "concurrency_limit_exceeded": FailureKind.BUSY,
    "insufficient_user_quota": FailureKind.OUT_OF_CREDIT,
    "insufficient_quota": FailureKind.OUT_OF_CREDIT,
    "insufficient_balance": FailureKind.OUT_OF_CREDIT,
    "insufficient_credits": FailureKind.OUT_OF_CREDIT,
    "quota_not_enough": FailureKind.OUT_OF_CREDIT,
    "pre_consume_token_quota_failed": FailureKind.OUT_OF_CREDIT,
    "billing_hard_limit_reached": FailureKind.OUT_OF_CREDIT,
    "invalid_api_key": FailureKind.BAD_KEY,
    "invalid_token": FailureKind.BAD_KEY,
    "account_deactivated": FailureKind.ACCOUNT,
    "account_suspended": FailureKind.ACCOUNT,
    "access_denied": FailureKind.ACCOUNT,
    "model_not_found": FailureKind.MISCONFIGURED,
    "model_price_error": FailureKind.MISCONFIGURED,
    "get_channel_failed": FailureKind.MISCONFIGURED,
    "no_available_channel": FailureKind.MISCONFIGURED,
    "invalid_api_platform": FailureKind.MISCONFIGURED,
    "sensitive_words_detected": FailureKind.MODERATED,
    "content_policy": FailureKind.MODERATED,
    "content_filter": FailureKind.MODERATED,
    "moderation_blocked": FailureKind.MODERATED,
}
KINDS_BY_CODE: dict[Code, FailureKind] = {**_KLING, **_FAL, **_GATEWAYS}
"""What a code means, whatever the message says."""

GENERAL_CODES: frozenset[Code] = frozenset({1200, 1201, 1202, 1203})
"""Kling's codes of a request that can't be served: the message says what is wrong."""
IN_DOUBT_CODES: frozenset[Code] = frozenset({5000, 5002})
"""An internal error, a time-out: the task may have been taken all the same."""
ABSENT_CODES: frozenset[Code] = frozenset({"task_not_exist", "task_not_found"})
"""A gateway's words for a task that it does not know."""

_CODE_KEYS = frozenset({"code", "type", "error_code", "errorcode", "err_code", "errcode", "error_type"})
_MAX_DEPTH = 8
_MAX_ITEMS = 50  # of one object or array


def known_code(value: object) -> Code | None:
    """Return the innermost code in parsed JSON whose meaning is known. None if there is none."""
    return next((code for code in iter_codes(value) if is_known(code)), None)


def is_known(code: Code | None) -> bool:
    """Return True if a code tells something, or sends us to the sentence beside it."""
    return code in KINDS_BY_CODE or code in GENERAL_CODES or code in ABSENT_CODES


def iter_codes(value: object, depth: int = 0) -> Iterator[Code]:
    """Yield every code in parsed JSON, and in JSON inside of its strings: those within an object before its own."""
    if depth >= _MAX_DEPTH:
        return
    if isinstance(value, str):
        if parts := split_json(value):
            yield from iter_codes(parts[1], depth + 1)
    elif isinstance(value, list):
        for item in value[:_MAX_ITEMS]:
            yield from iter_codes(item, depth + 1)
    elif isinstance(value, dict):
        items = [(key.lower(), item) for key, item in list(value.items())[:_MAX_ITEMS]]
        for key, item in items:
            if key not in IGNORED_KEYS:
                yield from iter_codes(item, depth + 1)
        for key, item in items:
            if key in _CODE_KEYS and (code := read_code(item)) is not None:
                yield code


def read_code(value: object) -> Code | None:
    """Return a code as a number if it can be read as one, else as a word in lower case. None if it is neither."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        word = value.strip().lower()
        return int(word) if re.fullmatch(r"\d{1,9}", word, re.ASCII) else word or None
    return value if isinstance(value, int) else None
