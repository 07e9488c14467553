"""The scenes that the service knows beyond the catalogue's, the models of its older scenes, and its prices."""

from __future__ import annotations

from typing import Final

from sandbox.services.scenes import Scene, scenes_of

OLD_TWO_PHOTO_SCENES: Final = frozenset({"hug", "kiss", "heart_gesture", "fight"})
"""Scenes of two people that Kling ended in January 2026. They require a model, take a mode, and may last 10 seconds."""

MODELS: Final = {scene: frozenset({"kling-v1", "kling-v1-5", "kling-v1-6"}) for scene in OLD_TWO_PHOTO_SCENES} | {
    "fight": frozenset({"kling-v1-6"})
}
"""The values of `model_name` that a scene takes. A scene that is not listed takes neither `model_name` nor `mode`."""

USD_PER_UNIT: Final = 0.14
_UNITS_PER_5_S: Final = {"std": 2.0, "pro": 3.5}


def known_scenes() -> dict[str, Scene]:
    """Return all scenes by their names: those of the catalogue and the older ones."""
    return {
        **scenes_of("kling"),
        **{name: Scene(name, 2, needs_faces=True, durations=(5, 10)) for name in OLD_TWO_PHOTO_SCENES},
    }


def units(mode: str, seconds: int) -> float:
    """Return the price of a video in units of a resource pack."""
    return _UNITS_PER_5_S[mode] * seconds / 5
