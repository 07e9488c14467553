"""People who chose a language of their own: it stands in their updates where Telegram's stood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


class Tongues:
    """The language of each person who chose one, in memory: most people have none."""

    def __init__(self) -> None:
        self._chosen: dict[int, str] = {}

    def remember(self, chosen: Mapping[int, str]) -> None:
        """At start: what people chose before."""
        self._chosen |= chosen

    def choose(self, person_id: int, language: str | None) -> None:
        """From the next update on; None: as Telegram says."""
        if language is None:
            self._chosen.pop(person_id, None)
        else:
            self._chosen[person_id] = language

    def put_into(self, update: Any) -> Any:
        """The raw update, with the language of its sender as they chose it."""
        for content in update.values() if isinstance(update, dict) and self._chosen else ():
            sender = content.get("from") if isinstance(content, dict) else None
            if isinstance(sender, dict) and isinstance(number := sender.get("id"), int) and number in self._chosen:
                sender["language_code"] = self._chosen[number]
        return update
