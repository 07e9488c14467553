"""All other scenes: one of six simple camera moves over the photo, always the same for the same scene."""

from __future__ import annotations

import math
import zlib
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from sandbox.render.canvas import Texture, load, pixel_centres, smoothstep
from sandbox.render.framing import frame_size

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sandbox.render.canvas import Field

    Warp = Callable[[Field, Field, float], tuple[Field, Field]]
    """From each pixel's place (-1 to 1 in both directions) and the moment (0 to 1) to the place shown there."""


def _zoom(u: Field, v: Field, at: float) -> tuple[Field, Field]:
    near = np.float32(1 - 0.42 * smoothstep(at, 0, 0.9))
    return u * near, v * near


def _pan(u: Field, v: Field, at: float) -> tuple[Field, Field]:
    return u * np.float32(0.7) + np.float32(0.28 * math.sin(at * math.tau)), v * np.float32(0.7)


def _sway(u: Field, v: Field, at: float) -> tuple[Field, Field]:
    lean = np.float32(0.22 * math.sin(at * math.tau * 2))
    return u * np.float32(0.75) + lean * (1 - v) * np.float32(0.5), v * np.float32(0.86)


def _swirl(u: Field, v: Field, at: float) -> tuple[Field, Field]:
    turn = 2.6 * math.sin(at * math.tau) * np.exp(-3 * (u * u + v * v))
    cos, sin = np.cos(turn), np.sin(turn)
    return u * cos - v * sin, u * sin + v * cos


def _wave(u: Field, v: Field, at: float) -> tuple[Field, Field]:
    push = np.float32(0.06) * np.sin(v * 7 + np.float32(at * math.tau * 3))
    return u * np.float32(0.88) + push, v * np.float32(0.92) + np.float32(0.3) * push


def _bounce(u: Field, v: Field, at: float) -> tuple[Field, Field]:
    beat = abs(math.sin(at * math.tau * 2))
    near = np.float32(0.9 - 0.22 * beat)
    return u * near, v * np.float32(near + 0.1 * beat) + np.float32(0.05 * beat)


_WARPS: tuple[Warp, ...] = (_zoom, _pan, _sway, _swirl, _wave, _bounce)


def camera_move(scene: str, photos: Sequence[bytes], longest: int) -> Callable[[float], Image.Image]:
    """Return the frames of the first photo with the move of this scene."""
    picture = load(photos[0])
    size = frame_size(picture, longest)
    fabric = Texture(picture, longest=2 * longest)
    x, y = pixel_centres(size)
    u, v = 2 * x / np.float32(size[0]) - 1, 2 * y / np.float32(size[1]) - 1
    warp = _WARPS[zlib.crc32(scene.encode()) % len(_WARPS)]

    def frame(at: float) -> Image.Image:
        return Image.fromarray(fabric.sample(*warp(u, v, at))).convert("RGBA")

    return frame
