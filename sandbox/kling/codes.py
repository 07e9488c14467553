"""The service's refusals: its own code, the HTTP status that goes with it, and a message."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from sandbox.http.faults import RespondWith
from sandbox.services import refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

# Only the messages of 1201 and 1303 have been observed; the others paraphrase the vendor's list.
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


class KlingRefusal(refusal.Refusal):
    """A refusal with one of the codes above, and the code's usual message unless another is given."""

    def fault(self, headers: Mapping[str, str] | None = None) -> RespondWith:
        """Return the same refusal as a fault on request."""
        return RespondWith(http_status(self), json=error_body(self), headers=headers or {})


def http_status(refusal: refusal.Refusal) -> int:
    """Return the HTTP status of a refusal."""
    return CODES[refusal.code][0]


def error_body(refusal: refusal.Refusal, *, string_code: bool = False) -> dict[str, Any]:
    """Return the body of a refusal, which has no `data`.

    With `string_code` the code is a string, as some resellers write it.
    """
    code = str(refusal.code) if string_code else refusal.code
    return {"code": code, "message": refusal.message or CODES[refusal.code][1], "request_id": str(uuid4())}


def gateway_error(status: int, message: str, code: str) -> RespondWith:
    """Return an error of the gateway in front of the service, in the usual form of such gateways."""
    return RespondWith(status, json={"error": {"message": message, "type": "gateway_error", "param": "", "code": code}})


def wrapped_in_message(
    refusal: refusal.Refusal, *, status: int | None = None, word: str = "fail_to_fetch_task"
) -> RespondWith:
    """Return a refusal as gateways pass it on: the service's own, as JSON, in the `message` of theirs.

    `status` is the HTTP status if it is not the service's own, `word` the gateway's code.
    """
    inner = json.dumps(error_body(refusal), ensure_ascii=False)
    return RespondWith(status or http_status(refusal), json={"code": word, "message": inner, "data": None})
