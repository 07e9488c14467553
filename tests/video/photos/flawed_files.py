"""Files with flaws that browsers overlook: the picture in each of them is whole."""

from __future__ import annotations

import struct
import zlib
from functools import partial
from typing import TYPE_CHECKING

from PIL import Image

from tests.video.photos.sample_images import encode, png_chunk, quarters

if TYPE_CHECKING:
    from collections.abc import Callable

_PNG_START = 33  # bytes of the signature and the header
BROKEN_EXIF = {
    "nothing": b"",
    "no EXIF at all": b"what is this?",
    "one letter": b"I",
    "no directory": b"II*\0",
    "a directory behind the end": b"II*\0\xff\xff\xff\x7f",
    "a directory that is cut short": b"MM\0*\0\0\0\x08\xff\xff\x01\x12",
    "a directory in itself": b"II*\0\0\0\0\0" + b"\x12\x01" * 30,
    "a value behind the end": b"II*\0\x08\0\0\0\x01\0\x0f\x01\x02\0\xff\xff\xff\x7f\xff\xff\xff\x7f\0\0\0\0",
    "an orientation of 77": b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x4d\0\0\0\0\0\0\0",
    "an orientation in words": b"II*\0\x08\0\0\0\x01\0\x12\x01\x02\0\x01\0\0\0upon\0\0\0\0",
    "a type that does not exist": b"II*\0\x08\0\0\0\x01\0\x12\x01\x63\0\x01\0\0\0\x06\0\0\0\0\0\0\0",
    "a sub-directory behind the end": b"II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\xff\xff\xff\x7f\0\0\0\0",
    "noise": bytes(range(7, 250, 3)) * 20,
}
"""Blocks that are no EXIF, or EXIF with mistakes, by what is wrong with them."""


def png_with(*chunks: bytes, behind: bool = False) -> bytes:
    """Return a PNG with these chunks before its image data, or behind them."""
    png = encode(quarters())
    at = len(png) - 12 if behind else _PNG_START
    return png[:at] + b"".join(chunks) + png[at:]


def jpeg_with(*segments: tuple[int, bytes], **options: object) -> bytes:
    """Return a JPEG with these segments, each a marker's second byte and a body, behind its first one."""
    jpeg = encode(quarters(), "JPEG", quality=95, subsampling=0, **options)
    at = 4 + int.from_bytes(jpeg[4:6], "big")
    packed = b"".join(struct.pack(">BBH", 0xFF, code, len(body) + 2) + body for code, body in segments)
    return jpeg[:at] + packed + jpeg[at:]


def webp_with(*chunks: tuple[bytes, bytes], first: bool = False, lossless: bool = True) -> bytes:
    """Return a WebP with an extended header and these chunks, before or behind the image."""
    image = encode(quarters(), "WEBP", lossless=lossless, quality=95)[12:]
    header = struct.pack("<4sIB3x", b"VP8X", 10, 0x3C) + (639).to_bytes(3, "little") + (479).to_bytes(3, "little")
    packed = b"".join(name + struct.pack("<I", len(body)) + body + bytes(len(body) % 2) for name, body in chunks)
    body = b"WEBP" + header + (packed + image if first else image + packed)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def avif_with_exif(exif: bytes) -> bytes:
    """Return an AVIF with this block in place of its EXIF."""
    good = Image.Exif()
    good[0x010F] = "x" * 2000
    avif = encode(quarters(), "AVIF", quality=95, exif=good.tobytes())
    at = avif.index(b"MM\0*" if b"MM\0*" in avif else b"II*\0")
    return avif[:at] + exif + avif[at + len(exif) :]


def _wrong_checksum(name: bytes, body: bytes) -> bytes:
    return png_chunk(name, body, checksum=0x12345678)


def _packed_text(name: bytes, size: int) -> bytes:
    packed = zlib.compress(b"long words " * (size // 11))
    if name == b"iTXt":
        return png_chunk(name, b"Comment\0\1\0en\0Comment\0" + packed)
    return png_chunk(name, b"Comment\0\0" + packed)


_MEGABYTE = 1024 * 1024
_PNG_FLAWS: dict[str, Callable[[], bytes]] = {
    "1 MB of packed text": lambda: png_with(_packed_text(b"zTXt", _MEGABYTE + 11)),
    "1 MB of packed international text": lambda: png_with(_packed_text(b"iTXt", _MEGABYTE + 11)),
    "packed text behind the image": lambda: png_with(_packed_text(b"zTXt", 4 * _MEGABYTE), behind=True),
    "100 MB of packed text in pieces": lambda: png_with(*[_packed_text(b"zTXt", _MEGABYTE - 11)] * 100),
    "packed text that cannot be unpacked": lambda: png_with(png_chunk(b"zTXt", b"Comment\0\0no such thing")),
    "text without a keyword": lambda: png_with(png_chunk(b"tEXt", b"")),
    "text packed in an unknown way": lambda: png_with(png_chunk(b"zTXt", b"Comment\0\x09abc")),
    "a colour profile that cannot be unpacked": lambda: png_with(png_chunk(b"iCCP", b"icc\0\0no such thing")),
    "a colour profile of 64 MB": lambda: png_with(
        png_chunk(b"iCCP", b"icc\0\0" + zlib.compress(bytes(64 * _MEGABYTE)))
    ),
    "a colour profile without a name": lambda: png_with(png_chunk(b"iCCP", b"")),
    "a short gamma": lambda: png_with(png_chunk(b"gAMA", b"\0")),
    "short chromaticities": lambda: png_with(png_chunk(b"cHRM", b"\0" * 5)),
    "an empty sRGB": lambda: png_with(png_chunk(b"sRGB", b"")),
    "short physical dimensions": lambda: png_with(png_chunk(b"pHYs", b"\0\0")),
    "a time of one byte": lambda: png_with(png_chunk(b"tIME", b"\0")),
    "transparency of one byte": lambda: png_with(png_chunk(b"tRNS", b"\0")),
    "too much transparency": lambda: png_with(png_chunk(b"tRNS", bytes(300))),
    "a palette of no colours": lambda: png_with(png_chunk(b"PLTE", b"")),
    "an unknown chunk": lambda: png_with(png_chunk(b"abCd", b"\0" * 1000)),
    "a broken checksum of a text": lambda: png_with(_wrong_checksum(b"tEXt", b"Comment\0words")),
    "a broken checksum of an unknown chunk": lambda: png_with(_wrong_checksum(b"abCd", b"words")),
    "a broken checksum behind the image": lambda: png_with(_wrong_checksum(b"tEXt", b"a\0b"), behind=True),
    "an animation of one frame": lambda: png_with(png_chunk(b"acTL", struct.pack(">II", 1, 0))),
    "an animation without frames": lambda: png_with(png_chunk(b"acTL", struct.pack(">II", 5, 0))),
    "an animation control of one byte": lambda: png_with(png_chunk(b"acTL", b"\0")),
    "two headers": lambda: png_with(encode(Image.new("L", (20, 20)))[8:_PNG_START]),
    "no end": lambda: encode(quarters())[:-12],
    "two bytes less": lambda: encode(quarters())[:-2],
    "a chunk behind the end": lambda: encode(quarters()) + png_chunk(b"tEXt", b"a\0b"),
    "a chunk that is longer than the file": lambda: encode(quarters())[:-12] + b"\x7f\xff\xff\xfftEXta\0b",
    **{f"EXIF: {flaw}": partial(png_with, png_chunk(b"eXIf", exif)) for flaw, exif in BROKEN_EXIF.items()},
    **{
        f"EXIF behind the image: {flaw}": partial(png_with, png_chunk(b"eXIf", exif), behind=True)
        for flaw, exif in BROKEN_EXIF.items()
    },
}
_WEBP_FLAWS: dict[str, Callable[[], bytes]] = {
    "XMP that is none": lambda: webp_with((b"XMP ", b"\xff\0 no XMP")),
    "a colour profile that is none": lambda: webp_with((b"ICCP", b"no profile"), first=True),
    "an unknown chunk": lambda: webp_with((b"ABCD", bytes(99)), first=True),
    "metadata that are announced and not there": webp_with,
    "EXIF that is longer than the file": lambda: webp_with((b"EXIF", bytes(300)))[:-200],
    "the head of a chunk at the end": lambda: webp_with((b"EXIF", b""))[:-5],
    "a wrong length of the file": lambda: webp_with()[:4] + b"\xff\xff\xff\x7f" + webp_with()[8:],
    "a length of nothing": lambda: webp_with()[:4] + bytes(4) + webp_with()[8:],
    "bytes behind the end": lambda: webp_with() + b"something else",
    **{
        f"EXIF in front of the image: {flaw}": partial(webp_with, (b"EXIF", exif), first=True)
        for flaw, exif in BROKEN_EXIF.items()
    },
    **{f"EXIF behind the image: {flaw}": partial(webp_with, (b"EXIF", exif)) for flaw, exif in BROKEN_EXIF.items()},
    **{
        f"EXIF behind a lossy image: {flaw}": partial(webp_with, (b"EXIF", exif), lossless=False)
        for flaw, exif in BROKEN_EXIF.items()
    },
}
_JPEG_FLAWS: dict[str, Callable[[], bytes]] = {
    "two bytes less": lambda: jpeg_with()[:-2],
    "one byte less": lambda: jpeg_with()[:-1],
    "two bytes less, progressive": lambda: jpeg_with(progressive=True)[:-2],
    "two bytes less, with restart markers": lambda: jpeg_with(restart_marker_blocks=4)[:-2],
    "fill bytes in place of the end": lambda: jpeg_with()[:-2] + b"\xff\xff\xff",
    "zeros in place of the end": lambda: jpeg_with()[:-2] + bytes(5000),
    "a film behind the end": lambda: jpeg_with() + b"\0\0\0\x18ftypmp42" + bytes(5000),
    "an APP1 that is none": lambda: jpeg_with((0xE1, b"\xff\0 no such thing")),
    "a colour profile that is none": lambda: jpeg_with((0xE2, b"ICC_PROFILE\0\1\1no profile")),
    "a part of a colour profile": lambda: jpeg_with((0xE2, b"ICC_PROFILE\0\2\3" + bytes(200))),
    "a picture list that is none": lambda: jpeg_with((0xE2, b"MPF\0II*\0\xff\xff\xff\x7f")),
    "Photoshop's resources that are none": lambda: jpeg_with((0xED, b"Photoshop 3.0\08BIM\x04\x04\xff\xff\xff\xff")),
    "an Adobe segment of a few bytes": lambda: jpeg_with((0xEE, b"Adobe\0")),
    "a comment that is empty": lambda: jpeg_with((0xFE, b"")),
    "60 segments of the greatest length": lambda: jpeg_with(*[(0xEF, bytes(65_533))] * 60),
    "fill bytes before a marker": lambda: jpeg_with()[:2] + b"\xff" * 100 + jpeg_with()[2:],
    **{f"EXIF: {flaw}": partial(jpeg_with, (0xE1, b"Exif\0\0" + exif)) for flaw, exif in BROKEN_EXIF.items()},
}
_OTHER_FLAWS: dict[str, Callable[[], bytes]] = {
    "GIF, no end": lambda: encode(quarters().quantize(8), "GIF")[:-1],
    "GIF, two bytes less": lambda: encode(quarters().quantize(8), "GIF")[:-2],
    "GIF, bytes behind the end": lambda: encode(quarters().quantize(8), "GIF") + b"something else",
    "BMP, two bytes less": lambda: encode(quarters(), "BMP")[:-2],
    "BMP, bytes behind the end": lambda: encode(quarters(), "BMP") + b"something else",
    **{f"AVIF, EXIF: {flaw}": partial(avif_with_exif, exif) for flaw, exif in BROKEN_EXIF.items()},
}
FLAWED_FILES: dict[str, Callable[[], bytes]] = {
    f"{kind}, {flaw}" if kind else flaw: make
    for kind, flaws in (("PNG", _PNG_FLAWS), ("WebP", _WEBP_FLAWS), ("JPEG", _JPEG_FLAWS), ("", _OTHER_FLAWS))
    for flaw, make in flaws.items()
}
"""Files that show `quarters`, by what is wrong with them."""
