"""The stand-ins do the killing: at request k, before it is read, when it was handled, or when it was answered."""

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
    """When to shoot: at the `number`-th request (from 1, over all stand-ins) that comes to `moment` and is `wanted`.

    Requests are counted as they come to that moment: a long poll that rests counts when it is answered. With
    `after`, the name of a request, only those are counted that come there once the first such request has come.
    """

    number: int
    moment: Phase
    matches: Callable[[IncomingRequest], bool] | None = None
    after: str | None = None


def is_method(*methods: str) -> Callable[[IncomingRequest], bool]:
    """Whether a request is one of these: `sendMessage`, `POST /v2/video/generations`."""
    return lambda incoming: incoming.method in methods


class Killer:
    """Sees every request to any stand-in, and shoots once at the one that it was aimed at.

    Attributes:
        victim: the name of the request that was shot at; None before.
        requests: what came since it took aim, as (seconds of the loop's clock, name).
        polls: the getUpdates that rest, by their numbers.
        news: set after each request; whoever waits clears it.
    """

    def __init__(self, stage: Sandbox, shoot: Callable[[], Awaitable[bool]]) -> None:
        """`shoot` tells whether the connection of that request is to be dropped."""
        self._shoot = shoot
        self._shot: Shot | None = None
        self._count = 0
        self._gate: IncomingRequest | None = None  # the first request that the shot waits for
        self.shot_at: str | None = None
        self.requests: list[tuple[float, str]] = []
        self.polls: set[int] = set()
        self.changed = asyncio.Event()
        for one in (stage.telegram, stage.aiml, stage.kling):
            if one is not None:
                one.faults.on_request = self._on_request

    def arm(self, shot: Shot | None) -> None:
        """Count from now on; None: shoot at nothing."""
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
