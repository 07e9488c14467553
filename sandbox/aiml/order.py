"""A request's body, checked by the vendor's schema."""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from typing import Any, Final

from sandbox.aiml.refusals import Refusal
from sandbox.aiml.scenes import SCENES, TWO_PHOTOS, USD_PER_SECOND

_DATA_URI: Final = re.compile(r"data:(?P<type>[\w.+-]+/[\w.+-]+);base64,")
_FIELDS: Final = ("model", "image_url", "effect_scene")


class BodyError(Exception):
    """The body breaks the schema; the argument says where."""

    @property
    def refusal(self) -> Refusal:
        """The answer to such a body."""
        return Refusal(400, f"Body validation error. {self}")


@dataclass(frozen=True, slots=True)
class Order:
    """A body that the service accepts.

    Attributes:
        model: one of the two.
        scene: one of the 80.
        duration: seconds of video: 5 or 10.
        links: the photos as they came: data URIs or web addresses.
        photos: the decoded data URIs; empty bytes where a web address stood.
    """

    model: str
    scene: str
    duration: int
    links: list[str]
    photos: list[bytes]


def decode(raw: bytes) -> dict[str, Any]:
    """The JSON object in `raw`.

    Raises:
        BodyError: it is none.
    """
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise BodyError("The body is not valid JSON") from error
    if not isinstance(body, dict):
        raise BodyError("Expected object")
    return body


def read(body: dict[str, Any]) -> Order:
    """What `body` asks for.

    Raises:
        BodyError: it breaks the schema.
    """
    missing = [field for field in _FIELDS if field not in body]
    if missing:
        raise BodyError(f"{missing[0]}: Required")
    model = _one_of("model", body["model"], tuple(USD_PER_SECOND))
    scene = _one_of("effect_scene", body["effect_scene"], tuple(SCENES))
    links = _links(body["image_url"])
    wanted = 2 if scene in TWO_PHOTOS else 1
    if len(links) != wanted:
        raise BodyError(f"image_url: Array must contain exactly {wanted} element(s)")
    return Order(model, scene, _duration(body.get("duration", 5)), links, [_photo(link) for link in links])


def _one_of(field: str, value: Any, allowed: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in allowed:
        expected = " | ".join(f"'{name}'" for name in allowed)
        raise BodyError(f"{field}: Invalid enum value. Expected {expected}, received '{str(value)[:80]}'")
    return value


def _duration(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise BodyError(f"duration: Expected number, received {type(value).__name__}")
    if value not in (5, 10):
        raise BodyError(f"duration: Invalid enum value. Expected 5 | 10, received '{value}'")
    return value


def _links(value: Any) -> list[str]:
    links = value if isinstance(value, list) else [value]
    if not all(isinstance(link, str) for link in links):
        raise BodyError("image_url: Expected string")
    return links


def _photo(link: str) -> bytes:
    if link.startswith(("https://", "http://")):
        return b""
    match = _DATA_URI.match(link)
    if match is None:
        raise BodyError("image_url: Invalid url")
    try:
        return base64.b64decode(memoryview(link.encode("ascii"))[match.end() :], validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise BodyError("image_url: Invalid url") from error
