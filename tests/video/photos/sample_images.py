"""Make images for tests and look at the colours of prepared ones."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from video.photos.prepare import PreparedPhoto

RED, GREEN, BLUE, WHITE = (220, 20, 20), (20, 200, 20), (20, 20, 220), (255, 255, 255)


def quarters(width: int = 640, height: int = 480) -> Image.Image:
    """Return an image that is red top left, green top right, blue bottom left and white bottom right."""
    image = Image.new("RGB", (width, height), WHITE)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 2, height // 2), RED)
    draw.rectangle((width // 2 + 1, 0, width, height // 2), GREEN)
    draw.rectangle((0, height // 2 + 1, width // 2, height), BLUE)
    return image


def encode(image: Image.Image, file_format: str = "PNG", **options: object) -> bytes:
    """Return the image as a file."""
    file = BytesIO()
    image.save(file, file_format, **options)
    return file.getvalue()


def decode(prepared: PreparedPhoto) -> Image.Image:
    """Open a prepared photo, which must be an RGB JPEG of the stated size."""
    image = Image.open(BytesIO(prepared.jpeg))
    image.load()
    assert image.format == "JPEG"
    assert image.mode == "RGB"
    assert image.size == (prepared.width, prepared.height)
    return image


def corner_colour(image: Image.Image, corner: str) -> tuple[int, int, int]:
    """Return the colour near a corner, for example "top left"."""
    across = image.width // 8 if "left" in corner else image.width * 7 // 8
    down = image.height // 8 if "top" in corner else image.height * 7 // 8
    pixel = image.getpixel((across, down))
    assert isinstance(pixel, tuple)
    return (int(pixel[0]), int(pixel[1]), int(pixel[2]))


def is_near(one: tuple[int, int, int], other: tuple[int, int, int], tolerance: int = 12) -> bool:
    """Return True if each channel differs by at most `tolerance`."""
    return all(abs(a - b) <= tolerance for a, b in zip(one, other, strict=True))


def shows_quarters(image: Image.Image, tolerance: int = 12) -> bool:
    """Return True if the image looks like `quarters`."""
    wanted = {"top left": RED, "top right": GREEN, "bottom left": BLUE, "bottom right": WHITE}
    return all(is_near(corner_colour(image, corner), colour, tolerance) for corner, colour in wanted.items())


def png_chunk(name: bytes, body: bytes, *, checksum: int | None = None) -> bytes:
    """Return a chunk of a PNG, with a checksum that is right unless another is given."""
    right = zlib.crc32(name + body)
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", right if checksum is None else checksum)


def png_header(width: int, height: int, *, bits: int = 8, colour_type: int = 2) -> bytes:
    """Return the beginning of a PNG of this size; colour type 2 is RGB, 0 is grey."""
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour_type, 0, 0, 0))


def large_jpeg(width: int, height: int, **options: object) -> bytes:
    """Return a baseline JPEG that is red on the left and blue on the right, without making so large an image.

    One row of blocks is encoded; its data are repeated, with restart markers between them.
    """
    row = Image.new("RGB", (width, 16), RED)
    row.paste(BLUE, (width // 2, 0, width, 16))
    jpeg = encode(row, "JPEG", quality=90, restart_marker_rows=1, **options)
    frame = jpeg.index(b"\xff\xc0")
    scan = jpeg.index(b"\xff\xda")
    data = scan + 2 + int.from_bytes(jpeg[scan + 2 : scan + 4], "big")
    rows = (b"%b\xff%c" % (jpeg[data:-2], 0xD0 + number % 8) for number in range((height + 15) // 16))
    start = jpeg[: frame + 5] + struct.pack(">H", height) + jpeg[frame + 7 : data]
    return start + b"".join(rows)[:-2] + jpeg[-2:]
