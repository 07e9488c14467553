"""Blanks what people wrote, and their names, in the log lines of their updates and jobs.

An error may quote them in any shape: cut short, in other spaces or capitals, escaped for JSON, HTML or a URL.
"""

from __future__ import annotations

import html
import json
import re
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BLANK = "[…]"
_RUN = 8
"""Letters and digits in a row that are recognised as a part of longer words."""
_TECHNICAL_KEYS = frozenset(
    {
        *("type", "file_id", "file_unique_id", "mime_type", "language_code", "inline_message_id", "data"),
        *("chat_instance", "custom_emoji_id", "status", "url"),
    }
)
_ROW_FIELDS = ("asker", "note", "waits_name", "inline_query")
_MOTION_FIELDS = ("prompt", "negative_prompt")


class PrivateWords:
    """Some texts that must not be read in a log. They are not even read until the first line is blanked."""

    def __init__(self, texts: Iterable[str | None]) -> None:
        self._texts = texts

    def blank(self, text: str) -> str:
        """Return the text without these words: the short ones as whole words, of long ones every part as well."""
        for pattern in self._short:
            text = pattern.sub(_BLANK, text)
        compact, places = _compact(text)
        ends: list[tuple[int, int]] = []
        for start in range(len(compact) - _RUN + 1):
            if compact[start : start + _RUN] not in self._runs:
                continue
            first, end = places[start], places[start + _RUN - 1] + 1
            if ends and first <= ends[-1][1]:
                first, _ = ends.pop()
            ends.append((first, end))
        for first, end in reversed(ends):
            text = text[:first] + _BLANK + text[end:]
        return text

    @cached_property
    def _forms(self) -> frozenset[str]:
        return frozenset(form for text in self._texts if text and text.strip() for form in _forms(text.strip()))

    @cached_property
    def _runs(self) -> frozenset[str]:
        compacts = (_compact(form)[0] for form in self._forms)
        return frozenset(whole[at : at + _RUN] for whole in compacts for at in range(len(whole) - _RUN + 1))

    @cached_property
    def _short(self) -> tuple[re.Pattern[str], ...]:
        short = (form for form in self._forms if len(_compact(form)[0]) < _RUN and not form.isdecimal())
        return tuple(map(_whole_words, sorted(short, key=len, reverse=True)))


_CURRENT: ContextVar[tuple[PrivateWords, ...]] = ContextVar("private_words", default=())


@contextmanager
def private_words(texts: Iterable[str | None]) -> Iterator[None]:
    """Keep these texts out of every log line that this task, and tasks that it starts, write during the block."""
    token = _CURRENT.set((*_CURRENT.get(), PrivateWords(texts)))
    try:
        yield
    finally:
        _CURRENT.reset(token)


def blank_private_words(value: Any) -> Any:
    """Return an argument of a log line without the words that are private now. Numbers stay as they are."""
    if isinstance(value, int | float) or not _CURRENT.get():
        return value
    shown = text = str(value)
    for words in _CURRENT.get():
        shown = words.blank(shown)
    return value if shown == text else shown


def texts_of_update(update: Any) -> Iterator[str]:
    """Yield what people wrote and how they are called in an update, as Telegram's JSON has it."""
    match update:
        case dict():
            for key, value in update.items():
                if key not in _TECHNICAL_KEYS:
                    yield from texts_of_update(value)
        case list():
            for item in update:
                yield from texts_of_update(item)
        case str():
            yield update
            if update.startswith("/"):
                yield update.partition(" ")[2]


def texts_of_payload(payload: str) -> Iterator[str]:
    """Yield the same of an update that is still JSON. It is parsed only if somebody asks for the first text."""
    yield from texts_of_update(json.loads(payload))


def texts_of_row(row: object) -> Iterator[str | None]:
    """Yield what people wrote and how they are called in a row that a worker works on: a job or a draft."""
    for name in _ROW_FIELDS:
        yield getattr(row, name, None)
    motion = getattr(row, "motion", None)
    for name in _MOTION_FIELDS:
        yield getattr(motion, name, None)


def _forms(text: str) -> Iterator[str]:
    """Yield the ways in which an error or a service may spell a text."""
    yield text
    yield json.dumps(text)[1:-1]
    yield ascii(text)[1:-1]
    yield html.escape(text)
    yield quote(text)


def _compact(text: str) -> tuple[str, list[int]]:
    """Return the letters and digits in lower case, and where in the text each of them stands."""
    pairs = [(small, at) for at, sign in enumerate(text) if sign.isalnum() for small in sign.casefold()]
    return "".join(small for small, _ in pairs), [at for _, at in pairs]


def _whole_words(text: str) -> re.Pattern[str]:
    """Return a pattern for a short text that stands by itself, not as a part of another word."""
    body = r"\s+".join(map(re.escape, text.split()))
    return re.compile(rf"(?<![a-z0-9_]){body}(?![a-z0-9_])", re.IGNORECASE)
