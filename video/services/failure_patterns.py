"""What a service's sentences mean, sorted into the few kinds of failure that a person can do something about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from video.services.protocol import FailureKind

if TYPE_CHECKING:
    from collections.abc import Iterator

# The first pattern that fits counts. Sentences of Kling's: "Failure to pass the risk control system", "Image pixel is
# invalid", "The resolution or aspect ratio of the input image is invalid", "File is not in a valid base64 format".
_PATTERNS = [
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

_IGNORED_KEYS = {"input", "ctx", "url", "timestamp", "requestid", "stack"}  # their values don't tell the reason
_MAX_DEPTH = 6
_MAX_ITEMS = 50  # of one object or array
_MAX_SENTENCE_LENGTH = 500  # characters

_PHOTO_INDEX = re.compile(r"image_urls?[\[.](\d)\b|\b(?:image|photo|picture)s?[ _]?\[(\d)\]")
_LAST_FRAME = re.compile(r"\btail_image(_url)?\b|\b(tail|last|end) (frame|image)\b", re.IGNORECASE)
_PHOTO = "(image|photo|picture|person|face)"
_FIRST_PHOTO = re.compile(rf"\b(first|1st) (\w+ )?{_PHOTO}|\b{_PHOTO}[ _#]*1\b", re.IGNORECASE)
_SECOND_PHOTO = re.compile(rf"\b(second|2nd) (\w+ )?{_PHOTO}|\b{_PHOTO}[ _#]*2\b", re.IGNORECASE)


def kind_of(sentence: str) -> FailureKind | None:
    """Return the kind of failure that a sentence describes, None if it has no words that we know."""
    return next((kind for pattern, kind in _PATTERNS if pattern.search(sentence)), None)


def photo_of(sentence: str) -> int | None:
    """Return which photo a sentence is about, from 1; None if it does not say, or means both."""
    photos = {int(next(digit for digit in digits if digit)) + 1 for digits in _PHOTO_INDEX.findall(sentence)}
    patterns = ((1, _FIRST_PHOTO), (2, _SECOND_PHOTO), (2, _LAST_FRAME))
    return single_photo(photos | {photo for photo, pattern in patterns if pattern.search(sentence)})


def single_photo(photos: set[int]) -> int | None:
    """Return the photo if exactly one was named, and it is 1 or 2. Else None."""
    return next(iter(photos)) if len(photos) == 1 and photos <= {1, 2} else None


def iter_sentences(value: object, depth: int = 0) -> Iterator[str]:
    """Yield every string in parsed JSON, but not those that echo what was sent."""
    if isinstance(value, str):
        yield value[:_MAX_SENTENCE_LENGTH]
    elif depth < _MAX_DEPTH and isinstance(value, dict):
        for key, item in list(value.items())[:_MAX_ITEMS]:
            if key.lower() not in _IGNORED_KEYS and not (key == "path" and isinstance(item, str)):
                yield from iter_sentences(item, depth + 1)
    elif depth < _MAX_DEPTH and isinstance(value, list):
        for item in value[:_MAX_ITEMS]:
            yield from iter_sentences(item, depth + 1)
