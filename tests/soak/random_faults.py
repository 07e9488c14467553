"""Random faults of the fake services: requests are refused, lost, or answered with half a body."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from sandbox.aiml import FakeAiml
from sandbox.http.faults import FOREVER, CloseAfter, CloseBefore, HandleThen, RespondWith, TruncateResponse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

    from sandbox.environment import Sandbox
    from sandbox.http.faults import Fault, Faults, IncomingRequest

_FILES = frozenset({"file", "GET /files"})
_NONSENSE = "half a JSON"  # of a file it would be the content
_BAD_GATEWAY = b"<html>Bad Gateway</html>"


def _refused(code: int, description: str, **parameters: int) -> RespondWith:
    return RespondWith(code, {"ok": False, "error_code": code, "description": description, "parameters": parameters})


_OF_TELEGRAM: Mapping[str, Fault] = {
    "closed before": CloseBefore(),
    "answer lost": CloseAfter(),
    "429": _refused(429, "Too Many Requests: retry after 1", retry_after=1),
    "500": _refused(500, "Internal Server Error"),
    "502": RespondWith(502, body=_BAD_GATEWAY),
    "502 though done": HandleThen(RespondWith(502, body=_BAD_GATEWAY)),
    "cut": TruncateResponse(20),
    _NONSENSE: HandleThen(RespondWith(200, body=b'{"ok":true,"resu')),
}
_OF_AIML: Mapping[str, Fault] = {
    "closed before": CloseBefore(),
    "answer lost": CloseAfter(),
    "429": RespondWith(429, {"message": "Too Many Requests", "statusCode": 429}, headers={"Retry-After": "1"}),
    "500": RespondWith(500, {"message": "Internal server error", "statusCode": 500}),
    "502 though done": HandleThen(RespondWith(502, body=_BAD_GATEWAY)),
    "503": RespondWith(503, {"message": "Service Unavailable", "statusCode": 503}, headers={"Retry-After": "1"}),
    "cut": TruncateResponse(20),
    _NONSENSE: HandleThen(RespondWith(200, body=b'{"id":"')),
}


class RandomFaults:
    """The faults of one run, until `end` is called.

    Attributes:
        counts: how many requests had a fault, by its kind.
    """

    def __init__(self, sandbox: Sandbox, random: Random, share: float) -> None:
        """Let this share of all requests have a fault."""
        self.counts: Counter[str] = Counter()
        self._random = random
        self._share = share
        self._faults = (sandbox.telegram.faults, sandbox.service(FakeAiml).faults)
        for faults, answers in zip(self._faults, (_OF_TELEGRAM, _OF_AIML), strict=True):
            _FaultSource(self, faults, answers)

    def end(self) -> None:
        """Answer every request properly from now on."""
        for faults in self._faults:
            faults.clear()

    def draw(self, incoming: IncomingRequest, kinds: list[str]) -> str | None:
        """Return the kind of fault for this request, or None."""
        if self._random.random() >= self._share:
            return None
        if incoming.method in _FILES:
            kinds = [kind for kind in kinds if kind != _NONSENSE]
        return self._random.choice(kinds)


class _FaultSource:
    """Draws the fault of each request to one service once, while that service's rules are tried in turn."""

    def __init__(self, storm: RandomFaults, faults: Faults, answers: Mapping[str, Fault]) -> None:
        self._storm = storm
        self._kinds = list(answers)
        self._number = 0
        self._struck: str | None = None
        for kind, answer in answers.items():
            faults.add(partial(self._hits, kind), answer, times=FOREVER)

    def _hits(self, kind: str, incoming: IncomingRequest) -> bool:
        if incoming.number != self._number:
            self._number = incoming.number
            self._struck = self._storm.draw(incoming, self._kinds)
            self._storm.counts.update([self._struck] if self._struck else [])
        return kind == self._struck
