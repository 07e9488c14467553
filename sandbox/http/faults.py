"""Faults on request: the next matching requests to a stand-in are answered differently, or not at all.

    faults.add("sendMessage", CloseAfter())              # handled, and the answer is lost
    faults.add("getUpdates", Reply(502), times=3)         # three times
    faults.add("getFile", Reply(500), Hang())             # first the one, then the other
    faults.add(lambda request: request.number == 7, CloseBefore(), times=FOREVER)

A stand-in passes every request through `Faults.respond`.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from starlette.responses import JSONResponse, Response

from sandbox.http.disconnects import Cut, HungUp, Silence, hang_up

if TYPE_CHECKING:
    import asyncio

    from starlette.types import Receive, Scope, Send

FOREVER: Final = sys.maxsize
"""For `times`: until the rule is taken back."""

Moment = Literal["before", "handled", "answered"]


@dataclass(frozen=True, slots=True)
class Incoming:
    """One request to a stand-in.

    Attributes:
        method: what is asked: `sendMessage`, or `POST /v2/video/generations`.
        params: its parameters as read by the stand-in.
        number: counted from 1 over all requests to this stand-in.
    """

    method: str
    params: Mapping[str, Any]
    number: int


# ---------------------------------------------------------------- what may be answered
@dataclass(frozen=True, slots=True)
class Reply:
    """Answer this instead of handling the request. `json` goes before `body`."""

    status: int
    json: Any = None
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self) -> Response:
        """Make the HTTP response."""
        if self.json is not None:
            return JSONResponse(self.json, self.status, dict(self.headers))
        return Response(self.body, self.status, dict(self.headers))


@dataclass(frozen=True, slots=True)
class CloseBefore:
    """Close the connection without handling the request."""


@dataclass(frozen=True, slots=True)
class CloseAfter:
    """Handle the request, then close the connection: the answer is lost."""


@dataclass(frozen=True, slots=True)
class HandleThen:
    """Handle the request, but answer with `reply`."""

    reply: Reply


@dataclass(frozen=True, slots=True)
class CutAnswer:
    """Handle the request, send the first `bytes_kept` bytes of the true body, then close."""

    bytes_kept: int


@dataclass(frozen=True, slots=True)
class Delay:
    """Wait for `gate`, then handle the request."""

    gate: asyncio.Event


@dataclass(frozen=True, slots=True)
class Hang:
    """Never answer; the connection stays open until the client leaves."""


Answer = Reply | CloseBefore | CloseAfter | HandleThen | CutAnswer | Delay | Hang
Match = str | Callable[[Incoming], bool]
Hook = Callable[[Incoming, Moment], Awaitable[None] | None]


class DropError(Exception):
    """Raised by an `on_request` hook: close the connection here and now."""


@dataclass(slots=True)
class Rule:
    """Which requests are answered differently, how, and how many more times."""

    match: Match
    answers: tuple[Answer, ...]
    left: int
    used: int = 0

    def remove(self) -> None:
        """Take the rule back."""
        self.left = 0

    def fits(self, incoming: Incoming) -> bool:
        """Tell whether this request is meant."""
        return self.match == incoming.method if isinstance(self.match, str) else self.match(incoming)

    def take(self) -> Answer:
        """Use the rule once."""
        answer = self.answers[self.used % len(self.answers)]
        self.used += 1
        self.left -= 1
        return answer


class Faults:
    """The faults of one stand-in.

    Attributes:
        count: how many requests came so far.
        on_request: called at three moments of every request: `before` it is handled, when it is
            `handled`, and when its answer is `answered` (written to the socket). It may be async, may add
            faults, and may raise `DropError`.
    """

    def __init__(self) -> None:
        self.count = 0
        self.on_request: Hook | None = None
        self._rules: list[Rule] = []

    def add(self, match: Match, *answers: Answer, times: int | None = None) -> Rule:
        """Answer the next matching requests with `answers`, in turn.

        Args:
            match: the method's name, or a predicate of the request.
            answers: at least one.
            times: how many requests are answered so; each answer once where not given.
        """
        if not answers:
            raise ValueError("a fault needs at least one answer")
        rule = Rule(match, answers, len(answers) if times is None else times)
        self._rules.append(rule)
        return rule

    def clear(self) -> None:
        """Take every rule back."""
        for rule in self._rules:
            rule.remove()
        self._rules.clear()

    async def respond(
        self, method: str, params: Mapping[str, Any], handle: Callable[[], Awaitable[Response]]
    ) -> Response:
        """Answer one request: by `handle`, unless a fault is set for it."""
        self.count += 1
        incoming = Incoming(method, params, self.count)
        if not self._rules and self.on_request is None:
            return await handle()
        try:
            return await self._faulty(incoming, handle)
        except DropError:
            return HungUp()

    async def _faulty(self, incoming: Incoming, handle: Callable[[], Awaitable[Response]]) -> Response:
        await self._tell(incoming, "before")
        answer = self._pick(incoming)
        match answer:
            case Reply():
                return self._told(incoming, answer.response())
            case CloseBefore():
                return HungUp()
            case Hang():
                return Silence()
            case Delay(gate):
                await gate.wait()
        response = await handle()
        await self._tell(incoming, "handled")
        match answer:
            case CloseAfter():
                return HungUp()
            case CutAnswer(bytes_kept):
                return Cut(response, bytes_kept)
            case HandleThen(reply):
                response = reply.response()
        return self._told(incoming, response)

    def _pick(self, incoming: Incoming) -> Answer | None:
        self._rules = [rule for rule in self._rules if rule.left > 0]
        return next((rule.take() for rule in self._rules if rule.fits(incoming)), None)

    async def _tell(self, incoming: Incoming, moment: Moment) -> None:
        if self.on_request is not None:
            told = self.on_request(incoming, moment)
            if inspect.isawaitable(told):
                await told

    def _told(self, incoming: Incoming, response: Response) -> Response:
        return response if self.on_request is None else _Told(self, incoming, response)


class _Told(Response):
    """An ordinary response, whose end the hook is told."""

    def __init__(self, faults: Faults, incoming: Incoming, response: Response) -> None:
        super().__init__()
        self._faults, self._incoming, self._response = faults, incoming, response

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._response(scope, receive, send)
        try:
            await self._faults._tell(self._incoming, "answered")  # noqa: SLF001 - one mechanism in two classes
        except DropError:
            await hang_up(scope, receive)
