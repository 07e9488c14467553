"""The squish scene: the photo is a lump of clay that a press flattens twice and that wobbles back."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from sandbox.render.canvas import Texture, backdrop, load, pixel_centres, shade_over, smoothstep
from sandbox.render.framing import frame_size, subject

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sandbox.render.canvas import Field

PRESS_TIMES = ((0.1, 0.3, 0.38), (0.62, 0.76, 0.84))
"""When the press touches the clay, is lowest, and lets go: times in the video, 0 to 1."""
_WALL_COLOUR, _TABLE_COLOUR = (186, 206, 214), (232, 214, 186)
_PRESSED_HEIGHTS = (0.36, 0.26)  # fractions of the full height, at each press


def squish(photos: Sequence[bytes], longest: int) -> Callable[[float], Image.Image]:
    """Return the frames of the first photo being squashed."""
    picture = load(photos[0])
    size = frame_size(picture, longest)
    side = min(size)
    fabric = Texture(subject(picture, 3.6), longest=2 * side)
    table = _background(picture, size)
    x, y = pixel_centres(size)
    floor, half_wide, full_height = size[1] * 0.93, side * 0.34, side * 0.68

    def frame(at: float) -> Image.Image:
        tall = full_height * _clay_height(at)
        wide = min(half_wide * (full_height / tall) ** 0.5, size[0] * 0.47)
        v = 1 - 2 * (floor - y) / np.float32(tall)
        bulge = 0.5 * max(0.0, 1 - tall / full_height)
        lean = 0.08 * _sway(at) * (1 - v)
        u = (x - size[0] / 2) / (wide * (1 + bulge * np.clip(1 - v * v, 0, 1)) / (1 + bulge * 0.6)) + lean
        shape = (np.abs(u) ** 5 + np.abs(v) ** 5) ** np.float32(0.2)
        cover = np.clip((1 - shape) * (min(tall / 2, wide) * 0.9), 0, 1)
        pixels = shade_over(table, fabric.sample(u, _fold(v, bulge)), cover, _shading(u, v, shape))
        canvas = Image.fromarray(pixels).convert("RGBA")
        _draw_press(canvas, _press_edge(at, floor - tall, size[1]), size)
        return canvas

    return frame


def _clay_height(at: float) -> float:
    """Return the height of the clay, 1 at rest."""
    height = 1.0
    for (touch, low, free), flat in zip(PRESS_TIMES, _PRESSED_HEIGHTS, strict=True):
        if at < touch:
            continue
        if at < free:
            return 1 - (1 - flat) * smoothstep(at, touch, low)
        since = at - free
        height = 1 - (1 - flat) * math.exp(-since * 21) * math.cos(since * 50)
    return max(0.2, height)


def _sway(at: float) -> float:
    """Return the sideways sway after the press has let go, -1 to 1."""
    since = min((at - free for *_, free in PRESS_TIMES if at >= free), default=-1.0)
    return math.exp(-since * 12) * math.sin(since * 55) if since >= 0 else 0.0


def _fold(v: Field, bulge: float) -> Field:
    """Move the rows up and down a little, like the folds of pressed clay."""
    return (v + 0.12 * bulge * np.sin(v * 9)).astype(np.float32)


def _shading(u: Field, v: Field, shape: Field) -> Field:
    """Return the brightness of a lump lit from the upper left and darker towards its rim."""
    rim = 1 - 0.45 * np.clip(shape, 0, 1) ** 6
    return (rim * (1.04 - 0.1 * u - 0.12 * v)).astype(np.float32)


def _press_edge(at: float, top: float, height: int) -> float:
    """Return the position of the press's lower edge, in pixels from the top."""
    away = -height * 0.03
    for touch, _low, free in PRESS_TIMES:
        if touch <= at < free:
            return top + 2
        if touch - 0.1 <= at < touch:
            return away + (top + 2 - away) * smoothstep(at, touch - 0.1, touch)
        if free <= at < free + 0.1:
            low = height * 0.6
            return low + (away - low) * smoothstep(at, free, free + 0.05)
    return away


def _draw_press(canvas: Image.Image, edge: float, size: tuple[int, int]) -> None:
    if edge < 0:
        return
    draw = ImageDraw.Draw(canvas)
    middle, reach, thick = size[0] / 2, size[0] * 0.42, size[1] * 0.09
    for index in range(8):  # a round steel rod, lighter in its middle
        shade = 110 + round(90 * math.sin((index + 0.5) / 8 * math.pi))
        left = middle + size[0] * 0.06 * (index / 4 - 1)
        draw.rectangle((left, -1, left + size[0] * 0.016, max(0.0, edge - thick)), fill=(shade, shade, shade + 8, 255))
    plate = (middle - reach, edge - thick, middle + reach, edge)
    draw.rounded_rectangle(plate, thick * 0.3, fill=(150, 154, 165, 255), outline=(70, 72, 82, 255), width=2)
    draw.line((plate[0] + thick * 0.4, plate[1] + thick * 0.3, plate[2] - thick * 0.4, plate[1] + thick * 0.3),
              fill=(218, 222, 230, 255), width=max(1, round(thick * 0.14)))  # fmt: skip


def _background(picture: Image.Image, size: tuple[int, int]) -> np.typing.NDArray[np.uint8]:
    """Return the photo's own colours, blurred, above the edge of a table."""
    wall = backdrop(picture, size, brightness=0.8, tint=_WALL_COLOUR)
    edge = round(size[1] * 0.8)
    wall.paste(backdrop(picture, size, brightness=0.9, tint=_TABLE_COLOUR).crop((0, edge, *size)), (0, edge))
    shadow = Image.new("L", size)
    ImageDraw.Draw(shadow).ellipse((size[0] * 0.08, size[1] * 0.88, size[0] * 0.92, size[1] * 0.99), fill=110)
    wall.paste((40, 30, 30), (0, 0), shadow.filter(ImageFilter.GaussianBlur(size[1] / 24)))
    return np.asarray(wall)
