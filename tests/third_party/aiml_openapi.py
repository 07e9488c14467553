"""Judges the bodies that the project sends to the AIML service.

Each is held against the project's own model of them, and against the vendor's OpenAPI files where they are
at hand: in the folder that AIML_OPENAPI_DIR names, or in ../shared/contracts/aiml beside the project.
"""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator, Draft202012Validator

from sandbox.services.scenes import scenes_of

_PROJECT = Path(__file__).parents[2]
_OWN = _PROJECT / "tests" / "sandbox" / "services" / "aiml_request.schema.json"
_VENDOR_FILES = {
    "klingai/kling-video-v1.6-standard-effects": "v1.6-standard-effects.json",
    "klingai/kling-video-v1.6-pro-effects": "v1.6-pro-effects.json",
    "kling-video/v1.6/pro/image-to-video": "v1.6-pro-image-to-video.json",
    "klingai/v2-master-image-to-video": "v2-master-image-to-video.json",
}


def check_body(body: dict[str, Any]) -> None:
    """Pass if `body` is one that the service documents and the project means to send.

    Raises:
        AssertionError: it is not; the message says where, without the photos.
    """
    _hold_against(Draft202012Validator(_own()), body, "the project's model")
    vendor = vendor_schema(body["model"])
    if vendor is not None:
        _hold_against(Draft7Validator(vendor), body, "the vendor's OpenAPI file")


def vendor_schema(model: str) -> dict[str, Any] | None:
    """The vendor's schema of the body for `model`; None where the vendor's files are not at hand."""
    path = vendor_folder() / _VENDOR_FILES[model]
    return _vendor(path) if path.exists() else None


def vendor_folder() -> Path:
    """Where the vendor's files are looked for."""
    return Path(os.environ.get("AIML_OPENAPI_DIR") or _PROJECT.parent / "shared" / "contracts" / "aiml")


@cache
def _own() -> dict[str, Any]:
    """Return the project's model of the body, with the catalogue's scenes filled in."""
    schema: dict[str, Any] = json.loads(_OWN.read_text())
    scenes = scenes_of("aiml").values()
    schema["properties"]["effect_scene"]["enum"] = [scene.name for scene in scenes]
    two_photos = schema["$defs"]["effect"]["if"]["properties"]["effect_scene"]
    two_photos["enum"] = [scene.name for scene in scenes if scene.photos == 2]
    return schema


@cache
def _vendor(path: Path) -> dict[str, Any]:
    post = json.loads(path.read_text())["paths"]["/v2/video/generations"]["post"]
    schema: dict[str, Any] = post["requestBody"]["content"]["application/json"]["schema"]
    return schema


def _hold_against(validator: Draft7Validator | Draft202012Validator, body: dict[str, Any], name: str) -> None:
    faults = [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(body)]
    if faults:
        raise AssertionError(f"the body breaks {name}: " + "; ".join(faults))
