"""Small files that would keep a decoder busy, or take its memory, out of all proportion."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

from PIL import Image

from tests.video.photos.sample_images import encode, png_chunk, png_header, quarters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_SOS = b"\xff\xda"


def repeated_scans(times: int, *, size: tuple[int, int] = (3000, 2000)) -> bytes:
    """Return a progressive JPEG in which the last scan comes again and again."""
    jpeg = encode(quarters(*size), "JPEG", progressive=True)
    last = jpeg[jpeg.rindex(_SOS) : -2]
    return jpeg[:-2] + last * times + jpeg[-2:]


def jpeg_segments(times: int) -> bytes:
    """Return a JPEG with many comments."""
    jpeg = encode(quarters(), "JPEG")
    return jpeg[:2] + b"\xff\xfe\0\x03x" * times + jpeg[2:]


def png_chunks(times: int) -> bytes:
    """Return a PNG with many chunks of text."""
    return encode(quarters())[:33] + png_chunk(b"tEXt", b"a\0b") * times + encode(quarters())[33:]


def png_data_in_pieces(times: int) -> bytes:
    """Return a PNG with many empty chunks of image data."""
    png = encode(quarters())
    at = png.index(b"IDAT") - 4
    return png[:at] + png_chunk(b"IDAT", b"") * times + png[at:]


def animated_png(frames: int) -> bytes:
    """Return a PNG with many frames, as `acTL` and `fdAT` say."""
    still = encode(quarters())
    data = png_chunk(b"fdAT", struct.pack(">I", 1) + zlib.compress(bytes(640 * 3 + 1)))
    return still[:33] + png_chunk(b"acTL", struct.pack(">II", frames, 0)) + still[33:-12] + data * frames + still[-12:]


def animated_webp(frames: int) -> bytes:
    """Return a WebP with many frames, which are all the same."""
    two = [Image.new("RGB", (400, 400), colour) for colour in ("red", "blue")]
    webp = encode(two[0], "WEBP", save_all=True, append_images=two[1:], duration=100)
    at = webp.index(b"ANMF")
    size = 8 + int.from_bytes(webp[at + 4 : at + 8], "little")
    body = webp[8:at] + webp[at : at + size] * frames
    return b"RIFF" + struct.pack("<I", len(body)) + body


def animated_gif(frames: int) -> bytes:
    """Return a GIF with many frames, which are all the same."""
    gif = encode(quarters().quantize(8), "GIF")
    at = gif.index(b",", 13 + (3 << (gif[10] & 7) + 1))
    return gif[:at] + gif[at:-1] * frames + b";"


def gif_blocks(times: int) -> bytes:
    """Return a GIF with a comment in blocks of one byte."""
    gif = encode(quarters().quantize(8), "GIF")
    at = 13 + (3 << (gif[10] & 7) + 1)
    return gif[:at] + b"!\xfe" + b"\x01x" * times + b"\0" + gif[at:]


def tiff(entries: Iterable[tuple[int, int, int, int]], rest: bytes = b"", *, count: int | None = None) -> bytes:
    """Return a TIFF with these entries: tag, type, count, value or offset. `rest` comes behind the directory."""
    packed = [struct.pack("<HHII", *entry) for entry in sorted(entries)]
    directory = struct.pack("<H", len(packed) if count is None else count) + b"".join(packed) + bytes(4)
    return b"II*\0" + struct.pack("<I", 8) + directory + rest


def _tiff_entries(size: tuple[int, int]) -> list[tuple[int, int, int, int]]:
    return [
        *((256, 4, 1, size[0]), (257, 4, 1, size[1]), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1)),
        *((277, 3, 1, 1), (278, 4, 1, 1)),
    ]


def tiff_strips(times: int) -> bytes:
    """Return a TIFF whose picture lies in many strips of one byte, all at the same place."""
    entries = [*_tiff_entries((4000, 4000)), (273, 4, times, 200), (279, 4, times, 200)]
    return tiff(entries, bytes(200) + struct.pack("<I", 200) * times)


def tiff_tiles(times: int) -> bytes:
    """Return a TIFF with many tiles of one pixel."""
    entries = [*_tiff_entries((4000, 4000)), (322, 3, 1, 1), (323, 3, 1, 1), (324, 4, times, 200), (325, 4, times, 200)]
    return tiff(entries, bytes(200) + struct.pack("<I", 200) * times)


def tiff_entries(times: int) -> bytes:
    """Return a TIFF with many entries, each with the whole file for its value."""
    entries = [(1000 + number, 7, 20_000, 0) for number in range(times)]
    return tiff([*_tiff_entries((400, 400)), *entries], bytes(160_000))


def tiff_pages(times: int) -> bytes:
    """Return a TIFF with many pages, which are all the same."""
    first = encode(Image.new("L", (400, 400), 90), "TIFF")
    at = int.from_bytes(first[4:8], "little")
    entries = first[at : at + 2 + 12 * int.from_bytes(first[at : at + 2], "little")]
    chain, end = b"", len(first)
    for number in range(times):
        following = end + (number + 1) * (len(entries) + 4) if number + 1 < times else 0
        chain += entries + struct.pack("<I", following)
    return first[: at + len(entries)] + struct.pack("<I", end) + first[at + len(entries) + 4 :] + chain


def box(name: bytes, body: bytes) -> bytes:
    """Return a box of an ISO base media file."""
    return struct.pack(">I", 8 + len(body)) + name + body


def full_box(name: bytes, body: bytes, version: int = 0) -> bytes:
    """Return a box with a version and flags."""
    return box(name, bytes((version, 0, 0, 0)) + body)


def heif(brand: bytes, *boxes: bytes, size: tuple[int, int] = (4000, 3000), items: int = 1) -> bytes:
    """Return a file of this brand with these boxes in its `meta`, and no picture in it."""
    entries = b"".join(full_box(b"infe", struct.pack(">HH4s", one + 1, 0, b"hvc1") + b"\0", 2) for one in range(items))
    sizes = box(b"iprp", box(b"ipco", full_box(b"ispe", struct.pack(">II", *size))))
    meta = full_box(b"iinf", struct.pack(">H", items) + entries) + b"".join(boxes) + sizes
    return box(b"ftyp", brand + bytes(4) + b"mif1" + brand) + full_box(b"meta", meta)


def references(*made_of: tuple[int, list[int]]) -> bytes:
    """Return a box that says which items are made of which."""
    return full_box(
        b"iref",
        b"".join(box(b"dimg", struct.pack(f">HH{len(ids)}H", made, len(ids), *ids)) for made, ids in made_of),
    )


def heif_grid(tiles: int) -> bytes:
    """Return a HEIC whose picture is made of one tile, used many times."""
    return heif(b"heic", references((1, [2] * tiles)))


def heif_nested(depth: int) -> bytes:
    """Return a HEIC whose picture is made of ten pictures, each of which is made of ten."""
    return heif(b"heic", references(*((item, [item + 1] * 10) for item in range(1, depth + 1))))


def avif_sequence(frames: int) -> bytes:
    """Return an AVIF sequence that claims so many frames."""
    sizes = full_box(b"stsz", struct.pack(">II", 100, frames))
    movie = box(b"moov", box(b"trak", box(b"mdia", box(b"minf", box(b"stbl", sizes)))))
    return box(b"ftyp", b"avis" + bytes(4) + b"avisavif") + movie


COSTLY_FILES: dict[str, Callable[[], bytes]] = {
    "progressive JPEG, 20,000 scans": lambda: repeated_scans(20_000, size=(1200, 800)),
    "progressive JPEG, 101 scans": lambda: repeated_scans(101),
    "small progressive JPEG, 100,000 scans": lambda: repeated_scans(100_000, size=(200, 200)),
    "JPEG, a million comments": lambda: jpeg_segments(1_000_000),
    "PNG, a million texts": lambda: png_chunks(1_000_000),
    "PNG, a million pieces of data": lambda: png_data_in_pieces(1_000_000),
    "PNG of a gigapixel": lambda: png_header(32_000, 32_000) + png_chunk(b"IDAT", zlib.compress(bytes(99))),
    "WebP of 268 megapixels": lambda: b"RIFF\x30\0\0\0WEBPVP8L\x20\0\0\0\x2f\xff\xff\xff\x0f" + bytes(32),
    "GIF, six million blocks": lambda: gif_blocks(6_000_000),
    "TIFF, a million strips": lambda: tiff_strips(1_000_000),
    "TIFF, a million tiles": lambda: tiff_tiles(1_000_000),
    "TIFF, 60,000 entries": lambda: tiff_entries(60_000),
    "HEIC of 60,000 tiles": lambda: heif_grid(60_000),
    "HEIC of 2,000 tiles": lambda: heif_grid(2_000),
    "HEIC, pictures in pictures": lambda: heif_nested(4),
    "HEIC, pictures in pictures, deeper": lambda: heif_nested(60),
    "HEIC, 60,000 items": lambda: heif(b"heic", items=60_000),
    "HEIC, an item of 4 gigapixels": lambda: heif(b"heic", size=(65_536, 65_536)),
    "AVIF of 2,000 tiles": lambda: heif(b"avif", references((1, [2] * 2_000))),
    "AVIF, an item of 4 gigapixels": lambda: heif(b"avif", size=(65_536, 65_536)),
    "HEIC, 100,000 boxes": lambda: box(b"ftyp", b"heic" + bytes(4) + b"heic") + box(b"free", b"") * 100_000,
}
"""Files that are refused for what they would cost, by what they are."""

ANIMATED_FILES: dict[str, Callable[[], bytes]] = {
    "PNG, 2 frames": lambda: animated_png(2),
    "PNG, 20,000 frames": lambda: animated_png(20_000),
    "WebP, 2 frames": lambda: animated_webp(2),
    "WebP, 900 frames": lambda: animated_webp(900),
    "GIF, 2 frames": lambda: animated_gif(2),
    "GIF, 3,000 frames": lambda: animated_gif(3_000),
    "AVIF sequence, 2 frames": lambda: avif_sequence(2),
    "AVIF sequence, 4 billion frames": lambda: avif_sequence(0xFFFF_FFFF),
}
"""Animations, by what they are."""
