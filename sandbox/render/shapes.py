"""Drawn shapes: hearts, an arm with a hand, a comic burst with a word, the watermark."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from sandbox.render.canvas import Colour

_SUPERSAMPLING = 3  # drawn this many times larger and scaled down, for smooth edges
WATERMARK = "sandbox preview"


def heart(size: int, colour: Colour = (232, 36, 84)) -> Image.Image:
    """Return a heart with a highlight and a white edge, RGBA, `size` pixels square."""
    side = size * _SUPERSAMPLING
    outer, inner = Image.new("L", (side, side)), Image.new("L", (side, side))
    ImageDraw.Draw(outer).polygon(_heart_outline(side, 1.0), fill=255)
    ImageDraw.Draw(inner).polygon(_heart_outline(side, 0.92), fill=255)
    y, x = np.mgrid[0:side, 0:side].astype(np.float32) / side
    shine = np.exp(-(((x - 0.3) / 0.1) ** 2 + ((y - 0.28) / 0.075) ** 2))[..., None]
    red = np.array(colour, np.float32) * (1.12 - 0.45 * y[..., None])
    pixels = (red + (255 - red) * shine * 0.8).clip(0, 255).astype(np.uint8)
    layer = Image.composite(Image.fromarray(pixels), Image.new("RGB", (side, side), (255, 255, 255)), inner)
    layer.putalpha(outer)
    return layer.resize((size, size), Image.Resampling.BOX)


def _heart_outline(side: float, scale: float) -> list[tuple[float, float]]:
    points = []
    for step in range(200):
        t = step * math.tau / 200
        x = 16 * math.sin(t) ** 3
        y = 13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t) + 2.5
        points.append((side * (0.5 + x * scale / 35), side * (0.5 - y * scale / 35)))
    return points


def arm(length: int, sleeve: Image.Image, hand: Colour, *, gloved: bool = False) -> Image.Image:
    """Return an arm that points right, RGBA, `length` pixels long, its shoulder at (height / 2, height / 2).

    `hand` is the colour of the skin or of the boxing glove.
    """
    tall = max(8, length // (3 if gloved else 4)) * _SUPERSAMPLING
    side, edge = length * _SUPERSAMPLING, max(2, tall // 14)
    inset = tall // 5 if gloved else 0
    wrist = side - tall
    layer = Image.new("RGBA", (side, tall), (255, 255, 255, 0))
    draw = ImageDraw.Draw(layer)
    _capsule(draw, (0, inset, wrist + tall * 0.5, tall - 1 - inset), (255, 255, 255, 255))
    mask = Image.new("L", layer.size)
    _capsule(ImageDraw.Draw(mask), (edge, inset + edge, wrist + tall * 0.45, tall - 1 - inset - edge), 255)
    layer.paste(_cloth(layer.size, sleeve), (0, 0), mask)
    draw.ellipse((wrist, 0, side - 1, tall - 1), fill=(255, 255, 255, 255))
    draw.ellipse((wrist + edge, edge, side - 1 - edge, tall - 1 - edge), fill=(*hand, 255))
    dark = tuple(level * 3 // 4 for level in hand)
    if gloved:
        draw.rectangle((wrist - edge, tall * 0.2, wrist + tall * 0.16, tall * 0.8), fill=(255, 255, 255, 255))
        draw.arc((wrist + tall * 0.3, tall * 0.42, side - tall * 0.3, tall * 1.1), 190, 330, dark, edge)
    for finger in () if gloved else (0.36, 0.5, 0.64):
        y = tall * finger
        draw.line((side - tall * 0.42, y, side - tall * 0.16, y), fill=dark, width=max(1, edge // 2))
    return layer.resize((length, tall // _SUPERSAMPLING), Image.Resampling.BOX)


def _capsule(draw: ImageDraw.ImageDraw, box: tuple[float, float, float, float], fill: Any) -> None:
    draw.rounded_rectangle(box, (box[3] - box[1]) / 2, fill=fill)


def _cloth(size: tuple[int, int], piece: Image.Image) -> Image.Image:
    """Return `piece` mirrored and repeated until it fills `size`, darker towards the lower edge."""
    tile = piece.resize((size[1], size[1]))
    cloth = Image.new("RGB", size)
    for index, left in enumerate(range(0, size[0], size[1])):
        mirrored = tile.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if index % 2 else tile
        cloth.paste(mirrored, (left, 0))
    shade = Image.linear_gradient("L").resize(size).point(lambda level: level * 2 // 5)
    cloth.paste((0, 0, 0), (0, 0), shade)
    return cloth


def burst(size: int, word: str, *, turn: float) -> Image.Image:
    """Return a comic star with `word` in it, RGBA, `size` pixels square, rotated by `turn` degrees."""
    side = size * _SUPERSAMPLING
    layer = Image.new("RGBA", (side, side), (255, 255, 255, 0))
    draw = ImageDraw.Draw(layer)
    for reach, colour in ((0.98, (255, 255, 255)), (0.92, (226, 48, 30)), (0.74, (255, 214, 40))):
        draw.polygon(_star_points(side / 2, side / 2 * reach, turn), fill=(*colour, 255))
    font = ImageFont.load_default(size=side * 0.24)
    draw.text((side / 2, side / 2), word, font=font, fill=(190, 16, 16, 255), anchor="mm",
              stroke_width=max(1, side // 45), stroke_fill=(255, 255, 255, 255))  # fmt: skip
    return layer.resize((size, size), Image.Resampling.BOX)


def _star_points(middle: float, reach: float, turn: float) -> list[tuple[float, float]]:
    points = []
    for index in range(24):
        long = reach * ((1.0, 0.82, 0.93)[index // 2 % 3] if index % 2 else 0.66)
        angle = math.radians(turn + index * 15)
        points.append((middle + long * math.cos(angle), middle + long * math.sin(angle)))
    return points


def watermark(frame_size: tuple[int, int]) -> Image.Image:
    """Return the watermark for the lower right corner of a frame of this size, RGBA."""
    tall = max(9, round(max(frame_size) / 32))
    font = ImageFont.load_default(size=tall)
    left, top, right, bottom = font.getbbox(WATERMARK)
    size = (round(right - left) + tall, round(bottom - top) + tall // 2 + 2)
    layer = Image.new("RGBA", size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    draw.rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), tall // 3, fill=(0, 0, 0, 120))
    draw.text((size[0] / 2, size[1] / 2), WATERMARK, font=font, fill=(255, 255, 255, 235), anchor="mm")
    return layer
