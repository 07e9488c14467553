"""Why AIML made no video: its many words, sorted into the few kinds that a person can do something about.

Behind AIML stand fal.ai (`{"detail": [{"loc", "msg", "type", "input"}]}`) and Kling (plain sentences); AIML's own
shape is `{"name", "message"}`. `input` echoes a whole photo and is never looked at.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from video.services.failure_patterns import iter_sentences, kind_of, photo_of, single_photo
from video.services.protocol import Failure, FailureKind
from video.services.redact import clean

# fal.ai, "Errors": the `type` decides, whatever the sentence says.
_TYPES = {
    "face_detection_error": FailureKind.NO_FACE,
    "content_policy_violation": FailureKind.MODERATED,
    "image_too_small": FailureKind.PHOTO_SIZE,
    "image_too_large": FailureKind.PHOTO_SIZE,
    "file_too_large": FailureKind.PHOTO_SIZE,
    "image_load_error": FailureKind.PHOTO_UNREADABLE,
    "file_download_error": FailureKind.PHOTO_UNREADABLE,
    "generation_timeout": FailureKind.TIMED_OUT,
    "internal_server_error": FailureKind.DOWN,
    "downstream_service_unavailable": FailureKind.DOWN,
}


def classify_failure(error: object, *, secret: str = "", default: FailureKind = FailureKind.OTHER) -> Failure:
    """Sort what the service said.

    Args:
        error: the `error` of a job, or the document of a refusal: any JSON.
        secret: the key, to be left out of the detail.
        otherwise: the kind where nothing known was said.
    """
    entries = _entries(error)
    sentence = ". ".join(iter_sentences(error))
    kind = next((_TYPES[entry["type"]] for entry in entries if _TYPES.get(_word(entry, "type"))), None)
    if kind is None:
        kind = kind_of(sentence) or default
    return Failure(kind, clean(_detail(error, entries, sentence), secret), _photo(entries, sentence))


def _entries(error: object) -> list[dict[str, Any]]:
    """The entries of fal's `detail`, which may be a list, one object, or lie in `error`."""
    if not isinstance(error, dict):
        return []
    detail = error.get("detail")
    if detail is None and isinstance(error.get("error"), dict):
        detail = error["error"].get("detail")
    found = detail if isinstance(detail, list) else [detail, error]
    return [entry for entry in found[:20] if isinstance(entry, dict)]


def _detail(error: object, entries: list[dict[str, Any]], sentence: str) -> str:
    for entry in entries:
        if message := _word(entry, "msg"):
            return f"{message} ({kind})" if (kind := _word(entry, "type")) else message
    if isinstance(error, dict) and (message := _word(error, "message") or _word(error, "name")):
        return message
    return sentence


def _word(entry: dict[str, Any], key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""


def _photo(entries: list[dict[str, Any]], sentence: str) -> int | None:
    """Which photo it is about, from 1; None where it does not say, or means both."""
    told = {photo for entry in entries if (photo := _located(entry.get("loc")))}
    return single_photo(told) if told else photo_of(sentence)


def _located(loc: object) -> int | None:
    """`["body", "image_url", 1]` is the second photo, and so is `["body", "tail_image_url"]`."""
    if not isinstance(loc, list):
        return None
    if "tail_image_url" in loc:
        return 2
    for name, place in pairwise(loc):
        if name == "image_url" and type(place) is int:
            return place + 1
    return None
