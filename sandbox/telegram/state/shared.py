"""The state that chats, queries and methods share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.telegram.state.accounts import Person
from sandbox.telegram.state.files import FileStore
from sandbox.telegram.state.updates import UpdateQueue
from sandbox.telegram.state.waiters import Waiters

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.telegram.state.accounts import BotAccount

FIRST_UPDATE_ID = 100_000_001


class SharedState:
    """Accounts, files, the update queue, the clock and the counters.

    Attributes:
        account: the bot.
        clock: returns the Unix time in seconds.
        people: everyone with a Telegram account, by user id.
        files: all files.
        updates: the updates for the bot.
        channel_bot: the account that Telegram names as the sender of a channel's posts.
    """

    def __init__(self, account: BotAccount, clock: Callable[[], float]) -> None:
        self.account = account
        self.clock = clock
        self.people: dict[int, Person] = {}
        self.files = FileStore()
        self.updates = UpdateQueue(FIRST_UPDATE_ID)
        self.channel_bot = Person(136817688, "Channel", username="Channel_Bot")
        self._last_message_id = 0
        self._last_number = 5_000_000_000_000_000_000
        self._waiters: Waiters[SharedState] = Waiters()

    def now(self) -> int:
        """Return the Unix time in whole seconds."""
        return int(self.clock())

    def next_message_id(self) -> int:
        """Return the next `message_id` of private chats and small groups, which share one sequence."""
        self._last_message_id += 1
        return self._last_message_id

    def next_number(self) -> int:
        """Return a number that identifies a new query or media group."""
        self._last_number += 7919
        return self._last_number

    def notify(self) -> None:
        """Let everyone who waits for a change check again."""
        if self._waiters.has_waiters:
            self._waiters.notify(self)
