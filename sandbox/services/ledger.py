"""What a pretend service charged."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Charge:
    """One line of the bill.

    Attributes:
        generation_id: the job's id at the service.
        client_request_id: the caller's own id of the request, if it sent one.
        usd: US dollars.
        at: Unix time in seconds.
    """

    generation_id: str
    client_request_id: str | None
    usd: float
    at: float
