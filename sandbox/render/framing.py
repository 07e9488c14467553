"""The frame and the subject of one photo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.render.canvas import nearest_even
from sandbox.render.faces import find_faces

if TYPE_CHECKING:
    from PIL import Image


def frame_size(picture: Image.Image, longest: int) -> tuple[int, int]:
    """Return width and height in pixels: the photo's shape, between 9:16 and 16:9, `longest` on the longer side."""
    ratio = min(16 / 9, max(9 / 16, picture.width / picture.height))
    return (
        (nearest_even(longest), nearest_even(longest / ratio))
        if ratio >= 1
        else (nearest_even(longest * ratio), nearest_even(longest))
    )


def subject(picture: Image.Image, margin: float) -> Image.Image:
    """Return the square of `picture` that matters: `margin` times as wide as the largest face, or around the middle."""
    faces = find_faces(picture)
    side: float = min(picture.size)
    x, y = picture.width / 2, picture.height * 0.45
    if faces:
        face = max(faces, key=lambda one: one.size)
        side = min(side, margin * face.size * picture.width)
        x, y = face.x * picture.width, face.y * picture.height + (margin - 2.8) * 0.15 * side
    left = min(max(0.0, x - side / 2), picture.width - side)
    top = min(max(0.0, y - side / 2), picture.height - side)
    return picture.crop((round(left), round(top), round(left + side), round(top + side)))
