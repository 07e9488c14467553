"""Pictures made for the tests, and what is seen in the sent ones."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from video.photos.prepare import Fit

RED, GREEN, BLUE, WHITE = (220, 20, 20), (20, 200, 20), (20, 20, 220), (255, 255, 255)


def quarters(width: int = 640, height: int = 480) -> Image.Image:
    """Red top left, green top right, blue bottom left, white bottom right."""
    image = Image.new("RGB", (width, height), WHITE)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 2, height // 2), RED)
    draw.rectangle((width // 2 + 1, 0, width, height // 2), GREEN)
    draw.rectangle((0, height // 2 + 1, width // 2, height), BLUE)
    return image


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def opened(fit: Fit) -> Image.Image:
    image = Image.open(BytesIO(fit.jpeg))
    image.load()
    assert image.format == "JPEG"
    assert image.mode == "RGB"
    assert image.size == (fit.width, fit.height)
    return image


def corner(image: Image.Image, place: str) -> tuple[int, int, int]:
    across = image.width // 8 if "left" in place else image.width * 7 // 8
    down = image.height // 8 if "top" in place else image.height * 7 // 8
    pixel = image.getpixel((across, down))
    assert isinstance(pixel, tuple)
    return (int(pixel[0]), int(pixel[1]), int(pixel[2]))


def near(one: tuple[int, int, int], other: tuple[int, int, int], by: int = 12) -> bool:
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


def shows_quarters(image: Image.Image, by: int = 12) -> bool:
    wanted = {"top left": RED, "top right": GREEN, "bottom left": BLUE, "bottom right": WHITE}
    return all(near(corner(image, place), colour, by) for place, colour in wanted.items())
