"""Kill the bot at its n-th request to the fake services: before it is read, once it is handled, or answered."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.http.faults import DropConnection

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sandbox.environment import Sandbox
    from sandbox.http.faults import IncomingRequest, Phase

MOMENTS: tuple[Phase, ...] = ("before", "handled", "answered")


@dataclass(frozen=True, slots=True)
class Shot:
    """When to kill: at the `number`-th request (from 1, over all services) that reaches the phase and `matches`.

    Requests are counted when they reach the phase: an open long poll counts when it is answered. With `after`, the
    name of a request, only those that follow the first such request are counted.
    """

    number: int
    moment: Phase
    matches: Callable[[IncomingRequest], bool] | None = None
    after: str | None = None


def is_method(*methods: str) -> Callable[[IncomingRequest], bool]:
    """Return a predicate for requests of these names, such as `sendMessage` or `POST /v2/video/generations`."""
    return lambda incoming: incoming.method in methods


class Killer:
    """Sees every request to the fake services, and kills the bot once, at the request that it is armed for.

    Attributes:
        shot_at: the name of the request at which the bot was killed; None before.
        requests: the requests since it was armed, as (time of the loop's clock in seconds, name).
        polls: the numbers of the open getUpdates.
        changed: set after each request; whoever waits clears it.
    """

    def __init__(self, sandbox: Sandbox, shoot: Callable[[], Awaitable[bool]]) -> None:
        """Watch a sandbox; `shoot` returns True if the connection of that request is to be dropped."""
        self._shoot = shoot
        self._shot: Shot | None = None
        self._count = 0
        self._gate: IncomingRequest | None = None  # the first request that the shot waits for
        self.shot_at: str | None = None
        self.requests: list[tuple[float, str]] = []
        self.polls: set[int] = set()
        self.changed = asyncio.Event()
        for faults in (sandbox.telegram.faults, *(service.faults for service in sandbox.services)):
            faults.on_request = self._on_request

    def arm(self, shot: Shot | None) -> None:
        """Count requests from now on for this shot, or for none."""
        self._shot = shot
        self._count = 0
        self._gate = None
        self.shot_at = None
        self.requests.clear()

    async def _on_request(self, incoming: IncomingRequest, moment: Phase) -> None:
        if moment == "before":
            self.requests.append((asyncio.get_running_loop().time(), incoming.method))
        if incoming.method == "getUpdates":
            (self.polls.add if moment == "before" else self.polls.discard)(incoming.number)
        self.changed.set()
        shot = self._shot
        if shot is None or not self._counts(shot, incoming, moment):
            return
        self._count += 1
        if self._count == shot.number:
            self._shot = None
            self.shot_at = incoming.method
            self.changed.set()
            if await self._shoot():
                self.polls -= {incoming.number}
                raise DropConnection

    def _counts(self, shot: Shot, incoming: IncomingRequest, moment: Phase) -> bool:
        if self._gate is None and incoming.method == shot.after:
            self._gate = incoming
        behind = shot.after is None or (self._gate is not None and incoming is not self._gate)
        return behind and moment == shot.moment and (shot.matches is None or shot.matches(incoming))
