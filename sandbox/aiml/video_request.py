"""The body of a submit, checked against the vendor's schema."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Any, Final

from sandbox.aiml.models import IMAGE_TO_VIDEO_MODELS, IMAGE_TO_VIDEO_SCENE, USD_PER_SECOND
from sandbox.services.refusal import Refusal
from sandbox.services.scenes import scenes_of

_DATA_URI: Final = re.compile(r"data:(?P<type>[\w.+-]+/[\w.+-]+);base64,")


@dataclass(frozen=True, slots=True)
class AimlRequest:
    """A body that the service accepts.

    Attributes:
        model: one of the service's models.
        scene: one of the service's scenes, or `IMAGE_TO_VIDEO_SCENE`.
        duration: the length of the video: 5 or 10 seconds.
        image_urls: the photos as they were sent: data URIs or web URLs.
        photos: the decoded data URIs; empty bytes for a web URL.
        prompt: what should happen; None for an effect.
    """

    model: str
    scene: str
    duration: int
    image_urls: list[str]
    photos: list[bytes]
    prompt: str | None = None


def parse_body(body: Any) -> AimlRequest:
    """Return what `body` asks for. It is the parsed JSON, or the raw bytes if they are not JSON.

    Raises:
        Refusal: the body breaks the schema; the message names the field.
    """
    if isinstance(body, bytes):
        raise _invalid("The body is not valid JSON")
    if not isinstance(body, dict):
        raise _invalid("Expected object")
    _require(body, "model", "image_url")
    model = _enum_value("model", body["model"], tuple(USD_PER_SECOND))
    return _image_to_video_request(body, model) if model in IMAGE_TO_VIDEO_MODELS else _effect_request(body, model)


def _invalid(message: str) -> Refusal:
    return Refusal(400, f"Body validation error. {message}")


def _effect_request(body: dict[str, Any], model: str) -> AimlRequest:
    _require(body, "effect_scene")
    scenes = scenes_of("aiml")
    scene = scenes[_enum_value("effect_scene", body["effect_scene"], tuple(scenes))]
    urls = _image_urls(body["image_url"])
    if len(urls) != scene.photos:
        raise _invalid(f"image_url: Array must contain exactly {scene.photos} element(s)")
    photos = [_decode_photo("image_url", url) for url in urls]
    return AimlRequest(model, scene.name, _duration(body), urls, photos)


def _image_to_video_request(body: dict[str, Any], model: str) -> AimlRequest:
    """Parse a body for an image-to-video model. Fields that the model's schema does not have are ignored."""
    fields = ["image_url"]
    if model == IMAGE_TO_VIDEO_MODELS[0] and "tail_image_url" in body:
        fields.append("tail_image_url")
    urls = [_string(body, field) for field in fields]
    photos = [_decode_photo(field, url) for field, url in zip(fields, urls, strict=True)]
    prompt = _string(body, "prompt", "")
    _string(body, "negative_prompt", "")
    _check_fraction(body, "cfg_scale")
    return AimlRequest(model, IMAGE_TO_VIDEO_SCENE, _duration(body), urls, photos, prompt)


def _require(body: dict[str, Any], *fields: str) -> None:
    missing = [field for field in fields if field not in body]
    if missing:
        raise _invalid(f"{missing[0]}: Required")


def _string(body: dict[str, Any], field: str, default: str | None = None) -> str:
    value = body.get(field, default)
    if not isinstance(value, str):
        raise _invalid(f"{field}: Expected string, received {_json_type(value)}")
    return value


def _check_fraction(body: dict[str, Any], field: str) -> None:
    """Check a number from 0 to 1, if the field is there."""
    value = body.get(field, 0)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _invalid(f"{field}: Expected number, received {_json_type(value)}")
    if not value >= 0:
        raise _invalid(f"{field}: Number must be greater than or equal to 0")
    if not value <= 1:
        raise _invalid(f"{field}: Number must be less than or equal to 1")


def _json_type(value: Any) -> str:
    """Return JavaScript's name for the type of a value."""
    names = {bool: "boolean", int: "number", float: "number", list: "array", dict: "object", type(None): "null"}
    return names.get(type(value), "string")


def _enum_value(field: str, value: Any, allowed: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in allowed:
        expected = " | ".join(f"'{name}'" for name in allowed)
        raise _invalid(f"{field}: Invalid enum value. Expected {expected}, received '{str(value)[:80]}'")
    return value


def _duration(body: dict[str, Any]) -> int:
    value = body.get("duration", 5)
    if isinstance(value, bool) or not isinstance(value, int):
        raise _invalid(f"duration: Expected number, received {_json_type(value)}")
    if value not in (5, 10):
        raise _invalid(f"duration: Invalid enum value. Expected 5 | 10, received '{value}'")
    return value


def _image_urls(value: Any) -> list[str]:
    urls = value if isinstance(value, list) else [value]
    if not all(isinstance(link, str) for link in urls):
        raise _invalid("image_url: Expected string")
    return urls


def _decode_photo(field: str, url: str) -> bytes:
    if url.startswith(("https://", "http://")):
        return b""
    match = _DATA_URI.match(url)
    if match is None:
        raise _invalid(f"{field}: Invalid url")
    try:
        return base64.b64decode(memoryview(url.encode("ascii"))[match.end() :], validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise _invalid(f"{field}: Invalid url") from error
