"""What changes in the chats, as a stream of server-sent events: woken by Telegram, never by a clock."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sandbox.page.view import chat_view, message_view

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sandbox.telegram import Telegram

_DAY = 24 * 60 * 60.0


class Feed:
    """What one open page has been told so far. The first news are everything that there is."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._chats: list[dict[str, Any]] | None = None
        self._shown: dict[tuple[int, int], int] = {}

    def news(self) -> dict[str, Any]:
        """Take what the page has not been told yet: chats if they changed, messages new, edited and gone."""
        chats, posts = self._chats_now(), self._posts_now()
        rooms = self._telegram.rooms
        news = {
            "fresh": self._chats is None,
            "chats": None if chats == self._chats else chats,
            "messages": [
                message_view(rooms[chat], rooms[chat].posts[number])
                for (chat, number), version in posts.items()
                if self._shown.get((chat, number)) != version
            ],
            "gone": [{"chat": chat, "id": number} for chat, number in self._shown.keys() - posts.keys()],
        }
        self._chats, self._shown = chats, posts
        return news

    def is_stale(self) -> bool:
        """Tell whether there are any news."""
        return self._posts_now() != self._shown or self._chats_now() != self._chats

    def _chats_now(self) -> list[dict[str, Any]]:
        return [chat_view(self._telegram, room) for room in self._telegram.rooms.values()]

    def _posts_now(self) -> dict[tuple[int, int], int]:
        rooms = self._telegram.rooms.values()
        return {(room.id, number): len(post.versions) for room in rooms for number, post in room.posts.items()}


async def stream(telegram: Telegram) -> AsyncIterator[str]:
    """Make the events for one open page, without end. A page that comes back is told everything again."""
    feed = Feed(telegram)
    while True:
        yield f"data: {json.dumps(feed.news())}\n\n"
        while not feed.is_stale():
            try:
                await telegram.wait(lambda _: feed.is_stale(), timeout=_DAY)
            except AssertionError:  # nothing happened for a whole day
                continue
