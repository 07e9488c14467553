"""The fake servers, started and connected: all that a bot needs to run without a key or a network."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any, Self, TypeVar

from sandbox.http.server import Server
from sandbox.services.service import FakeVideoService
from sandbox.telegram import FakeTelegram

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

ServiceT = TypeVar("ServiceT", bound=FakeVideoService[Any])

_NO_BUDGETS = dict.fromkeys(
    ("DAILY_BUDGET_USD", "MONTHLY_BUDGET_USD", "USER_DAILY_BUDGET_USD", "GROUP_DAILY_BUDGET_USD"), ""
)
"""Pretend money has no end, unless a test or the demo gives it one."""


class Sandbox:
    """A fake Telegram and fake video services on real sockets, as an asynchronous context manager.

    Attributes:
        services: the fake video services.
        telegram: the fake Telegram.
        telegram_url: the base URL of the Bot API.
        network_is_cut: whether every connection to these servers is refused now.
    """

    def __init__(self, *services: FakeVideoService[Any], telegram: FakeTelegram | None = None) -> None:
        """Create a sandbox of these services, and of this Telegram instead of the usual one."""
        self.services = services
        self.telegram = telegram or FakeTelegram()
        self.telegram_url = ""
        self.network_is_cut = False
        self._exit_stack = AsyncExitStack()
        self._servers: list[Server] = []

    async def __aenter__(self) -> Self:
        self.telegram_url = await self._serve(Server(self.telegram.app))
        for service in self.services:
            service.public_url = await self._serve(Server(service.app))
        return self

    async def _serve(self, server: Server) -> str:
        self._servers.append(await self._exit_stack.enter_async_context(server))
        return server.url

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._exit_stack.aclose()

    def service(self, kind: type[ServiceT]) -> ServiceT:
        """Return the service of this class.

        Raises:
            LookupError: there is none.
        """
        for service in self.services:
            if isinstance(service, kind):
                return service
        raise LookupError(f"no {kind.__name__} is in this sandbox")

    def cut_network(self) -> None:
        """Drop every connection to these servers, and refuse new ones."""
        self.network_is_cut = True
        for server in self._servers:
            server.refuse_connections()
        self.telegram.notify()

    async def mend_network(self) -> None:
        """Accept connections again."""
        for server in self._servers:
            await server.accept_connections()
        self.network_is_cut = False
        self.telegram.notify()

    def send_dates(self, *, on: bool) -> None:
        """Let all servers send the header `Date`, or none of them."""
        self.telegram.sends_date = on
        for service in self.services:
            service.sends_date = on

    def bot_environment(self, database: Path, **settings: str) -> dict[str, str]:
        """Return the environment variables of a bot that uses these servers; `settings` are added by their names."""
        environment = {
            "TELEGRAM_BOT_TOKEN": self.telegram.token,
            "TELEGRAM_API_URL": self.telegram_url,
            "DATABASE_PATH": str(database),
            **_NO_BUDGETS,
            "OWN_CHOICES": "true",
        }
        for service in self.services:
            environment |= service.bot_settings()
        return environment | settings
