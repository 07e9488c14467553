"""WebP files: keep the chunks that make the picture. Source: RFC 9649, section 2."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from video.photos.containers.contents import Contents, exif_orientation, too_many_parts
from video.photos.limits import UnusablePhoto, UnusableReason

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_CHUNKS = 1_000
_ALPHA = 0x10  # flag of a VP8X chunk; the others announce chunks that are left out
_IMAGE = (b"VP8 ", b"VP8L")
_FILLER = bytes(range(1, 251))


def read_webp(data: bytes) -> Contents:
    """Read the file's structure.

    Raises:
        ValueError, IndexError: the file is damaged.
        UnusablePhoto: it has too many parts, or it is animated.
    """
    header, alpha, icc_profile, orientation = b"", b"", None, 1
    image, name_of_image, missing = b"", b"", 0
    has_frame = False
    for name, body, size in _chunks(data):
        if name == b"VP8X" and not header:
            header = body
        elif name == b"ALPH" and not alpha:
            alpha = body
        elif name in _IMAGE and not image:
            image, name_of_image, missing = body, name, size - len(body)
        elif name == b"ANMF":
            if has_frame:
                raise UnusablePhoto(UnusableReason.ANIMATED)
            has_frame = True
        elif name == b"ICCP" and icc_profile is None:
            icc_profile = body
        elif name == b"EXIF":
            orientation = exif_orientation(body)
    pixels = _pixels(header, name_of_image, image)
    if has_frame and not image:  # one frame, which need not fill the canvas: a still picture
        return Contents(data=data, pixels=pixels, orientation=orientation, icc_profile=icc_profile)
    if missing > len(image) // 16 or not image:
        raise ValueError("a WebP without its image data")
    parts = [(b"VP8X", bytes((header[0] & _ALPHA,)) + header[1:])] if header else []
    if header and alpha and name_of_image == b"VP8 ":
        parts.append((b"ALPH", alpha))
    otherwise = (_FILLER * (missing // len(_FILLER) + 1))[:missing]
    return Contents(
        data=_riff([*parts, (name_of_image, image + bytes(missing))]),
        padded_otherwise=_riff([*parts, (name_of_image, image + otherwise)]) if missing else None,
        pixels=pixels,
        orientation=orientation,
        icc_profile=icc_profile,
    )


def _pixels(header: bytes, name: bytes, image: bytes) -> int:
    """Return the size of the canvas, or of the image if the file has no extended header."""
    if header:
        return (1 + int.from_bytes(header[4:7], "little")) * (1 + int.from_bytes(header[7:10], "little"))
    if name == b"VP8L":
        sides = int.from_bytes(image[1:5], "little")
        return (1 + (sides & 0x3FFF)) * (1 + (sides >> 14 & 0x3FFF))
    return (int.from_bytes(image[6:8], "little") & 0x3FFF) * (int.from_bytes(image[8:10], "little") & 0x3FFF)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    """Yield each chunk's name, its body as far as the file has it, and the size that it claims."""
    at = 12
    for _ in range(_MAX_CHUNKS):
        name = data[at : at + 4]
        if len(data) < at + 8:
            return
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        yield name, data[at + 8 : at + 8 + size], size
        at += 8 + size + size % 2
    raise too_many_parts()


def _riff(chunks: list[tuple[bytes, bytes]]) -> bytes:
    body = b"".join(name + struct.pack("<I", len(body)) + body + bytes(len(body) % 2) for name, body in chunks)
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body
