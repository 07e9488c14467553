"""Photos that cannot be used are refused with a reason; any other bytes are handled without a crash."""

from __future__ import annotations

import os
import struct
import zlib
from io import BytesIO

import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.video.photos.sample_images import GREEN, RED, decode, encode, quarters
from video.photos.limits import UnusablePhoto, UnusableReason
from video.photos.prepare import prepare_photo


def refusal(data: bytes) -> UnusableReason:
    with pytest.raises(UnusablePhoto) as caught:
        prepare_photo(data)
    return caught.value.reason


def png_header(width: int, height: int) -> bytes:
    """Return a PNG whose header claims this size, with data for a few pixels only."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
    return start + chunk(b"IDAT", zlib.compress(b"\0" * 60)) + chunk(b"IEND", b"")


# ---------------------------------------------------------------- refused
def test_empty() -> None:
    """An empty file is refused as empty."""
    assert refusal(b"") is UnusableReason.EMPTY


@pytest.mark.parametrize(
    "data",
    [
        b"hello, I am a text",
        b"<svg xmlns='http://www.w3.org/2000/svg' width='400' height='400'/>",
        b"<?xml version='1.0'?><svg/>",
        b"%PDF-1.7\n",
        b"PK\x03\x04" + b"\0" * 60,
        b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41" + b"\0" * 60,
        b"BMW is a car",
        b"RIFF\x24\0\0\0WAVEfmt ",
        b"\0" * 100,
    ],
)
def test_not_a_picture(data: bytes) -> None:
    """SVG, PDF, video and other files are refused as not a picture."""
    assert refusal(data) is UnusableReason.NOT_A_PICTURE


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_animated(kind: str) -> None:
    """An animated image is refused as animated."""
    frames = [Image.new("RGB", (400, 400), colour) for colour in (RED, GREEN)]
    data = encode(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
    assert refusal(data) is UnusableReason.ANIMATED


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "HEIF"])
@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_cut_short(kind: str, kept: float) -> None:
    """A photo whose end is missing is refused as damaged, not sent half grey."""
    noise = Image.frombytes("RGB", (400, 400), os.urandom(480_000))
    if kind == "HEIF":
        file = BytesIO()
        pillow_heif.from_pillow(noise).save(file)
        data = file.getvalue()
    else:
        data = encode(noise, kind)
    assert refusal(data[: int(len(data) * kept)]) is UnusableReason.CUT_SHORT


@pytest.mark.parametrize(
    "data",
    [
        png_header(60_000, 60_000),
        png_header(60_000, 1_000),
        b"GIF89a" + struct.pack("<HHBBB", 60_000, 60_000, 0, 0, 0) + b"," + b"\0" * 20,
        b"BM" + struct.pack("<IHHIIiiHHIIiiII", 200, 0, 0, 54, 40, 60_000, 60_000, 1, 24, 0, 0, 0, 0, 0, 0),
    ],
    ids=["png", "60 MP", "gif", "bmp"],
)
def test_bombs(data: bytes) -> None:
    """A small file that claims gigapixels is refused from its header, before any pixel is decoded."""
    assert refusal(data) is UnusableReason.TOO_MANY_PIXELS


def test_costly_decoding_is_refused() -> None:
    """A WebP of 40 bytes or a progressive JPEG that would take over 256 MB to decode is refused."""
    webp = encode(Image.new("RGB", (5000, 5000)), "WEBP", lossless=True, method=0)
    assert refusal(webp) is UnusableReason.TOO_MANY_PIXELS
    wide = Image.new("RGB", (7000, 7000))
    assert refusal(encode(wide, "JPEG", progressive=True, subsampling=0)) is UnusableReason.TOO_MANY_PIXELS
    assert prepare_photo(encode(wide, "JPEG")).width >= 1600


@pytest.mark.parametrize(("width", "height"), [(20, 20), (149, 800), (800, 149), (1, 1)])
def test_too_small(width: int, height: int) -> None:
    """A photo with a side under 150 px is refused as too small."""
    assert refusal(encode(quarters(width, height))) is UnusableReason.TOO_SMALL


@pytest.mark.parametrize(("width", "height"), [(1001, 200), (200, 1001)])
def test_too_narrow(width: int, height: int) -> None:
    """A strip more than five times as long as wide is refused as too narrow."""
    assert refusal(encode(quarters(width, height))) is UnusableReason.TOO_NARROW


def test_too_big() -> None:
    """A file of 25 MB is refused by its size."""
    assert refusal(encode(quarters(), "JPEG") + bytes(25 * 1024 * 1024)) is UnusableReason.TOO_BIG


# ---------------------------------------------------------------- arbitrary bytes
SEEDS = [encode(quarters(160, 150), kind) for kind in ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")]


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_damaged_files(data: st.DataObject) -> None:
    """Any bytes give a prepared photo or a reason, never a crash."""
    broken = bytearray(data.draw(st.sampled_from(SEEDS)))
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(0, min(len(broken) - 1, 600)))] = data.draw(st.integers(0, 255))
    try:
        prepared = prepare_photo(bytes(broken))
    except UnusablePhoto:
        return
    decode(prepared)
