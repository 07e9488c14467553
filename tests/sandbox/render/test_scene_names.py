from __future__ import annotations

import pytest

from sandbox.photos import photo
from sandbox.render import render

ADA, BEN = photo("ada"), photo("ben")


@pytest.mark.parametrize(("newer", "known"), [("hug_pro", "hug"), ("fight_pro", "fight"), ("eternal_kiss", "kiss")])
def test_a_newer_name_is_the_same_video(newer: str, known: str) -> None:
    """A scene that the service has renamed is rendered as before."""
    assert render(newer, [ADA, BEN], fast=True) == render(known, [ADA, BEN], fast=True)


def test_two_photos_of_any_scene_are_both_seen() -> None:
    """A scene of two photos without a drawing of its own shows both photos."""
    assert render("cheers_2026", [ADA, BEN], fast=True) != render("cheers_2026", [ADA, ADA], fast=True)
