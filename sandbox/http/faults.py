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

from sandbox.http.disconnects import Disconnect, NoResponse, TruncatedResponse, disconnect

if TYPE_CHECKING:
    import asyncio

    from starlette.types import Receive, Scope, Send

FOREVER: Final = sys.maxsize
"""For `times`: until the rule is taken back."""

Phase = Literal["before", "handled", "answered"]


@dataclass(frozen=True, slots=True)
class IncomingRequest:
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
class RespondWith:
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

    response: RespondWith


@dataclass(frozen=True, slots=True)
class TruncateResponse:
    """Handle the request, send the first `bytes_kept` bytes of the true body, then close."""

    bytes_kept: int


@dataclass(frozen=True, slots=True)
class Delay:
    """Wait for `gate`, then handle the request."""

    until: asyncio.Event


@dataclass(frozen=True, slots=True)
class Hang:
    """Never answer; the connection stays open until the client leaves."""


Fault = RespondWith | CloseBefore | CloseAfter | HandleThen | TruncateResponse | Delay | Hang
Matcher = str | Callable[[IncomingRequest], bool]
Hook = Callable[[IncomingRequest, Phase], Awaitable[None] | None]


class DropConnection(Exception):
    """Raised by an `on_request` hook: close the connection here and now."""


@dataclass(slots=True)
class FaultRule:
    """Which requests are answered differently, how, and how many more times."""

    matcher: Matcher
    faults: tuple[Fault, ...]
    remaining: int
    use_count: int = 0

    def remove(self) -> None:
        """Take the rule back."""
        self.remaining = 0

    def matches(self, incoming: IncomingRequest) -> bool:
        """Tell whether this request is meant."""
        return self.matcher == incoming.method if isinstance(self.matcher, str) else self.matcher(incoming)

    def next_fault(self) -> Fault:
        """Use the rule once."""
        answer = self.faults[self.use_count % len(self.faults)]
        self.use_count += 1
        self.remaining -= 1
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
        self.request_count = 0
        self.on_request: Hook | None = None
        self._rules: list[FaultRule] = []

    def add(self, matcher: Matcher, *faults: Fault, times: int | None = None) -> FaultRule:
        """Answer the next matching requests with `answers`, in turn.

        Args:
            match: the method's name, or a predicate of the request.
            answers: at least one.
            times: how many requests are answered so; each answer once where not given.
        """
        if not faults:
            raise ValueError("a fault needs at least one answer")
        rule = FaultRule(matcher, faults, len(faults) if times is None else times)
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
        self.request_count += 1
        incoming = IncomingRequest(method, params, self.request_count)
        if not self._rules and self.on_request is None:
            return await handle()
        try:
            return await self._respond_by_rules(incoming, handle)
        except DropConnection:
            return Disconnect()

    async def _respond_by_rules(self, incoming: IncomingRequest, handle: Callable[[], Awaitable[Response]]) -> Response:
        await self.call_hook(incoming, "before")
        answer = self._next_fault(incoming)
        match answer:
            case RespondWith():
                return self._with_hook(incoming, answer.response())
            case CloseBefore():
                return Disconnect()
            case Hang():
                return NoResponse()
            case Delay(gate):
                await gate.wait()
        response = await handle()
        await self.call_hook(incoming, "handled")
        match answer:
            case CloseAfter():
                return Disconnect()
            case TruncateResponse(bytes_kept):
                return TruncatedResponse(response, bytes_kept)
            case HandleThen(reply):
                response = reply.response()
        return self._with_hook(incoming, response)

    def _next_fault(self, incoming: IncomingRequest) -> Fault | None:
        self._rules = [rule for rule in self._rules if rule.remaining > 0]
        return next((rule.next_fault() for rule in self._rules if rule.matches(incoming)), None)

    async def call_hook(self, incoming: IncomingRequest, moment: Phase) -> None:
        if self.on_request is not None:
            told = self.on_request(incoming, moment)
            if inspect.isawaitable(told):
                await told

    def _with_hook(self, incoming: IncomingRequest, response: Response) -> Response:
        return response if self.on_request is None else _HookedResponse(self, incoming, response)


class _HookedResponse(Response):
    """An ordinary response, whose end the hook is told."""

    def __init__(self, faults: Faults, incoming: IncomingRequest, response: Response) -> None:
        super().__init__()
        self._faults, self._incoming, self._response = faults, incoming, response

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._response(scope, receive, send)
        try:
            await self._faults.call_hook(self._incoming, "answered")
        except DropConnection:
            await disconnect(scope, receive)
