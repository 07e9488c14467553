"""Two people side by side, the first photo's on the left: shared by the scenes of two photos."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageChops

from sandbox.render.canvas import Pose, backdrop, draw_sprite, load, nearest_even, pixel_centres
from sandbox.render.cutout import Cutout, cut_out
from sandbox.render.shapes import arm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sandbox.render.canvas import Colour


@dataclass(frozen=True, slots=True)
class Stance:
    """How a person stands.

    Attributes:
        aside: the distance of the foot from the frame's middle, as a fraction of the frame's width.
        tilt: degrees towards the other person.
        up: the height above the ground, as a fraction of the frame's height.
        x_scale: the horizontal scale.
        y_scale: the vertical scale.
    """

    aside: float
    tilt: float = 0.0
    up: float = 0.0
    x_scale: float = 1.0
    y_scale: float = 1.0


class Couple:
    """Two cut-out people in front of a soft backdrop made of their own photos."""

    def __init__(self, photos: Sequence[bytes], longest: int) -> None:
        """Cut out the people. `longest` is the frame's longer side in pixels; one photo makes both people."""
        self.size = (nearest_even(longest), nearest_even(longest * 0.75))
        pictures = [load(photo) for photo in (photos[0], photos[-1])]
        self._cutouts = [cut_out(picture, round(self.size[1] * 0.95)) for picture in pictures]
        self._backdrop = self._side_by_side(*pictures)

    def _side_by_side(self, left: Image.Image, right: Image.Image) -> Image.Image:
        x, _ = pixel_centres(self.size)
        part = np.clip((x / self.size[0] - 0.35) / 0.3, 0, 1) * 255
        mask = Image.fromarray(part.astype(np.uint8))
        return Image.composite(backdrop(right, self.size), backdrop(left, self.size), mask)

    def background(self, glow_colour: Colour = (0, 0, 0), strength: float = 0.0) -> Image.Image:
        """Return the backdrop, RGBA, with a glow of this strength (0 to 1) from its middle."""
        if strength <= 0:
            return self._backdrop.convert("RGBA")
        light = self._glow(glow_colour).point(lambda level: round(level * strength))
        return ImageChops.screen(self._backdrop, light).convert("RGBA")

    def _glow(self, colour: Colour) -> Image.Image:
        round_light = ImageChops.invert(Image.radial_gradient("L")).resize(self.size)
        return Image.merge("RGB", [round_light.point(lambda v, part=level: v * part // 255) for level in colour])

    def person(self, who: int) -> Cutout:
        """Return the left (0) or the right (1) person."""
        return self._cutouts[who]

    def foot(self, who: int, lean: Stance) -> tuple[float, float]:
        """Return the position of the person's foot on the frame, in pixels."""
        side = 1 if who else -1
        return self.size[0] * (0.5 + side * lean.aside), self.size[1] * (1.01 - lean.up)

    def draw(self, frame: Image.Image, who: int, lean: Stance) -> None:
        """Draw the person on `frame`."""
        x, y = self.foot(who, lean)
        turn = -lean.tilt if who else lean.tilt
        draw_sprite(
            frame, self.person(who).sprite, self.person(who).pivot, Pose(x, y, turn, lean.x_scale, lean.y_scale)
        )

    def between_heads(self, left: Stance, right: Stance) -> tuple[float, float]:
        """Return the point between the two heads, in pixels of the frame."""
        heads = [self._head(0, left), self._head(1, right)]
        return (heads[0][0] + heads[1][0]) / 2, (heads[0][1] + heads[1][1]) / 2

    def _head(self, who: int, lean: Stance) -> tuple[float, float]:
        x, y = self.foot(who, lean)
        long = self.person(who).head * lean.y_scale
        slant = math.radians(-lean.tilt if who else lean.tilt)
        return x + long * math.sin(slant), y - long * math.cos(slant)


class Arms:
    """An arm for each of two people, in the clothes of their own photo."""

    def __init__(self, couple: Couple, length: float, *, glove: Colour | None = None) -> None:
        """Draw the arms. `length` is a fraction of the frame's width; `glove` is a boxing glove's colour, if any."""
        self._couple = couple
        self._long = round(couple.size[0] * length)
        self._arms = [
            arm(self._long, couple.person(who).sleeve, glove or couple.person(who).skin, gloved=bool(glove))
            for who in (0, 1)
        ]

    def draw(self, frame: Image.Image, who: int, lean: Stance, *, raised: float, reach: float = 0.0) -> None:
        """Draw the person's outer arm, reaching across to the other person.

        `raised` is in degrees above level; `reach` moves the arm along itself by this fraction of its length.
        """
        person, sprite = self._couple.person(who), self._arms[who]
        x, y = self._couple.foot(who, lean)
        side = -1 if who else 1
        along = reach * self._long
        shoulder_x = x - side * (person.half_width * 0.58 - along * math.cos(math.radians(raised)))
        shoulder_y = y - person.head * 0.42 - along * math.sin(math.radians(raised))
        pivot = (sprite.height / 2, sprite.height / 2)
        pose = Pose(shoulder_x, shoulder_y, -side * raised, flip=side < 0)
        draw_sprite(frame, sprite, pivot, pose)
