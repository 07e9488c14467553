"""The demo's proof: where each request is now, and whether each paid video arrived.

Who has the bot's database gives its part as a function. All else is counted from outside: from the services' ledgers
and from the chats.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sandbox.bot_process import BotProcess
    from sandbox.environment import Sandbox
    from sandbox.telegram import Chat

_DATABASE_STAGES: Final = ("inbox", "job", "service", "video")
_CUT_S: Final = 6.0
"""How long the network stays cut."""
_LOOK_S: Final = 0.15
"""How often the bot's database is read: a database reports no changes by itself."""


class Proof:
    """What the page shows of the bot's reliability, and the two ways to test it.

    Attributes:
        sandbox: the servers that are watched.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        bot: BotProcess | None = None,
        read_stages: Callable[[], Mapping[str, int]] | None = None,
    ) -> None:
        """Watch this sandbox; `bot` can be killed, if it is given, and `read_stages` counts the rows of its database.

        `read_stages` returns how many updates or jobs are `inbox`, `job`, `service` and `video`, and how many ended
        with a reason that was `told`.
        """
        self.sandbox = sandbox
        self._bot = bot
        self._read_stages = read_stages or dict
        self._stages: Mapping[str, int] = self._read_stages()
        self._digests: dict[str, bytes] = {}
        self._delivered: dict[tuple[int, int], bytes] = {}
        self._cut: asyncio.Task[None] | None = None

    def kill_bot(self) -> bool:
        """Kill the bot; return False if it isn't ours to kill."""
        if self._bot is None:
            return False
        self._bot.kill()
        return True

    def cut_network(self, seconds: float = _CUT_S) -> None:
        """Cut the network between the bot and all servers for some seconds, unless it is cut already."""
        if self._cut is None or self._cut.done():
            self.sandbox.cut_network()
            self._cut = asyncio.create_task(self._mend_after(seconds))

    async def _mend_after(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        await self.sandbox.mend_network()

    async def watch(self) -> None:
        """Read the stages again and again, and tell the page of each change."""
        was_up = None
        while True:
            stages, is_up = self._read_stages(), self._bot is not None and self._bot.is_up
            if stages != self._stages or is_up != was_up:
                self._stages, was_up = stages, is_up
                self.sandbox.telegram.notify()
            await asyncio.sleep(_LOOK_S)

    def view(self) -> dict[str, Any]:
        """Return where requests are, what was paid, what arrived, and what was lost."""
        self._note_deliveries()
        messages = len(self.sandbox.telegram.updates.pending)
        stages = {"message": messages, **{name: self._stages.get(name, 0) for name in _DATABASE_STAGES}}
        bot = self._bot
        is_up = bot is None or bot.is_up
        is_idle = is_up and not self.sandbox.network_is_cut and not any(stages.values())
        return {
            "stages": stages,
            "paid": sum(len(service.ledger) for service in self.sandbox.services),
            "videos": len(self._delivered),
            "lost": self._lost() if is_idle else None,
            "bot": "up" if is_up else "down",
            "kills": bot.kills if bot is not None else None,
            "network": "cut" if self.sandbox.network_is_cut else "up",
        }

    def _note_deliveries(self) -> None:
        """Remember each video in a chat with people, so that deleting it later doesn't undo its delivery."""
        for chat in self.sandbox.telegram.chats.values():
            if not chat.members:
                continue
            for message_id, message in chat.stored_messages.items():
                video = message.raw.get("video") or message.raw.get("animation")
                if video and (message.sender == "bot" or message.inline_id):
                    self._delivered.setdefault((chat.id, message_id), self._file_digest(video["file_id"]))

    def _file_digest(self, file_id: str) -> bytes:
        if file_id not in self._digests:
            file = self.sandbox.telegram.files.by_id(file_id)
            self._digests[file_id] = sha256(file.data if file else b"").digest()
        return self._digests[file_id]

    def _lost(self) -> int:
        """Return how many requests ended in neither a video nor a reason: paid videos, and messages without a word."""
        paid: Counter[bytes] = Counter()
        for service in self.sandbox.services:
            for charge in service.ledger:
                if charge.job_id not in self._digests:
                    self._digests[charge.job_id] = sha256(service.renderer.rendered(charge.job_id) or b"").digest()
                paid[self._digests[charge.job_id]] += 1
        missing = (paid - Counter(self._delivered.values())).total()
        unanswered = sum(_is_unanswered(chat) for chat in self.sandbox.telegram.chats.values())
        return max(0, missing - self._stages.get("told", 0)) + unanswered


def _is_unanswered(chat: Chat) -> bool:
    """Return True if the bot said nothing in a private chat since a photo or a command was sent there."""
    messages = [message for message in chat.stored_messages.values() if message.inline_id is None]
    if chat.kind != "private" or not messages or messages[-1].sender == "bot":
        return False
    raw = messages[-1].raw
    return "photo" in raw or str(raw.get("text", raw.get("caption", ""))).startswith("/")
