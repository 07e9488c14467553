from __future__ import annotations

from typing import Any

import pytest

from sandbox.photos import photo
from sandbox.services.scenes import scenes_of
from tests.sandbox.services.aiml_client import STANDARD, V2, data_uri, effect_body, image_to_video_body
from tests.third_party.aiml_openapi import check_body, vendor_schema


@pytest.mark.parametrize(
    "body",
    [
        effect_body(),
        effect_body("expansion", "cat", duration=10),
        effect_body("hug", "ada", "ben"),
        image_to_video_body(),
        image_to_video_body("ada", "ben", duration=10, negative_prompt="blur", cfg_scale=0.5),
        image_to_video_body(model=V2, cfg_scale=1),
    ],
)
def test_a_good_body_passes(body: dict[str, Any]) -> None:
    """A body in the documented form passes."""
    check_body(body)


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (effect_body(duration="5"), "duration"),
        (effect_body("hug", "ada"), "image_url"),
        (effect_body("squish", "ada", "ben"), "image_url"),
        (effect_body("moonwalk"), "effect_scene"),
        (effect_body(prompt="nicely"), "prompt"),
        (effect_body(image_url=data_uri(b"<svg/>" * 99)), "image_url"),
        (effect_body(tail_image_url=data_uri(b"x" * 99)), "tail_image_url"),
        (image_to_video_body(prompt=""), "prompt"),
        (image_to_video_body(prompt="x" * 2501), "prompt"),
        (image_to_video_body(cfg_scale=1.1), "cfg_scale"),
        (image_to_video_body(duration="5"), "duration"),
        (image_to_video_body(effect_scene="hug"), "effect_scene"),
        (image_to_video_body("ada", "ben", model=V2), "tail_image_url"),
        (image_to_video_body(image_url=[data_uri(photo("ada"))]), "image_url"),
        (effect_body(image_url="https://api.telegram.org/file/bot1:secret/a.jpg"), "image_url"),
    ],
)
def test_a_bad_body_is_caught(body: dict[str, Any], where: str) -> None:
    """A body that the service or the project does not want is caught, and the field is named."""
    with pytest.raises(AssertionError, match=where):
        check_body(body)


def test_the_scenes_are_the_vendors() -> None:
    """The fake service has the scenes that the vendor's own file lists."""
    schema = vendor_schema(STANDARD)
    if schema is None:
        pytest.skip("the vendor's OpenAPI files are not at hand")
    assert set(schema["properties"]["effect_scene"]["enum"]) == set(scenes_of("aiml"))


@pytest.mark.parametrize(
    "body", [image_to_video_body("ada", "ben", negative_prompt="blur", cfg_scale=0), image_to_video_body(model=V2)]
)
def test_the_vendor_knows_each_field_of_an_animation(body: dict[str, Any]) -> None:
    """Every field of an image-to-video body is one that the vendor's own file lists for its model."""
    schema = vendor_schema(body["model"])
    if schema is None:
        pytest.skip("the vendor's OpenAPI files are not at hand")
    assert set(body) <= set(schema["properties"])
