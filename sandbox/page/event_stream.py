"""The page's changes as a stream of server-sent events, sent when something changes and never by a timer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sandbox.page.chat_view import chats_view, people_view
from sandbox.page.message_view import message_view

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from sandbox.page.service_panel import ServicePanel
    from sandbox.proof import Proof
    from sandbox.telegram import FakeTelegram

_DAY_S = 24 * 60 * 60.0


class EventFeed:
    """What one open page was sent so far. The first event has everything."""

    def __init__(self, telegram: FakeTelegram, services: Mapping[str, ServicePanel], proof: Proof) -> None:
        self._telegram = telegram
        self._services = services
        self._proof = proof
        self._sent_frame: dict[str, Any] = {}
        self._sent_versions: dict[tuple[int, int], int] = {}

    def take_changes(self) -> dict[str, Any]:
        """Return what the page was not sent yet: changed parts of its frame, and new, edited and deleted messages."""
        frame, versions = self._current_frame(), self._current_versions()
        chats = self._telegram.chats
        changes = {
            "fresh": not self._sent_frame,
            **{name: part for name, part in frame.items() if part != self._sent_frame.get(name)},
            "messages": [
                message_view(chats[chat_id], chats[chat_id].stored_messages[message_id])
                for (chat_id, message_id), version in versions.items()
                if self._sent_versions.get((chat_id, message_id)) != version
            ],
            "gone": [
                {"chat": chat_id, "id": message_id}
                for chat_id, message_id in self._sent_versions.keys() - versions.keys()
            ],
        }
        self._sent_frame, self._sent_versions = frame, versions
        return changes

    def has_changes(self) -> bool:
        """Return True if there is anything to send."""
        return self._current_versions() != self._sent_versions or self._current_frame() != self._sent_frame

    def _current_frame(self) -> dict[str, Any]:
        """Return everything but the messages."""
        account = self._telegram.account
        return {
            "people": people_view(self._telegram),
            "chats": chats_view(self._telegram),
            "services": [panel.view() for panel in self._services.values()],
            "proof": self._proof.view(),
            "switches": {"inline_feedback": account.inline_feedback, "privacy": account.privacy},
        }

    def _current_versions(self) -> dict[tuple[int, int], int]:
        chats = [chat for chat in self._telegram.chats.values() if chat.members]
        return {
            (chat.id, message_id): len(message.versions)
            for chat in chats
            for message_id, message in chat.stored_messages.items()
        }


async def event_stream(
    telegram: FakeTelegram, services: Mapping[str, ServicePanel], proof: Proof
) -> AsyncIterator[str]:
    """Yield the events for one open page, without end. A page that reconnects gets everything again."""
    feed = EventFeed(telegram, services, proof)
    while True:
        yield f"data: {json.dumps(feed.take_changes())}\n\n"
        while not feed.has_changes():
            try:
                await telegram.wait(lambda _: feed.has_changes(), timeout=_DAY_S)
            except TimeoutError:  # nothing happened for a day
                continue
