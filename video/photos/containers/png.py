"""PNG files: keep the chunks that make the picture. Source: PNG (third edition), sections 5 and 11."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

from video.photos.containers.contents import Contents, exif_orientation, too_many_parts
from video.photos.limits import UnusablePhoto, UnusableReason

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_MAX_CHUNKS = 100_000  # a file of 20 MB has 2,500 if its data come in libpng's pieces of 8 KB
_MAX_PROFILE_BYTES = 4 * 1024 * 1024  # unpacked
_GREY, _RGB, _PALETTE = 0, 2, 3  # colour types
_TRANSPARENCY_BYTES = {_GREY: range(2, 3), _RGB: range(6, 7), _PALETTE: range(1, 257)}


def read_png(data: bytes) -> Contents:
    """Read the file's structure. Checksums are not verified: a decoder notices damaged image data by itself.

    Raises:
        ValueError, IndexError: the file is damaged.
        UnusablePhoto: it has too many parts, or it is animated.
    """
    header, palette, transparency, icc_profile, orientation = b"", b"", b"", None, 1
    image: list[memoryview] = []
    frames = 1
    for name, body in _chunks(data):
        match name:
            case b"IHDR" if not header:
                header = bytes(body)
            case b"PLTE" if not palette and not image:
                palette = bytes(body)
            case b"tRNS" if not transparency and not image:
                transparency = bytes(body)
            case b"iCCP" if icc_profile is None:
                icc_profile = _unpack_profile(bytes(body))
            case b"eXIf":
                orientation = exif_orientation(bytes(body))
            case b"acTL" if not image:
                frames = int.from_bytes(body[:4], "big")
            case b"fdAT" if frames > 1:
                raise UnusablePhoto(UnusableReason.ANIMATED)
            case b"IDAT":
                image.append(body)
    if not image:
        raise ValueError("a PNG without image data")
    chunks = _picture_chunks(header, palette, transparency, b"".join(image))
    return Contents(data=_SIGNATURE + b"".join(chunks), orientation=orientation, icc_profile=icc_profile)


def _picture_chunks(header: bytes, palette: bytes, transparency: bytes, image: bytes) -> Iterator[bytes]:
    """Yield the chunks that make the picture, in order and with good checksums."""
    colour_type = header[9]
    yield _chunk(b"IHDR", header)
    if palette and colour_type == _PALETTE:
        yield _chunk(b"PLTE", palette[: len(palette) // 3 * 3][:768])
    if len(transparency) in _TRANSPARENCY_BYTES.get(colour_type, range(0)):
        yield _chunk(b"tRNS", transparency)
    yield _chunk(b"IDAT", image)
    yield _chunk(b"IEND", b"")


def _chunks(data: bytes) -> Iterator[tuple[bytes, memoryview]]:
    """Yield the name and the body of each chunk; the body of the last one is shorter if the file is."""
    view, at = memoryview(data), len(_SIGNATURE)
    for _ in range(_MAX_CHUNKS):
        name = data[at + 4 : at + 8]
        if len(name) < 4 or name == b"IEND":
            return
        length = int.from_bytes(data[at : at + 4], "big")
        yield name, view[at + 8 : at + 8 + length]
        at += 12 + length
    raise too_many_parts()


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(body, zlib.crc32(name)))


def _unpack_profile(body: bytes) -> bytes | None:
    """Return the colour profile, or None if it is broken or unpacks into too much."""
    unpacker = zlib.decompressobj()
    packed = body.partition(b"\0")[2][1:]  # behind its name and the method of compression
    try:
        profile = unpacker.decompress(packed, _MAX_PROFILE_BYTES)
    except zlib.error:
        return None
    return profile if unpacker.eof else None
