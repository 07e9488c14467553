"""The body of a submit, checked as the vendor's documentation says."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.kling.codes import NOT_BASE64, KlingRefusal
from sandbox.kling.scenes import MODELS, known_scenes

if TYPE_CHECKING:
    from collections.abc import Collection

    from sandbox.services.scenes import Scene


@dataclass(frozen=True, slots=True)
class KlingRequest:
    """A body that the service accepts.

    Attributes:
        scene: one of the scenes that are offered.
        duration: the length of the video: 5 or 10 seconds.
        mode: `std` or `pro`; `std` for a scene without modes.
        photos: the decoded photos; empty bytes for a web URL.
        external_task_id: the client's own id.
        callback_url: where each new status is sent.
    """

    scene: str
    duration: int
    mode: str
    photos: list[bytes]
    external_task_id: str | None
    callback_url: str | None


def parse_body(body: Any, offered: Collection[str]) -> KlingRequest:
    """Return what `body` asks for.

    Raises:
        KlingRefusal: the body is invalid.
    """
    if not isinstance(body, dict):
        raise KlingRefusal(1200)
    name = _string(body, "effect_scene")
    scene = known_scenes().get(name) if name in offered else None
    if scene is None:
        raise _invalid(f"effect_scene value '{name[:60]}' is invalid")
    fields = body.get("input")
    if not isinstance(fields, dict):
        raise _invalid("input is required")
    return KlingRequest(
        scene=name,
        duration=_duration(scene, fields),
        mode=_mode(name, fields),
        photos=_photos(scene, fields),
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


def _duration(scene: Scene, fields: dict[str, Any]) -> int:
    value = fields.get("duration", "5")
    if value not in map(str, scene.durations):
        raise _invalid(f"duration value '{str(value)[:20]}' is invalid")
    return int(value)


def _mode(scene_name: str, fields: dict[str, Any]) -> str:
    models = MODELS.get(scene_name)
    if models is None:
        given = {"model_name", "mode"} & fields.keys()
        if given:
            raise _invalid(f"{min(given)} is not supported by the current effect")
        return "std"
    if fields.get("model_name") not in models:
        raise _invalid("model_name value is invalid")
    mode = fields.get("mode", "std")
    if mode not in {"std", "pro"}:
        raise _invalid("mode value is invalid")
    return str(mode)


def _photos(scene: Scene, fields: dict[str, Any]) -> list[bytes]:
    if scene.photos == 1:
        return [_decode_photo(fields.get("image"))]
    images = fields.get("images")
    if not isinstance(images, list) or len(images) != 2:
        raise _invalid("images must contain exactly 2 pictures")
    return [_decode_photo(image) for image in images]


def _decode_photo(image: object) -> bytes:
    """Return the bytes of a photo; a prefix like `data:image/jpeg;base64,` is refused."""
    if not isinstance(image, str) or not image:
        raise _invalid("image is required, and is a string")
    if image.startswith(("https://", "http://")):
        return b""
    try:
        return base64.b64decode(image, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _invalid(NOT_BASE64) from error


def _callback_url(body: dict[str, Any]) -> str | None:
    """Return the callback URL, or None. An empty string means none, as in a reseller's example."""
    value = body.get("callback_url") or None
    if value is not None and (not isinstance(value, str) or not value.startswith(("https://", "http://"))):
        raise _invalid("callback_url value is invalid")
    return value
