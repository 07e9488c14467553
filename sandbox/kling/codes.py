"""The service's refusals: a code of its own, the HTTP status that goes with it, and a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from starlette.responses import JSONResponse

from sandbox.faults import Reply

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

# Only the sentences of 1201 and 1303 have been seen; the others stand in for what the vendor's list says.
CODES: Final = {
    1000: (401, "Authentication failed"),
    1001: (401, "Authorization is empty"),
    1002: (401, "Authorization is invalid"),
    1003: (401, "Authorization is not yet valid"),
    1004: (401, "Authorization has expired"),
    1100: (429, "Account exception"),
    1101: (429, "Account in arrears"),
    1102: (429, "resource pack exhausted"),
    1103: (403, "Unauthorized access to the requested resource"),
    1200: (400, "Invalid request parameters"),
    1201: (400, "Invalid parameters"),
    1202: (404, "The requested method is invalid"),
    1203: (404, "The requested resource does not exist"),
    1300: (400, "Trigger strategy of the platform"),
    1301: (400, "Trigger the content security policy of the platform"),
    1302: (429, "The API request is too fast"),
    1303: (429, "parallel task over resource pack limit"),
    1304: (429, "Trigger the IP whitelisting policy"),
    5000: (500, "Server internal error"),
    5001: (503, "Server temporarily unavailable, usually due to maintenance"),
    5002: (504, "Server internal timeout, usually due to a backlog"),
}
NOT_BASE64: Final = "File is not in a valid base64 format"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A code, and the sentence that goes with it unless another is given."""

    code: int
    message: str = ""

    @property
    def status(self) -> int:
        """Of HTTP."""
        return CODES[self.code][0]

    def document(self, *, as_words: bool = False) -> dict[str, Any]:
        """The envelope, without `data`; `as_words`: its code is a string, as some resellers write it."""
        code = str(self.code) if as_words else self.code
        return {"code": code, "message": self.message or CODES[self.code][1], "request_id": str(uuid4())}

    def response(self, *, as_words: bool = False) -> Response:
        """The answer."""
        return JSONResponse(self.document(as_words=as_words), self.status)

    def reply(self, headers: Mapping[str, str] | None = None) -> Reply:
        """The same as a fault on request."""
        return Reply(self.status, json=self.document(), headers=headers or {})


def gateway(status: int, message: str, word: str) -> Reply:
    """A refusal by the gateway in front of the service, in the form that such gateways have."""
    return Reply(status, json={"error": {"message": message, "type": "gateway_error", "param": "", "code": word}})
