"""Logging to standard error: one line an event, with the job's id, and without secrets."""

from __future__ import annotations

import logging
import re
import sys
from typing import TYPE_CHECKING

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
    """Return a service's message about a job, with the user's own prompt replaced if the service quotes it."""
    prompt = job.motion.prompt if job.motion else None
    return detail.replace(prompt, "[prompt]") if prompt else detail


class RedactingFormatter(logging.Formatter):
    """Formats a record and its traceback, and replaces tokens, keys and long Base64 in them."""

    def __init__(self, secrets: Sequence[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")
        self._secrets = [secret for secret in secrets if secret]

    def format(self, record: logging.LogRecord) -> str:
        """Return the line without secrets."""
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, _PLACEHOLDER)
        for pattern in (_TOKEN, _JWT, _BASE64):
            text = pattern.sub(_PLACEHOLDER, text)
        return text


def configure(level: str, secrets: Sequence[str]) -> None:
    """Log to standard error, from this level up, with `secrets` replaced."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in QUIET_LOGGERS:
        logging.getLogger(name).setLevel(logging.WARNING)
