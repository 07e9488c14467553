"""A photo set in motion: the camera travels over it, and fades to the last frame where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageOps

from sandbox.render.canvas import Fabric, grid, load, pulse
from sandbox.render.framing import frame_size

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sandbox.render.canvas import Field, Pixels

_CLOSEST = 0.66
"""How much of the photo's width is seen when the camera is nearest."""
_ASIDE = (0.2, -0.16)
"""How far the camera has travelled by then, to the right and up: parts of the photo's half width and height."""
_FADE = (0.34, 0.66)
"""When the cross-fade begins and ends: moments of the video, 0 to 1."""
_MET = 0.5
"""How near the camera is when two photos meet."""


def journey(photos: Sequence[bytes], longest: int) -> Callable[[float], Image.Image]:
    """The first photo; then, of two, the last one, on which the video ends. Their shape is the first one's."""
    pictures = [load(photo) for photo in photos[:2]]
    size = frame_size(pictures[0], longest)
    twice = (2 * size[0], 2 * size[1])
    fabrics = [Fabric(ImageOps.fit(picture, twice), longest=max(twice)) for picture in pictures]
    x, y = grid(size)
    u, v = 2 * x / np.float32(size[0]) - 1, 2 * y / np.float32(size[1]) - 1

    def frame(at: float) -> Image.Image:
        if len(fabrics) == 1:
            return _image(_seen(fabrics[0], u, v, pulse(at, 0, 1)))
        along, faded = pulse(at, 0, 1), pulse(at, *_FADE)
        first = _seen(fabrics[0], u, v, min(along, _MET))
        last = _seen(fabrics[1], u, v, min(1 - along, _MET))
        return _image((first * (1 - faded) + last * faded).astype(np.uint8))

    return frame


def _seen(fabric: Fabric, u: Field, v: Field, near: float) -> Pixels:
    """What the camera sees on its way: `near` is 0 (all of the photo) to 1 (the nearest)."""
    part = np.float32(1 - (1 - _CLOSEST) * near)
    return fabric.at(u * part + np.float32(_ASIDE[0] * near), v * part + np.float32(_ASIDE[1] * near))


def _image(pixels: Pixels) -> Image.Image:
    return Image.fromarray(pixels).convert("RGBA")
