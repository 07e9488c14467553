"""Words from outside made fit for a log: short, printable, without keys and without photos."""

from __future__ import annotations

import re
from urllib.parse import quote

MAX_LENGTH = 200
"""Characters."""

_READ_AT_MOST = 4000  # characters
_DATA_URI = re.compile(r"data:[^,\s]{0,100},[A-Za-z0-9+/=\\_%-]*", re.IGNORECASE)
_BASE64 = re.compile(r"[A-Za-z0-9+/=\\_-]{40,}")  # backslashes: a slash may come escaped
_JWT = re.compile(r"eyJ[A-Za-z0-9_-]{10,}(\.[A-Za-z0-9_-]*){0,2}")  # RFC 7519: three parts, the first an object
_CUT_WORD = re.compile(r"[A-Za-z0-9+/=\\_-]+\Z")


def clean(text: str, *secrets: str) -> str:
    """At most 200 characters on one line; Base64 and tokens (JWT) are left out, and so are `secrets`."""
    forms = {form for secret in secrets for form in (secret, quote(secret, safe=""))} - {""}
    for form in sorted(forms, key=len, reverse=True):  # one may be a part of another
        text = text.replace(form, "[key]")
    text = _JWT.sub("[token]", text)
    if len(text) > _READ_AT_MOST:
        text = _CUT_WORD.sub("", text[:_READ_AT_MOST])
    text = _BASE64.sub("[…]", _DATA_URI.sub("[data]", text))
    text = "".join(sign if sign.isprintable() else " " for sign in text)
    text = " ".join(text.split())
    return text if len(text) <= MAX_LENGTH else text[: MAX_LENGTH - 1] + "…"
