"""The refusal of a request."""

from __future__ import annotations


class Refusal(Exception):
    """Raised when a request is refused; `FakeVideoService.refusal_response` puts it into the service's form.

    Attributes:
        code: an HTTP status, or the service's own code.
        message: the message, or empty for the usual message of the code.
    """

    def __init__(self, code: int, message: str = "") -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
