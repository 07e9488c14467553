"""What changes on the page, as a stream of server-sent events: woken by Telegram, never by a clock."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sandbox.page.chat_view import chats_view, people_view
from sandbox.page.message_view import message_view

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from sandbox.page.service_panel import ServicePanel
    from sandbox.telegram import FakeTelegram

_DAY_S = 24 * 60 * 60.0


class EventFeed:
    """What one open page has been told so far. The first news are everything that there is."""

    def __init__(self, telegram: FakeTelegram, services: Mapping[str, ServicePanel]) -> None:
        self._telegram = telegram
        self._services = services
        self._sent_frame: dict[str, Any] = {}
        self._sent_versions: dict[tuple[int, int], int] = {}

    def take_changes(self) -> dict[str, Any]:
        """Take what the page has not been told yet: the parts of its frame, messages new, edited and gone."""
        frame, posts = self._current_frame(), self._current_versions()
        rooms = self._telegram.chats
        news = {
            "fresh": not self._sent_frame,
            **{name: part for name, part in frame.items() if part != self._sent_frame.get(name)},
            "messages": [
                message_view(rooms[chat], rooms[chat].stored_messages[number])
                for (chat, number), version in posts.items()
                if self._sent_versions.get((chat, number)) != version
            ],
            "gone": [{"chat": chat, "id": number} for chat, number in self._sent_versions.keys() - posts.keys()],
        }
        self._sent_frame, self._sent_versions = frame, posts
        return news

    def has_changes(self) -> bool:
        """Tell whether there are any news."""
        return self._current_versions() != self._sent_versions or self._current_frame() != self._sent_frame

    def _current_frame(self) -> dict[str, Any]:
        """Describe all that is not a message."""
        account = self._telegram.account
        return {
            "people": people_view(self._telegram),
            "chats": chats_view(self._telegram),
            "services": [desk.view() for desk in self._services.values()],
            "switches": {"inline_feedback": account.inline_feedback, "privacy": account.privacy},
        }

    def _current_versions(self) -> dict[tuple[int, int], int]:
        rooms = [room for room in self._telegram.chats.values() if room.members]
        return {
            (room.id, number): len(post.versions) for room in rooms for number, post in room.stored_messages.items()
        }


async def event_stream(telegram: FakeTelegram, services: Mapping[str, ServicePanel]) -> AsyncIterator[str]:
    """Make the events for one open page, without end. A page that comes back is told everything again."""
    feed = EventFeed(telegram, services)
    while True:
        yield f"data: {json.dumps(feed.take_changes())}\n\n"
        while not feed.has_changes():
            try:
                await telegram.wait(lambda _: feed.has_changes(), timeout=_DAY_S)
            except TimeoutError:  # nothing happened for a whole day
                continue
