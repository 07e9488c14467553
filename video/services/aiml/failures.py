"""Why AIML made no video: its many words, sorted into the few kinds that a person can do something about.

Behind AIML stand fal.ai (`{"detail": [{"loc", "msg", "type", "input"}]}`) and Kling (plain sentences). AIML's own form
is `{"name", "message"}`. `input` echoes a whole photo and is never read.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from video.services.failure_codes import KINDS_BY_CODE, known_code
from video.services.failure_patterns import iter_sentences, kind_of, photo_of, single_photo
from video.services.protocol import Failure, FailureKind
from video.services.redact import log_line

_MAX_ENTRIES = 20


def classify_failure(error: object, default: FailureKind = FailureKind.OTHER) -> Failure:
    """Return what the service's error means.

    Args:
        error: the `error` of a job, or the document of a refusal: any JSON.
        default: the kind if nothing in it is known.
    """
    entries = _fal_entries(error)
    text = ". ".join(iter_sentences(error))
    code = known_code(error)  # whatever the sentence beside it says
    kind = KINDS_BY_CODE.get(code) if code is not None else None
    return Failure(kind or kind_of(text) or default, log_line(_detail(error, entries, text)), _photo(entries, text))


def _fal_entries(error: object) -> list[dict[str, Any]]:
    """Return the entries of fal's `detail`, which may be a list or one object, and may lie in `error`."""
    if not isinstance(error, dict):
        return []
    detail = error.get("detail")
    if detail is None and isinstance(error.get("error"), dict):
        detail = error["error"].get("detail")
    entries = detail if isinstance(detail, list) else [detail, error]
    return [entry for entry in entries[:_MAX_ENTRIES] if isinstance(entry, dict)]


def _detail(error: object, entries: list[dict[str, Any]], text: str) -> str:
    for entry in entries:
        if message := _text(entry, "msg"):
            return f"{message} ({kind})" if (kind := _text(entry, "type")) else message
    if isinstance(error, dict) and (message := _text(error, "message") or _text(error, "name")):
        return message
    return text


def _text(entry: dict[str, Any], key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""


def _photo(entries: list[dict[str, Any]], text: str) -> int | None:
    """Return which photo the error is about, from 1; None if it does not say, or means both."""
    photos = {photo for entry in entries if (photo := _photo_at(entry.get("loc")))}
    return single_photo(photos) if photos else photo_of(text)


def _photo_at(loc: object) -> int | None:
    """Return which photo fal's `loc` names. `["body", "image_url", 1]` is the second, and so is `"tail_image_url"`."""
    if not isinstance(loc, list):
        return None
    if "tail_image_url" in loc:
        return 2
    for name, index in pairwise(loc):
        if name == "image_url" and type(index) is int:
            return index + 1
    return None
