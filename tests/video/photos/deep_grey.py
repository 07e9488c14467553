"""Images with more than 8 bits of grey. Each is black on the left, white on the right, and grey of one half between."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

from tests.video.photos.sample_images import png_chunk, png_header

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WIDTH, HEIGHT = 600, 300
_BITS, _COMPRESSION, _PHOTOMETRIC, _STRIP, _STRIP_BYTES = 258, 259, 262, 273, 279
_SAMPLE_FORMAT, _MAX_SAMPLE_VALUE = 339, 281
_UNSIGNED, _SIGNED, _FLOAT = 1, 2, 3
_DEFLATE = 8


def grey_tiff(
    code: str,
    levels: Sequence[float],
    *,
    order: str = "<",
    white_is_zero: bool = False,
    declared_max: int = 0,
    compressed: bool = False,
) -> bytes:
    """Return a TIFF with three stripes of these levels, stored as `struct` says."""
    row = b"".join(struct.pack(f"{order}{WIDTH // 3}{code}", *[level] * (WIDTH // 3)) for level in levels)
    kind = _FLOAT if code in "fd" else _SIGNED if code.islower() else _UNSIGNED
    bits = struct.calcsize(code) * 8
    return _tiff(
        row * HEIGHT,
        bits,
        kind,
        order,
        white_is_zero=white_is_zero,
        declared_max=declared_max,
        compressed=compressed,
    )


def twelve_bits(levels: Sequence[int]) -> bytes:
    """Return a TIFF with two samples in three bytes."""
    row = b"".join((level << 12 | level).to_bytes(3, "big") * (WIDTH // 6) for level in levels)
    return _tiff(row * HEIGHT, 12, _UNSIGNED, "<")


def _tiff(
    pixels: bytes,
    bits: int,
    sample_format: int,
    order: str,
    *,
    white_is_zero: bool = False,
    declared_max: int = 0,
    compressed: bool = False,
) -> bytes:
    pixels = zlib.compress(pixels) if compressed else pixels
    values = dict(
        [
            *((256, WIDTH), (257, HEIGHT), (_BITS, bits), (_COMPRESSION, _DEFLATE if compressed else 1)),
            *(
                (_PHOTOMETRIC, int(not white_is_zero)),
                (277, 1),
                (278, HEIGHT),
                (_STRIP, 8),
                (_STRIP_BYTES, len(pixels)),
            ),
            *([(_MAX_SAMPLE_VALUE, declared_max)] if declared_max else []),
            (_SAMPLE_FORMAT, sample_format),
        ]
    )
    short = {_BITS, _COMPRESSION, _PHOTOMETRIC, _MAX_SAMPLE_VALUE, _SAMPLE_FORMAT, 277}
    entries = b"".join(
        struct.pack(f"{order}HHIHxx" if tag in short else f"{order}HHII", tag, 3 if tag in short else 4, 1, value)
        for tag, value in sorted(values.items())
    )
    start = struct.pack(f"{order}2sHI", b"II" if order == "<" else b"MM", 42, 8 + len(pixels))
    return start + pixels + struct.pack(f"{order}H", len(values)) + entries + bytes(4)


def grey_png(levels: Sequence[int], *, alpha: bool = False) -> bytes:
    """Return a PNG with three stripes of these levels of 16 bits."""
    pixel = b"".join(struct.pack(">H", level) + (b"\xff\xff" if alpha else b"") for level in levels)
    size = len(pixel) // 3
    row = b"\0" + b"".join(pixel[at : at + size] * (WIDTH // 3) for at in range(0, len(pixel), size))
    header = png_header(WIDTH, HEIGHT, bits=16, colour_type=4 if alpha else 0)
    return header + png_chunk(b"IDAT", zlib.compress(row * HEIGHT)) + png_chunk(b"IEND", b"")


DEEP_GREYS: dict[str, Callable[[], bytes]] = {
    "PNG, 16 bits": lambda: grey_png([0, 0x8000, 0xFFFF]),
    "PNG, 16 bits and alpha": lambda: grey_png([0, 0x8000, 0xFFFF], alpha=True),
    "TIFF, 12 bits": lambda: twelve_bits([0, 0x800, 0xFFF]),
    "TIFF, 16 bits": lambda: grey_tiff("H", [0, 0x8000, 0xFFFF]),
    "TIFF, 16 bits, big-endian": lambda: grey_tiff("H", [0, 0x8000, 0xFFFF], order=">"),
    "TIFF, 16 bits, packed": lambda: grey_tiff("H", [0, 0x8000, 0xFFFF], compressed=True),
    "TIFF, 16 bits, white is zero": lambda: grey_tiff("H", [0xFFFF, 0x8000, 0], white_is_zero=True),
    "TIFF, 10 bits of 16": lambda: grey_tiff("H", [0, 512, 1023], declared_max=1023),
    "TIFF, 12 bits of 16": lambda: grey_tiff("H", [0, 2048, 4095], declared_max=4095),
    "TIFF, 14 bits of 16, packed": lambda: grey_tiff("H", [0, 8192, 16383], declared_max=16383, compressed=True),
    "TIFF, 16 bits with a sign": lambda: grey_tiff("h", [-1000, 0, 1000]),
    "TIFF, 16 bits with a sign, big-endian": lambda: grey_tiff("h", [-1000, 0, 1000], order=">"),
    "TIFF, 32 bits": lambda: grey_tiff("I", [0, 0x8000_0000, 0xFFFF_FFFF]),
    "TIFF, 16 bits of 32": lambda: grey_tiff("I", [0, 0x8000, 0xFFFF]),
    "TIFF, 8 bits of 32": lambda: grey_tiff("I", [0, 0x80, 0xFF]),
    "TIFF, 31 bits of 32 with a sign": lambda: grey_tiff("i", [0, 0x4000_0000, 0x7FFF_FFFF]),
    "TIFF, 32 bits with a sign, big-endian": lambda: grey_tiff("i", [-5_000_000, 0, 5_000_000], order=">"),
    "TIFF, floats from 0 to 1": lambda: grey_tiff("f", [0, 0.5, 1]),
    "TIFF, floats from 0 to 1, big-endian": lambda: grey_tiff("f", [0, 0.5, 1], order=">"),
    "TIFF, floats from 0 to 255": lambda: grey_tiff("f", [0, 127.5, 255]),
    "TIFF, floats around 0": lambda: grey_tiff("f", [-3, 0, 3]),
    "TIFF, floats of depth": lambda: grey_tiff("f", [1000, 5500, 10_000]),
    "TIFF, floats, packed": lambda: grey_tiff("f", [0, 0.5, 1], compressed=True),
}
"""Images by how their grey is stored."""
