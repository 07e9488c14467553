"""Image-to-video: the camera moves over the first photo, and fades to the last frame if there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageOps

from sandbox.render.canvas import Texture, load, pixel_centres, smoothstep
from sandbox.render.framing import frame_size

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sandbox.render.canvas import Field, Pixels

_MIN_VISIBLE = 0.66
"""How much of the photo's width is visible when the camera is nearest."""
_DRIFT = (0.2, -0.16)
"""How far the camera has moved by then, right and up: fractions of half of the photo's width and height."""
_FADE = (0.34, 0.66)
"""When the cross-fade begins and ends: times in the video, 0 to 1."""
_FADE_ZOOM = 0.5
"""The zoom at which the two photos meet."""


def image_to_video(photos: Sequence[bytes], longest: int) -> Callable[[float], Image.Image]:
    """Return the frames of the first photo; of two photos, the video ends on the last. The first one sets the shape."""
    pictures = [load(photo) for photo in photos[:2]]
    size = frame_size(pictures[0], longest)
    twice = (2 * size[0], 2 * size[1])
    fabrics = [Texture(ImageOps.fit(picture, twice), longest=max(twice)) for picture in pictures]
    x, y = pixel_centres(size)
    u, v = 2 * x / np.float32(size[0]) - 1, 2 * y / np.float32(size[1]) - 1

    def frame(at: float) -> Image.Image:
        if len(fabrics) == 1:
            return _image(_camera_view(fabrics[0], u, v, smoothstep(at, 0, 1)))
        along, faded = smoothstep(at, 0, 1), smoothstep(at, *_FADE)
        first = _camera_view(fabrics[0], u, v, min(along, _FADE_ZOOM))
        last = _camera_view(fabrics[1], u, v, min(1 - along, _FADE_ZOOM))
        return _image((first * (1 - faded) + last * faded).astype(np.uint8))

    return frame


def _camera_view(fabric: Texture, u: Field, v: Field, zoom: float) -> Pixels:
    """Return what the camera sees; `zoom` is 0 (all of the photo) to 1 (nearest)."""
    part = np.float32(1 - (1 - _MIN_VISIBLE) * zoom)
    return fabric.sample(u * part + np.float32(_DRIFT[0] * zoom), v * part + np.float32(_DRIFT[1] * zoom))


def _image(pixels: Pixels) -> Image.Image:
    return Image.fromarray(pixels).convert("RGBA")
