"""A video service that rows still name though its key was taken away: it answers nothing, and takes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from video.services.protocol import Failure, FailureKind, Refused, Unanswered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from video.effects.prices import Price
    from video.services.protocol import SubmitRequest


class UnconfiguredService:
    """Stands in for a service without a key, as a `VideoService`; no request is ever made."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._detail = f"no key is set for {name}"

    async def submit(self, _request: SubmitRequest) -> Refused:
        """Refuse: nothing was sent."""
        return Refused(Failure(FailureKind.BAD_KEY, self._detail))

    async def poll(self, _service_job_id: str) -> Unanswered:
        """Nobody to ask, until the key is back."""
        return Unanswered(self._detail)

    async def find(self, _client_request_id: str, *, submitted_at: float) -> Unanswered:  # noqa: ARG002 -- the protocol's name
        """Nobody to ask, until the key is back."""
        return Unanswered(self._detail)

    async def balance(self) -> Refused:
        """There is no account."""
        return Refused(Failure(FailureKind.BAD_KEY, self._detail))

    async def prices(self) -> Mapping[str, Price]:
        """Nobody to ask."""
        return {}

    async def aclose(self) -> None:
        """Nothing is open."""
