"""Faults on request: the next matching requests to a fake server are answered differently, or not at all.

    faults.add("sendMessage", CloseAfter())               # handled, and the response is lost
    faults.add("getUpdates", RespondWith(502), times=3)   # three times
    faults.add("getFile", RespondWith(500), Hang())       # first the one, then the other
    faults.add(lambda request: request.number == 7, CloseBefore(), times=FOREVER)

A fake server passes every request through `Faults.respond`.
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
"""The number of `times` for a rule that holds until it is removed."""

Phase = Literal["before", "handled", "answered"]
"""When a hook is called: before the request is handled, once it is handled, once the response is written."""


@dataclass(frozen=True, slots=True)
class IncomingRequest:
    """One request to a fake server.

    Attributes:
        method: what is called: `sendMessage`, or `POST /v2/video/generations`.
        params: its parameters as the server read them.
        number: its number among all requests to this server, from 1.
    """

    method: str
    params: Mapping[str, Any]
    number: int


# ---------------------------------------------------------------- faults
@dataclass(frozen=True, slots=True)
class RespondWith:
    """Send this response instead of handling the request. `json` takes precedence over `body`."""

    status: int
    json: Any = None
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self) -> Response:
        """Return the HTTP response."""
        if self.json is not None:
            return JSONResponse(self.json, self.status, dict(self.headers))
        return Response(self.body, self.status, dict(self.headers))


@dataclass(frozen=True, slots=True)
class CloseBefore:
    """Close the connection without handling the request."""


@dataclass(frozen=True, slots=True)
class CloseAfter:
    """Handle the request, then close the connection, so that the response is lost."""


@dataclass(frozen=True, slots=True)
class HandleThen:
    """Handle the request, but send `response`, with these headers of the real response."""

    response: RespondWith
    kept_headers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TruncateResponse:
    """Handle the request, send the first `bytes_kept` bytes of the body, then close the connection."""

    bytes_kept: int


@dataclass(frozen=True, slots=True)
class Delay:
    """Wait until the event is set, then handle the request."""

    until: asyncio.Event


@dataclass(frozen=True, slots=True)
class Hang:
    """Never respond; the connection stays open until the client closes it."""


Fault = RespondWith | CloseBefore | CloseAfter | HandleThen | TruncateResponse | Delay | Hang
Matcher = str | Callable[[IncomingRequest], bool]
Hook = Callable[[IncomingRequest, Phase], Awaitable[None] | None]


class DropConnection(Exception):
    """Raised by an `on_request` hook to close the connection at once."""


@dataclass(slots=True)
class FaultRule:
    """Which requests get faults, which faults, and for how many more requests."""

    matcher: Matcher
    faults: tuple[Fault, ...]
    remaining: int
    use_count: int = 0

    def remove(self) -> None:
        """Remove the rule."""
        self.remaining = 0

    def matches(self, incoming: IncomingRequest) -> bool:
        """Return True if the rule applies to this request."""
        return self.matcher == incoming.method if isinstance(self.matcher, str) else self.matcher(incoming)

    def next_fault(self) -> Fault:
        """Return the fault for the next request and count the use."""
        answer = self.faults[self.use_count % len(self.faults)]
        self.use_count += 1
        self.remaining -= 1
        return answer


class Faults:
    """The faults of one fake server.

    Attributes:
        request_count: how many requests came so far.
        on_request: a hook that is called in each `Phase` of every request. It may be async, may add faults, and may
            raise `DropConnection`.
    """

    def __init__(self) -> None:
        self.request_count = 0
        self.on_request: Hook | None = None
        self._rules: list[FaultRule] = []

    def add(self, matcher: Matcher, *faults: Fault, times: int | None = None) -> FaultRule:
        """Apply `faults` to the next matching requests, in turn.

        Args:
            matcher: the method's name, or a predicate of the request.
            *faults: at least one fault.
            times: how many requests get a fault; by default each fault is used once.

        Raises:
            ValueError: no fault is given.
        """
        if not faults:
            raise ValueError("a fault needs at least one answer")
        rule = FaultRule(matcher, faults, len(faults) if times is None else times)
        self._rules.append(rule)
        return rule

    def clear(self) -> None:
        """Remove all rules."""
        for rule in self._rules:
            rule.remove()
        self._rules.clear()

    async def respond(
        self, method: str, params: Mapping[str, Any], handle: Callable[[], Awaitable[Response]]
    ) -> Response:
        """Respond to one request: by `handle`, unless a rule applies."""
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
        fault = self._next_fault(incoming)
        match fault:
            case RespondWith():
                return self._with_hook(incoming, fault.response())
            case CloseBefore():
                return Disconnect()
            case Hang():
                return NoResponse()
            case Delay(gate):
                await gate.wait()
        response = await handle()
        await self.call_hook(incoming, "handled")
        match fault:
            case CloseAfter():
                return Disconnect()
            case TruncateResponse(bytes_kept):
                return TruncatedResponse(response, bytes_kept)
            case HandleThen(reply, kept_headers):
                headers = {name: response.headers[name] for name in kept_headers if name in response.headers}
                response = reply.response()
                response.headers.update(headers)
        return self._with_hook(incoming, response)

    def _next_fault(self, incoming: IncomingRequest) -> Fault | None:
        self._rules = [rule for rule in self._rules if rule.remaining > 0]
        return next((rule.next_fault() for rule in self._rules if rule.matches(incoming)), None)

    async def call_hook(self, incoming: IncomingRequest, phase: Phase) -> None:
        """Call the hook, if there is one, and wait for it."""
        if self.on_request is not None:
            result = self.on_request(incoming, phase)
            if inspect.isawaitable(result):
                await result

    def _with_hook(self, incoming: IncomingRequest, response: Response) -> Response:
        return response if self.on_request is None else _HookedResponse(self, incoming, response)


class _HookedResponse(Response):
    """A response that calls the hook once it is sent."""

    def __init__(self, faults: Faults, incoming: IncomingRequest, response: Response) -> None:
        super().__init__()
        self._faults, self._incoming, self._response = faults, incoming, response

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._response(scope, receive, send)
        try:
            await self._faults.call_hook(self._incoming, "answered")
        except DropConnection:
            await disconnect(scope, receive)
