"""Stands in for a video service whose key was taken away while jobs in the database still name it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from video.services.protocol import Failure, FailureKind, Refused, Unanswered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from video.effects.prices import Price
    from video.services.protocol import SubmitRequest


class UnconfiguredService:
    """A `VideoService` without a key. It makes no request: it refuses every submit, and answers no question."""

    account = ""

    def __init__(self, name: str) -> None:
        self.name = name
        self._detail = f"no key is set for {name}"

    @property
    def clock_skew(self) -> None:
        """Not known: no request is made."""
        return None

    async def submit(self, _request: SubmitRequest) -> Refused:
        """Refuse: nothing was sent."""
        return Refused(Failure(FailureKind.BAD_KEY, self._detail))

    async def poll(self, _service_job_id: str) -> Unanswered:
        """Tell nothing until the key is back."""
        return Unanswered(self._detail)

    async def find(self, _client_request_id: str, *, submitted_at: float) -> Unanswered:  # noqa: ARG002 -- the protocol's name
        """Tell nothing until the key is back."""
        return Unanswered(self._detail)

    async def balance(self) -> Refused:
        """Refuse: there is no account."""
        return Refused(Failure(FailureKind.BAD_KEY, self._detail))

    async def prices(self) -> Mapping[str, Price]:
        """Return no prices."""
        return {}

    async def aclose(self) -> None:
        """Do nothing: no connection is open."""
