"""Why AIML made no video: its many words, sorted into the few kinds that a person can do something about.

Behind AIML stand fal.ai (`{"detail": [{"loc", "msg", "type", "input"}]}`) and Kling (plain sentences); AIML's own
shape is `{"name", "message"}`. `input` echoes a whole photo and is never looked at.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from video.redact import clean
from video.service import Failure, FailureKind

if TYPE_CHECKING:
    from collections.abc import Iterator

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

# Sentences, the first that fits. Kling's: "Failure to pass the risk control system", "Image pixel is invalid",
# "The resolution or aspect ratio of the input image is invalid", "File is not in a valid base64 format".
_SENTENCES = [
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r"effect_scene|effect scene|invalid enum value(?!.*(kling|duration))", FailureKind.RETIRED),
        (
            r"risk control|content.(policy|security|safety)|moderat|nsfw|flagged|sensitive|platform polic",
            FailureKind.MODERATED,
        ),
        (r"\bfaces?\b|\bface_", FailureKind.NO_FACE),
        (r"base64|unsupported image|invalid image\b|corrupt|image_load_error", FailureKind.PHOTO_UNREADABLE),
        (
            r"(load|decode|download|read|open|identify)\w* (the |an? )?(input )?(image|photo|picture|file)",
            FailureKind.PHOTO_UNREADABLE,
        ),
        (
            r"\bpixels?\b|resolution|aspect.ratio|(image|photo|picture|file)s? (size|dimension|is too|too)",
            FailureKind.PHOTO_SIZE,
        ),
        (
            r"(out of|run out|insufficient|not enough|no) (\w+ )?(credit|balance|fund)|arrears|top up",
            FailureKind.OUT_OF_CREDIT,
        ),
        (r"too many requests|rate.limit|parallel task|concurren|queue is full", FailureKind.BUSY),
        (r"timed?[ -]?out", FailureKind.TIMED_OUT),
        (
            r"maintenance|unavailable|internal (server )?error|something wrong|bad gateway|overloaded",
            FailureKind.DOWN,
        ),
    )
]

_SILENT = {"input", "ctx", "url", "timestamp", "requestid", "stack"}  # keys whose values say nothing of the reason
_DEEPEST = 6
_LONGEST = 500  # characters of one sentence

_NUMBERED = re.compile(r"image_urls?[\[.](\d)\b|\b(?:image|photo|picture)s?[ _]?\[(\d)\]")
_THING = "(image|photo|picture|person|face)"
_FIRST = re.compile(rf"\b(first|1st) (\w+ )?{_THING}|\b{_THING}[ _#]*1\b", re.IGNORECASE)
_SECOND = re.compile(rf"\b(second|2nd) (\w+ )?{_THING}|\b{_THING}[ _#]*2\b", re.IGNORECASE)


def explain(error: object, *, secret: str = "", otherwise: FailureKind = FailureKind.OTHER) -> Failure:
    """Sort what the service said.

    Args:
        error: the `error` of a job, or the document of a refusal: any JSON.
        secret: the key, to be left out of the detail.
        otherwise: the kind where nothing known was said.
    """
    entries = _entries(error)
    sentence = ". ".join(_sentences(error))
    kind = next((_TYPES[entry["type"]] for entry in entries if _TYPES.get(_word(entry, "type"))), None)
    if kind is None:
        kind = next((kind for pattern, kind in _SENTENCES if pattern.search(sentence)), otherwise)
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


def _sentences(value: object, depth: int = 0) -> Iterator[str]:
    """Every sentence in it, without echoes of what was sent."""
    if isinstance(value, str):
        yield value[:_LONGEST]
    elif depth < _DEEPEST and isinstance(value, dict):
        for key, part in list(value.items())[:50]:
            if key.lower() not in _SILENT and not (key == "path" and isinstance(part, str)):
                yield from _sentences(part, depth + 1)
    elif depth < _DEEPEST and isinstance(value, list):
        for part in value[:50]:
            yield from _sentences(part, depth + 1)


def _photo(entries: list[dict[str, Any]], sentence: str) -> int | None:
    """Which photo it is about, from 1; None where it does not say, or means both."""
    told = {photo for entry in entries if (photo := _located(entry.get("loc")))}
    if not told:
        for numbers in _NUMBERED.findall(sentence):
            told.add(int(next(number for number in numbers if number)) + 1)
        told |= {photo for photo, hint in ((1, _FIRST), (2, _SECOND)) if hint.search(sentence)}
    return told.pop() if len(told) == 1 and told <= {1, 2} else None


def _located(loc: object) -> int | None:
    """`["body", "image_url", 1]` is the second photo."""
    if not isinstance(loc, list):
        return None
    for name, place in pairwise(loc):
        if name == "image_url" and type(place) is int:
            return place + 1
    return None
