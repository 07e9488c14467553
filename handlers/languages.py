"""People and groups that chose a language of their own: it stands in their updates where Telegram's stood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


class LanguageOverrides:
    """The language of each person and group that chose one, by id, in memory: most have none."""

    def __init__(self) -> None:
        self._chosen: dict[int, str] = {}
        self._replaced: dict[int, str] = {}

    def load(self, chosen: Mapping[int, str]) -> None:
        """At start: what was chosen before."""
        self._chosen |= chosen

    def set(self, person_id: int, language: str | None) -> None:
        """From the next update on; None: as Telegram says."""
        if language is None:
            self._chosen.pop(person_id, None)
        else:
            self._chosen[person_id] = language

    def reported_by_telegram(self, person_id: int) -> str | None:
        """What Telegram said, when it was last replaced, of the language of a person who chose another."""
        return self._replaced.get(person_id)

    def apply_to(self, update: Any) -> Any:
        """The raw update, with the language of its group or its sender as they chose it."""
        for content in update.values() if isinstance(update, dict) and self._chosen else ():
            sender = content.get("from") if isinstance(content, dict) else None
            if not isinstance(sender, dict):
                continue
            numbers = (_chat_of(content), sender.get("id"))
            chosen = next((self._chosen[one] for one in numbers if isinstance(one, int) and one in self._chosen), None)
            if chosen is not None:
                if numbers[1] in self._chosen and isinstance(sender.get("language_code"), str):
                    self._replaced[sender["id"]] = sender["language_code"]
                sender["language_code"] = chosen
        return update


def _chat_of(content: dict[str, Any]) -> object:
    """The id of the chat that a message, or the message under a button, is in."""
    for holder in (content, content.get("message")):
        chat = holder.get("chat") if isinstance(holder, dict) else None
        if isinstance(chat, dict):
            return chat.get("id")
    return None
