"""Everything that the fake Bot API server knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.http.faults import Faults
from sandbox.telegram.chats.callback_queries import CallbackQueries
from sandbox.telegram.chats.inline import InlineMode
from sandbox.telegram.state.shared import SharedState
from sandbox.telegram.state.webhook import Webhook

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.telegram.chats.chat import Chat
    from sandbox.telegram.state.accounts import BotAccount
    from sandbox.telegram.state.calls import Call
    from sandbox.telegram.state.files import StoredFile


class ServerState(SharedState):
    """The shared state, with the chats, the open queries, and a record of the bot's calls.

    Attributes:
        token: the bot's token.
        chats: every chat, by its id.
        fetched_files: the files that Telegram fetched by URL, by that URL.
        calls: every call that was answered, oldest first.
        faults: the faults of this server; see `sandbox.http.faults`.
        silent_video_is_animation: whether a video without sound that is fetched by URL becomes an animation. The real
            Telegram does this (tdlib/telegram-bot-api, issue 301). False by default, so that any video can be used.
        sends_date: whether responses have a `Date` header.
        clock_skew: how many seconds that date is ahead of the clock.
    """

    def __init__(self, token: str, account: BotAccount, clock: Callable[[], float]) -> None:
        super().__init__(account, clock)
        self.token = token
        self.chats: dict[int, Chat] = {}
        self.callback_queries = CallbackQueries(self)
        self.inline = InlineMode(self, self.callback_queries)
        self.fetched_files: dict[str, StoredFile] = {}
        self.webhook = Webhook(self.updates, clock)
        self.faults = Faults()
        self.silent_video_is_animation = False
        self.sends_date = True
        self.clock_skew = 0.0
        self.calls: list[Call] = []

    def record_call(self, call: Call) -> None:
        """Keep a call that was answered."""
        self.calls.append(call)
        self.notify()
