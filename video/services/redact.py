"""Text from outside made safe for a log: without keys, tokens and photos, short, and on one line."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_LENGTH = 200
"""Characters of a log line."""

_MAX_INPUT_LENGTH = 4000  # characters that are looked at
_MIN_SECRET_LENGTH = 8  # characters; anything shorter is no key, and would match ordinary words
_DATA_URI = re.compile(r"data:[^,\s]{0,100},[A-Za-z0-9+/=\\_%-]*", re.IGNORECASE)
_BASE64 = re.compile(r"[A-Za-z0-9+/=\\_-]{40,}")  # backslashes: a slash may come escaped
_JWT = re.compile(r"eyJ[A-Za-z0-9_-]{10,}(\.[A-Za-z0-9_-]*){0,2}")  # RFC 7519: three parts, the first an object
_CUT_WORD = re.compile(r"[A-Za-z0-9+/=\\_-]+\Z")


class Redactor:
    """Replaces secrets, as they are, percent-encoded or as JSON writes them, by `[key]`."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        long_enough = (secret for secret in secrets if len(secret) >= _MIN_SECRET_LENGTH)
        forms = {form for secret in long_enough for form in (secret, quote(secret, safe=""), json.dumps(secret)[1:-1])}
        longest_first = sorted(forms, key=len, reverse=True)  # one may be a part of another
        self._pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def text(self, text: str) -> str:
        """Return the text without the secrets."""
        return self._pattern.sub("[key]", text)

    def json(self, value: Any) -> Any:
        """Return parsed JSON with no secret in any of its strings.

        Raises:
            RecursionError: it is nested too deeply.
        """
        match value:
            case str():
                return self.text(value)
            case dict():
                return {self.text(key): self.json(item) for key, item in value.items()}
            case list():
                return [self.json(item) for item in value]
            case _:
                return value


def log_line(text: str) -> str:
    """Return at most 200 characters on one line, without Base64 and tokens (JWT)."""
    text = _JWT.sub("[token]", text)
    if len(text) > _MAX_INPUT_LENGTH:
        text = _CUT_WORD.sub("", text[:_MAX_INPUT_LENGTH])
    text = _BASE64.sub("[…]", _DATA_URI.sub("[data]", text))
    text = "".join(character if character.isprintable() else " " for character in text)
    text = " ".join(text.split())
    return text if len(text) <= MAX_LENGTH else text[: MAX_LENGTH - 1] + "…"
