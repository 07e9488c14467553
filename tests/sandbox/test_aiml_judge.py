from __future__ import annotations

from typing import Any

import pytest

from sandbox.aiml.models import SCENES
from sandbox.photos import photo
from tests.sandbox.aiml_desk import STANDARD, V2, animation, order, uri
from tests.third_party.aiml_openapi import check_body, vendor_schema


@pytest.mark.parametrize(
    "body",
    [
        order(),
        order("expansion", "cat", duration=10),
        order("hug", "ada", "ben"),
        animation(),
        animation("ada", "ben", duration=10, negative_prompt="blur", cfg_scale=0.5),
        animation(model=V2, cfg_scale=1),
    ],
)
def test_a_good_body_passes(body: dict[str, Any]) -> None:
    """A body in the form that the service documents is let through."""
    check_body(body)


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (order(duration="5"), "duration"),
        (order("hug", "ada"), "image_url"),
        (order("squish", "ada", "ben"), "image_url"),
        (order("moonwalk"), "effect_scene"),
        (order(prompt="nicely"), "prompt"),
        (order(image_url=uri(b"<svg/>" * 99)), "image_url"),
        (order(tail_image_url=uri(b"x" * 99)), "tail_image_url"),
        (animation(prompt=""), "prompt"),
        (animation(prompt="x" * 2501), "prompt"),
        (animation(cfg_scale=1.1), "cfg_scale"),
        (animation(duration="5"), "duration"),
        (animation(effect_scene="hug"), "effect_scene"),
        (animation("ada", "ben", model=V2), "tail_image_url"),
        (animation(image_url=[uri(photo("ada"))]), "image_url"),
        (order(image_url="https://api.telegram.org/file/bot1:secret/a.jpg"), "image_url"),
    ],
)
def test_a_bad_body_is_caught(body: dict[str, Any], where: str) -> None:
    """A body that the service or the project would not want is caught, and the field is named."""
    with pytest.raises(AssertionError, match=where):
        check_body(body)


def test_the_scenes_are_the_vendor_s() -> None:
    """The pretend service knows the scenes that the vendor's own file lists, in its order."""
    schema = vendor_schema(STANDARD)
    if schema is None:
        pytest.skip("the vendor's OpenAPI files are not at hand")
    assert schema["properties"]["effect_scene"]["enum"] == SCENES


@pytest.mark.parametrize("body", [animation("ada", "ben", negative_prompt="blur", cfg_scale=0), animation(model=V2)])
def test_the_vendor_knows_each_field_of_an_animation(body: dict[str, Any]) -> None:
    """Every field that an animation sends is one that the vendor's own file lists for its model."""
    schema = vendor_schema(body["model"])
    if schema is None:
        pytest.skip("the vendor's OpenAPI files are not at hand")
    assert set(body) <= set(schema["properties"])
