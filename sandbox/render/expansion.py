"""The expansion scene: the photo is blown up, puff by puff, into a balloon on a string."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw

from sandbox.render.canvas import Texture, backdrop, load, pixel_centres, shade_over, smoothstep
from sandbox.render.framing import frame_size, subject

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sandbox.render.canvas import Field

PUFF_TIMES = (0.08, 0.22, 0.36, 0.5)
"""When each puff of air begins: times in the video, 0 to 1."""
_SKY_COLOUR = (150, 204, 240)
PUFF_LENGTH = 0.1
"""How long a puff takes, as a fraction of the video."""


def fullness(at: float) -> float:
    """Return how full the balloon is: 0 (flat) to 1."""
    return sum(smoothstep(at, start, start + PUFF_LENGTH) for start in PUFF_TIMES) / len(PUFF_TIMES)


def expansion(photos: Sequence[bytes], longest: int) -> Callable[[float], Image.Image]:
    """Return the frames of the first photo being blown up."""
    picture = load(photos[0])
    size = frame_size(picture, longest)
    side = min(size)
    fabric = Texture(subject(picture, 2.7), longest=2 * side)
    sky = backdrop(picture, size, brightness=0.9, tint=_SKY_COLOUR)
    x, y = pixel_centres(size)

    def frame(at: float) -> Image.Image:
        fill = fullness(at)
        floating = smoothstep(at, 0.58, 0.7)
        swing = floating * math.sin((at - 0.58) * 19)
        quiver = 0.03 * _quiver(at)
        middle = (
            size[0] / 2 + 0.035 * side * swing,
            size[1] * (0.5 - 0.05 * fill) - 0.03 * side * floating * math.sin(at * 27),
        )
        reach = side * (0.27 + 0.14 * fill)
        turn = math.radians(5 * swing)
        dx, dy = x - middle[0], y - middle[1]
        u = (dx * math.cos(turn) + dy * math.sin(turn)) / (reach * (1 + quiver))
        v = (dy * math.cos(turn) - dx * math.sin(turn)) / (reach * (1 - quiver))
        corner = np.float32(9 - 6.8 * fill)
        shape = (np.abs(u) ** corner + np.abs(v) ** corner) ** (1 / corner)
        cover = np.clip((1 - shape) * reach, 0, 1)
        canvas = sky.copy()
        if floating or fill > 0.9:
            _draw_string(canvas, middle, reach, at, fill)
        swell = np.clip(shape, 0, 1) ** np.float32(0.85 * fill)
        pixels = shade_over(np.asarray(canvas), fabric.sample(u * swell, v * swell), cover, _shading(u, v, shape, fill))
        return Image.fromarray(_add_highlight(pixels, u, v, cover, fill)).convert("RGBA")

    return frame


def _quiver(at: float) -> float:
    """Return the trembling of the rubber after each puff, -1 to 1."""
    since = min(
        (at - start - PUFF_LENGTH * 0.6 for start in PUFF_TIMES if at >= start + PUFF_LENGTH * 0.6), default=-1.0
    )
    return math.exp(-since * 22) * math.sin(since * 80) if since >= 0 else 0.0


def _shading(u: Field, v: Field, shape: Field, fill: float) -> Field:
    """Return the brightness of a ball, which is darker towards its rim and away from the light."""
    rim = 1 - (0.2 + 0.35 * fill) * np.clip(shape, 0, 1) ** 4
    return (rim * (1.06 - 0.14 * fill * (u + v))).astype(np.float32)


def _add_highlight(
    pixels: np.typing.NDArray[np.uint8], u: Field, v: Field, cover: Field, fill: float
) -> np.typing.NDArray[np.uint8]:
    """Add the bright reflection at the upper left of the balloon."""
    spot = np.exp(-(((u + 0.42) / 0.2) ** 2 + ((v + 0.5) / 0.13) ** 2)) * cover * np.float32(0.85 * fill)
    return (pixels + (255 - pixels) * spot[..., None]).astype(np.uint8)


def _draw_string(canvas: Image.Image, middle: tuple[float, float], reach: float, at: float, fill: float) -> None:
    """Draw the knot under the balloon and a string that sways."""
    draw = ImageDraw.Draw(canvas)
    x, y = middle[0], middle[1] + reach
    knot = reach * 0.11 * fill
    draw.polygon([(x, y - knot), (x - knot, y + knot), (x + knot, y + knot)], fill=(150, 50, 60))
    points = []
    for step in range(12):
        down = step / 11
        sway = reach * 0.12 * down * math.sin(at * 19 - down * 3)
        points.append((x + sway, y + knot + (canvas.height - y) * down))
    draw.line(points, fill=(255, 252, 245), width=max(1, round(reach / 50)), joint="curve")
