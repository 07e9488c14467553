"""Photos in, frames out: loading, backdrops, sprites, and warps of an image's pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter, ImageOps

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Colour = tuple[int, int, int]
    Field = NDArray[np.floating[Any]]
    Pixels = NDArray[np.uint8]

WORKING_SIDE = 1024
"""The longer side, in pixels, at which photos are processed."""


def load(photo: bytes) -> Image.Image:
    """Return the photo upright, in RGB, at most `WORKING_SIDE` pixels long."""
    with Image.open(BytesIO(photo)) as picture:
        picture.draft("RGB", (WORKING_SIDE, WORKING_SIDE))
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    upright.thumbnail((WORKING_SIDE, WORKING_SIDE))
    return upright


def nearest_even(pixels: float) -> int:
    """Return the nearest even number of pixels; H.264 halves the resolution of colours."""
    return max(2, 2 * round(pixels / 2))


def backdrop(
    picture: Image.Image, size: tuple[int, int], *, brightness: float = 0.6, tint: Colour | None = None
) -> Image.Image:
    """Return the image scaled to fill `size`, blurred, as a quiet background.

    Its brightness is multiplied by `brightness`; then most of it is covered by the colour `tint`, if any.
    """
    small = ImageOps.fit(picture, (64, 64)).filter(ImageFilter.GaussianBlur(5))
    wide = ImageEnhance.Brightness(small.resize(size, Image.Resampling.BICUBIC)).enhance(brightness)
    return Image.blend(wide, Image.new("RGB", size, tint), 0.68) if tint else wide


def smoothstep(at: float, start: float, end: float) -> float:
    """Return 0 before `start`, 1 after `end`, and a smooth transition in between."""
    part = min(1.0, max(0.0, (at - start) / (end - start)))
    return part * part * (3 - 2 * part)


@dataclass(frozen=True, slots=True)
class Pose:
    """Where a sprite lies on a frame; positions in pixels of the frame.

    Attributes:
        x: the position of the sprite's pivot, from the left.
        y: the position of the sprite's pivot, from the top.
        degrees: the rotation, clockwise.
        x_scale: the horizontal scale.
        y_scale: the vertical scale.
        flip: whether the sprite is mirrored, left to right, about its pivot.
    """

    x: float
    y: float
    degrees: float = 0.0
    x_scale: float = 1.0
    y_scale: float = 1.0
    flip: bool = False


def draw_sprite(frame: Image.Image, sprite: Image.Image, pivot: tuple[float, float], pose: Pose) -> None:
    """Draw `sprite` (RGBA) on `frame` (RGBA), with the sprite's `pivot` pixel at the pose's position."""
    cos, sin = math.cos(math.radians(pose.degrees)), math.sin(math.radians(pose.degrees))
    wide = -pose.x_scale if pose.flip else pose.x_scale
    a, b = cos / wide, sin / wide
    d, e = -sin / pose.y_scale, cos / pose.y_scale
    c = pivot[0] - a * pose.x - b * pose.y
    f = pivot[1] - d * pose.x - e * pose.y
    layer = sprite.transform(frame.size, Image.Transform.AFFINE, (a, b, c, d, e, f), Image.Resampling.BILINEAR)
    frame.alpha_composite(layer)


class Texture:
    """An image whose pixels are sampled by position, from (-1, -1) at the top left to (1, 1) at the bottom right."""

    def __init__(self, picture: Image.Image, *, longest: int) -> None:
        """Create a texture. `longest` is its longer side in pixels; twice the frame's side is fine enough."""
        scale = longest / max(picture.size)
        size = (max(2, round(picture.width * scale)), max(2, round(picture.height * scale)))
        self._width, self._height = size
        pixels = np.asarray(picture.resize(size, Image.Resampling.BICUBIC).convert("RGBA"))
        self._packed = np.ascontiguousarray(pixels).view(np.uint32).ravel()

    def sample(self, u: Field, v: Field) -> Pixels:
        """Return the RGB pixels at each (u, v); positions outside show the nearest edge."""
        column = np.clip((u + 1) * (self._width / 2), 0, self._width - 1).astype(np.int32)
        row = np.clip((v + 1) * (self._height / 2), 0, self._height - 1).astype(np.int32)
        packed = np.take(self._packed, row * self._width + column)
        pixels: Pixels = packed.view(np.uint8).reshape(*u.shape, 4)[..., :3]
        return pixels


def pixel_centres(size: tuple[int, int]) -> tuple[Field, Field]:
    """Return the x and y of each pixel's centre in a frame of this size, in pixels."""
    y, x = np.mgrid[0 : size[1], 0 : size[0]].astype(np.float32) + np.float32(0.5)
    return x, y


def shade_over(under: Pixels, over: Pixels, cover: Field, light: Field) -> Pixels:
    """Draw `over`, with its brightness times `light`, on `under`; `cover` is the opacity, 0 to 1."""
    lit = np.minimum(over * light[..., None], 255)
    mixed: Pixels = (under + (lit - under) * cover[..., None]).astype(np.uint8)
    return mixed
