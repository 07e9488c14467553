"""Status words that are in no document of a service's: logged once each, and not without end."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_log = logging.getLogger(__name__)
_MOST_WORDS = 50


class StrangeWords:
    """Remembers what was logged."""

    def __init__(self, service: str, known: Collection[str]) -> None:
        self._service = service
        self._known = known
        self._seen: set[str] = set()

    def note(self, word: str) -> None:
        """Log a word that is not known, once."""
        if word not in self._known and word not in self._seen and len(self._seen) < _MOST_WORDS:
            self._seen.add(word)
            _log.warning("%s answers with an unknown status, taken as pending: %s", self._service, word)
