"""The parameters of a call, read alike from a query, a form, a multipart body or JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile

from sandbox.telegram.formats.errors import bad_request, too_large

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.requests import Request

MAX_UPLOAD_BYTES = 50 * 1024 * 1024
"""The largest file that a bot may upload (Bot API: Sending files)."""
_MAX_FORM_FIELD_BYTES = 1024 * 1024

INTEGER_FIELDS = frozenset(
    {
        "cache_time",
        "chat_id",
        "duration",
        "from_chat_id",
        "height",
        "length",
        "limit",
        "max_connections",
        "message_id",
        "message_thread_id",
        "offset",
        "reply_to_message_id",
        "start_timestamp",
        "timeout",
        "user_id",
        "width",
    }
)
"""The parameters that are integers, whichever method they belong to; `chat_id` may also be a @username."""

BOOLEAN_FIELDS = frozenset(
    {
        "allow_paid_broadcast",
        "allow_sending_without_reply",
        "disable_content_type_detection",
        "disable_notification",
        "disable_web_page_preview",
        "drop_pending_updates",
        "has_spoiler",
        "is_big",
        "is_personal",
        "protect_content",
        "remove_caption",
        "return_bots",
        "show_alert",
        "show_caption_above_media",
        "supports_streaming",
    }
)
"""The parameters that are Booleans."""

JSON_FIELDS = frozenset(
    {
        "allowed_updates",
        "button",
        "caption_entities",
        "commands",
        "entities",
        "link_preview_options",
        "media",
        "message_ids",
        "reaction",
        "reply_markup",
        "reply_parameters",
        "result",
        "results",
        "rights",
        "scope",
    }
)
"""The parameters that are objects or arrays; in a form they are JSON."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a call."""

    name: str
    size: int
    data: bytes = field(repr=False)


class Params:
    """The parameters of a call, with the types of the Bot API."""

    __slots__ = ("values",)

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values

    def get(self, name: str) -> Any:
        """Return the value, or None."""
        return self.values.get(name)

    def string(self, name: str) -> str:
        """Return a string, or "" if it is missing."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """Return an integer, or `default` if it is missing.

        Raises:
            ApiError: the value is not an integer.
        """
        value = self.values.get(name, default)
        if isinstance(value, int):
            return int(value)
        raise bad_request(f"wrong parameter {name} in request")

    def boolean(self, name: str) -> bool:
        """Return True if the parameter is true."""
        return self.values.get(name) is True

    def json(self, name: str) -> Any:
        """Return an object or an array, or None if it is missing.

        Raises:
            ApiError: the JSON can't be parsed.
        """
        value = self.values.get(name)
        if isinstance(value, str):
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object")
        return value


async def read_params(request: Request) -> Params:
    """Read the parameters of an HTTP request.

    Raises:
        ApiError: an upload is over `MAX_UPLOAD_BYTES`, or the body is not valid JSON.
    """
    values = _converted(request.query_params.multi_items()) if request.url.query else {}
    if request.method == "POST":
        kind = request.headers.get("content-type", "")
        if kind.startswith("multipart/"):
            values |= await _multipart_body(request)
        elif kind.startswith("application/json"):
            values |= _json_body(await request.body())
        else:
            values |= _converted(parse_qsl((await request.body()).decode(), keep_blank_values=True))
    return Params(values)


def _json_body(body: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(body or b"{}")
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    return {name: _convert(name, value) for name, value in parsed.items() if value is not None}


async def _multipart_body(request: Request) -> dict[str, Any]:
    if int(request.headers.get("content-length", "0")) > MAX_UPLOAD_BYTES + _MAX_FORM_FIELD_BYTES:
        async for _ in request.stream():
            pass
        raise too_large()
    values: dict[str, Any] = {}
    async with request.form(max_part_size=_MAX_FORM_FIELD_BYTES) as form:
        for name, part in form.multi_items():
            values[name] = await _upload(part) if isinstance(part, UploadFile) else _convert(name, part)
    return values


async def _upload(part: UploadFile) -> Upload:
    data = await part.read()
    if len(data) > MAX_UPLOAD_BYTES:
        raise too_large()
    return Upload(part.filename or "", len(data), data)


def _converted(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    return {name: _convert(name, value) for name, value in pairs}


def _convert(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if name in INTEGER_FIELDS:
        return int(value) if value.removeprefix("-").isdecimal() else value
    if name in BOOLEAN_FIELDS:
        return value.lower() in {"true", "1", "yes"}
    if name in JSON_FIELDS and value[:1] in {"{", "["}:
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
