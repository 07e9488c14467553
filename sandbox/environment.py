"""The fake servers, started and connected: all that a bot needs to run without a key or a network."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Self

from sandbox.aiml import FakeAiml
from sandbox.http.server import Server
from sandbox.kling.service import RESELLER_PREFIX
from sandbox.telegram import FakeTelegram

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from sandbox.kling import FakeKling


class Sandbox:
    """A fake Telegram and fake video services on real sockets, as an asynchronous context manager.

    Attributes:
        telegram: the fake Telegram; pass your own to change how it behaves.
        aiml: the fake AIML; pass your own to change how it behaves.
        kling: a second video service, or None if none was passed.
        telegram_url: the base URL of the Bot API.
        aiml_url: the base URL of AIML.
        kling_url: the part of Kling's URLs before `/v1/videos/effects`; empty without a `kling`.
    """

    def __init__(
        self, telegram: FakeTelegram | None = None, aiml: FakeAiml | None = None, kling: FakeKling | None = None
    ) -> None:
        self.telegram = telegram or FakeTelegram()
        self.aiml = aiml or FakeAiml()
        self.kling = kling
        self.telegram_url = ""
        self.aiml_url = ""
        self.kling_url = ""
        self._servers = AsyncExitStack()

    async def __aenter__(self) -> Self:
        self.telegram_url = (await self._servers.enter_async_context(Server(self.telegram.app))).url
        self.aiml_url = (await self._servers.enter_async_context(Server(self.aiml.app))).url
        self.aiml.public_url = self.aiml_url
        if self.kling is not None:
            self.kling.public_url = (await self._servers.enter_async_context(Server(self.kling.app))).url
            self.kling_url = self.kling.public_url + RESELLER_PREFIX
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._servers.aclose()

    def bot_environment(self, database: Path, **settings: str) -> dict[str, str]:
        """Return the environment variables of a bot that uses these servers; `settings` are added by their names."""
        kling = {} if self.kling is None else {"KLING_API_KEY": self.kling.key, "KLING_API_URL": self.kling_url}
        return {
            "TELEGRAM_BOT_TOKEN": self.telegram.token,
            "TELEGRAM_API_URL": self.telegram_url,
            "AIML_API_KEY": self.aiml.key,
            "AIML_API_URL": self.aiml_url,
            "DATABASE_PATH": str(database),
            **kling,
            **settings,
        }
