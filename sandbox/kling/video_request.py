"""A request's body, checked as the vendor's pages say."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.kling.codes import NOT_BASE64, KlingRefusal
from sandbox.kling.scenes import MODELS, OLDER_PAIRS, TWO_PHOTOS

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True, slots=True)
class KlingRequest:
    """A body that the service accepts.

    Attributes:
        scene: one of those that are offered.
        duration: seconds of video: 5 or 10.
        mode: `std` or `pro`; `std` where the scene knows none.
        photos: decoded; empty bytes where a web address stood.
        external_task_id: the caller's own id.
        callback_url: where each new status is told.
    """

    scene: str
    duration: int
    mode: str
    photos: list[bytes]
    external_task_id: str | None
    callback_url: str | None


def parse_body(body: Any, offered: Collection[str]) -> KlingRequest:
    """What `body` asks for.

    Raises:
        Refusal: it is no valid order.
    """
    if not isinstance(body, dict):
        raise KlingRefusal(1200)
    scene = _string(body, "effect_scene")
    if scene not in offered:
        raise _invalid(f"effect_scene value '{scene[:60]}' is invalid")
    wanted = body.get("input")
    if not isinstance(wanted, dict):
        raise _invalid("input is required")
    return KlingRequest(
        scene=scene,
        duration=_duration(scene, wanted),
        mode=_mode(scene, wanted),
        photos=_photos(scene, wanted),
        external_task_id=_string(body, "external_task_id") if "external_task_id" in body else None,
        callback_url=_callback_url(body),
    )


def _invalid(message: str) -> KlingRefusal:
    return KlingRefusal(1201, message)


def _string(body: dict[str, Any], field: str) -> str:
    value = body.get(field)
    if not isinstance(value, str) or not value:
        raise _invalid(f"{field} is required, and is a string")
    return value


def _duration(scene: str, wanted: dict[str, Any]) -> int:
    value = wanted.get("duration", "5")
    if value not in ({"5", "10"} if scene in OLDER_PAIRS else {"5"}):
        raise _invalid(f"duration value '{str(value)[:20]}' is invalid")
    return int(value)


def _mode(scene: str, wanted: dict[str, Any]) -> str:
    models = MODELS.get(scene)
    if models is None:
        given = {"model_name", "mode"} & wanted.keys()
        if given:
            raise _invalid(f"{min(given)} is not supported by the current effect")
        return "std"
    if wanted.get("model_name") not in models:
        raise _invalid("model_name value is invalid")
    mode = wanted.get("mode", "std")
    if mode not in {"std", "pro"}:
        raise _invalid("mode value is invalid")
    return str(mode)


def _photos(scene: str, wanted: dict[str, Any]) -> list[bytes]:
    if scene not in TWO_PHOTOS:
        return [_decode_photo(wanted.get("image"))]
    links = wanted.get("images")
    if not isinstance(links, list) or len(links) != 2:
        raise _invalid("images must contain exactly 2 pictures")
    return [_decode_photo(link) for link in links]


def _decode_photo(link: object) -> bytes:
    """The picture; a prefix like `data:image/jpeg;base64,` is not taken."""
    if not isinstance(link, str) or not link:
        raise _invalid("image is required, and is a string")
    if link.startswith(("https://", "http://")):
        return b""
    try:
        return base64.b64decode(link, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _invalid(NOT_BASE64) from error


def _callback_url(body: dict[str, Any]) -> str | None:
    """Where to call back; an empty string stands for nowhere, as in a reseller's example."""
    value = body.get("callback_url") or None
    if value is not None and (not isinstance(value, str) or not value.startswith(("https://", "http://"))):
        raise _invalid("callback_url value is invalid")
    return value
