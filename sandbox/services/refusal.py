"""A pretend service's clear no."""

from __future__ import annotations


class Refusal(Exception):
    """Raised wherever a request is judged; the service answers it in its own form (`PretendService.refusal`).

    Attributes:
        code: an HTTP status, or the service's own number.
        message: the sentence that goes with it; empty for the one that the service usually says.
    """

    def __init__(self, code: int, message: str = "") -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
