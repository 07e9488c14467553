"""A job, and the service's words for its states."""

from __future__ import annotations

from typing import Final, TypeAlias

from sandbox.aiml.order import Order
from sandbox.services.job import Life, Words

WORDS: Final = Words("queued", "generating", "completed", "error")

Job: TypeAlias = Life[Order]
"""One accepted job."""
