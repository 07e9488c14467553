"""What a service's sentences mean: sorted into the few kinds that a person can do something about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from video.services.protocol import FailureKind

if TYPE_CHECKING:
    from collections.abc import Iterator

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
_TAIL = re.compile(r"\btail_image(_url)?\b|\b(tail|last|end) (frame|image)\b", re.IGNORECASE)
_THING = "(image|photo|picture|person|face)"
_FIRST = re.compile(rf"\b(first|1st) (\w+ )?{_THING}|\b{_THING}[ _#]*1\b", re.IGNORECASE)
_SECOND = re.compile(rf"\b(second|2nd) (\w+ )?{_THING}|\b{_THING}[ _#]*2\b", re.IGNORECASE)


def kind_of(sentence: str) -> FailureKind | None:
    """The kind of reason that a sentence gives; None where it holds no word that we know."""
    return next((kind for pattern, kind in _SENTENCES if pattern.search(sentence)), None)


def photo_of(sentence: str) -> int | None:
    """Which photo a sentence is about, from 1; None where it does not say, or means both."""
    told = {int(next(number for number in numbers if number)) + 1 for numbers in _NUMBERED.findall(sentence)}
    told |= {photo for photo, hint in ((1, _FIRST), (2, _SECOND), (2, _TAIL)) if hint.search(sentence)}
    return single_photo(told)


def single_photo(told: set[int]) -> int | None:
    """The one photo that was named, of two."""
    return next(iter(told)) if len(told) == 1 and told <= {1, 2} else None


def iter_sentences(value: object, depth: int = 0) -> Iterator[str]:
    """Every sentence in it, without echoes of what was sent."""
    if isinstance(value, str):
        yield value[:_LONGEST]
    elif depth < _DEEPEST and isinstance(value, dict):
        for key, part in list(value.items())[:50]:
            if key.lower() not in _SILENT and not (key == "path" and isinstance(part, str)):
                yield from iter_sentences(part, depth + 1)
    elif depth < _DEEPEST and isinstance(value, list):
        for part in value[:50]:
            yield from iter_sentences(part, depth + 1)
