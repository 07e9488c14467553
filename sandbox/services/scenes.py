"""The scenes that a video service offers, as the catalogue's data files list them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Scene:
    """One scene of a service.

    Attributes:
        name: the service's name of the scene.
        photos: how many photos it takes: 1 or 2.
        needs_faces: whether each photo must show a face.
        durations: the lengths that the video may have, in seconds.
    """

    name: str
    photos: int
    needs_faces: bool
    durations: tuple[int, ...]


@cache
def scenes_of(service: str, folder: Path | None = None) -> dict[str, Scene]:
    """Return the scenes of a service by their names, in the order of the files.

    Args:
        service: the key of the service's table in each effect: `FakeVideoService.name`.
        folder: the folder of the catalogue's TOML files; by default the one that comes with the bot.
    """
    scenes: dict[str, Scene] = {}
    for path in sorted((folder or _catalogue_folder()).glob("*.toml")):
        for effect in tomllib.loads(path.read_text("utf-8")).get("effects", {}).values():
            if service in effect and not effect.get("prompt"):
                scene, photos = effect[service], effect.get("photos", 1)
                # The vendors document the error about faces for scenes of two people only.
                faces = photos == 2 and effect.get("faces", False)
                durations = tuple(scene.get("durations", (5,)))
                scenes[scene["scene"]] = Scene(scene["scene"], photos, faces, durations)
    return scenes


def _catalogue_folder() -> Path:
    """Find the data files of the `video` package without importing its code.

    Raises:
        FileNotFoundError: the package is not installed.
    """
    package = find_spec("video")
    if package is None or not package.submodule_search_locations:
        raise FileNotFoundError("the catalogue of effects is not installed beside the sandbox")
    return Path(package.submodule_search_locations[0]) / "catalogue"
