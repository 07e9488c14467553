"""The whole of the pretend Telegram that one bot can know of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.http.faults import Faults
from sandbox.telegram.files import Files
from sandbox.telegram.inline import Inline
from sandbox.telegram.people import Person
from sandbox.telegram.queries import Queries
from sandbox.telegram.updates import Updates
from sandbox.telegram.watch import Watch
from sandbox.telegram.webhook import Webhook

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.telegram.account import Account
    from sandbox.telegram.calls import Call
    from sandbox.telegram.chats import Chat
    from sandbox.telegram.files import StoredFile

FIRST_UPDATE = 100_000_001


class World:
    """Accounts, chats, files, updates, and the record of what the bot did.

    Attributes:
        account: the bot.
        rooms: every chat by its id.
        clock: tells Unix seconds.
        calls: every call that was answered, oldest first.
        faults: see `sandbox.faults`.
        mute_is_animation: whether a video without sound that Telegram fetches by URL comes to be an animation, which is
            what Telegram does (tdlib/telegram-bot-api, issue 301); off, so that a stage may play any film.
    """

    def __init__(self, token: str, account: Account, clock: Callable[[], float]) -> None:
        self.token = token
        self.account = account
        self.clock = clock
        self.people: dict[int, Person] = {}
        self.rooms: dict[int, Chat] = {}
        self.files = Files()
        self.updates = Updates(FIRST_UPDATE)
        self.queries = Queries(self)
        self.fetched: dict[str, StoredFile] = {}
        self.inline = Inline(self)
        self.webhook = Webhook(self.updates, clock)
        self.faults = Faults()
        self.mute_is_animation = False
        self.calls: list[Call] = []
        self.nobody = Person(136817688, "Channel", username="Channel_Bot")
        self._messages = 0
        self._numbers = 5_000_000_000_000_000_000
        self._watch: Watch[World] = Watch()

    def now(self) -> int:
        """Return whole Unix seconds."""
        return int(self.clock())

    def next_message_id(self) -> int:
        """Number the next message of the private chats and small groups."""
        self._messages += 1
        return self._messages

    def next_number(self) -> int:
        """Make a number for a query or an album."""
        self._numbers += 7919
        return self._numbers

    def tell(self) -> None:
        """Let those who wait for the world look again."""
        if self._watch.busy:
            self._watch.tell(self)

    def record(self, call: Call) -> None:
        """Keep a call that was answered."""
        self.calls.append(call)
        self.tell()
