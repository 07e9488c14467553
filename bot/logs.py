"""Logging to standard error: one line an event, with the job's id, and without secrets."""

from __future__ import annotations

import copy
import logging
import re
import sys
from typing import TYPE_CHECKING

from bot.private_words import PrivateWords, blank_private_words, texts_of_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage import Job

_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")
_JWT = re.compile(r"eyJ[A-Za-z0-9_-]{10,}(\.[A-Za-z0-9_-]*){0,2}")  # RFC 7519
_BASE64 = re.compile(r"[A-Za-z0-9+/]{200,}={0,2}")
_PLACEHOLDER = "‹hidden›"
QUIET_LOGGERS = ("httpx", "httpcore", "telegram", "PIL", "aiosqlite")
"""Libraries of which only warnings are logged. httpx logs URLs at INFO, and Telegram's URLs contain the token."""


def without_prompt(detail: str, job: Job) -> str:
    """Return a service's message about a job, without the user's own words if the service quotes any part of them."""
    return PrivateWords(texts_of_row(job)).blank(detail)


class RedactingFormatter(logging.Formatter):
    """Formats a record and its traceback without tokens, keys, long Base64, and what the people concerned wrote."""

    def __init__(self, secrets: Sequence[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")
        self._secrets = [secret for secret in secrets if secret]

    def format(self, record: logging.LogRecord) -> str:
        """Return the line without secrets and private words."""
        text = super().format(_without_private_words(record, self))
        for secret in self._secrets:
            text = text.replace(secret, _PLACEHOLDER)
        for pattern in (_TOKEN, _JWT, _BASE64):
            text = pattern.sub(_PLACEHOLDER, text)
        return text


def _without_private_words(record: logging.LogRecord, formatter: logging.Formatter) -> logging.LogRecord:
    """Return a copy of the record whose arguments and traceback hold none; the words of the code itself stay."""
    record = copy.copy(record)
    if isinstance(record.args, tuple):
        record.args = tuple(map(blank_private_words, record.args))
    elif record.args:
        record.args = {name: blank_private_words(value) for name, value in record.args.items()}
    else:
        record.msg = blank_private_words(record.msg)
    if record.exc_info and not record.exc_text:
        record.exc_text = formatter.formatException(record.exc_info)
    record.exc_text = blank_private_words(record.exc_text) if record.exc_text else None
    return record


def configure(level: str, secrets: Sequence[str]) -> None:
    """Log to standard error, from this level up, with `secrets` replaced."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in QUIET_LOGGERS:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("telegram.request").setLevel(logging.CRITICAL)  # what it logs as an error, it raises too
