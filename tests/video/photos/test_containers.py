"""Files are read before they are decoded: what is not needed is left out, and what would cost too much is refused."""

from __future__ import annotations

import os
from io import BytesIO

import pytest
from PIL import Image

from tests.video.photos.costly_files import ANIMATED_FILES, COSTLY_FILES, repeated_scans, tiff_pages
from tests.video.photos.flawed_files import FLAWED_FILES, jpeg_with, png_with, webp_with
from tests.video.photos.sample_images import (
    RED,
    corner_colour,
    decode,
    encode,
    is_near,
    png_chunk,
    png_header,
    quarters,
    shows_quarters,
)
from video.photos.limits import UnusablePhoto, UnusableReason
from video.photos.prepare import prepare_photo


def refusal(data: bytes) -> UnusableReason:
    """Return why a photo is refused."""
    with pytest.raises(UnusablePhoto) as caught:
        prepare_photo(data)
    return caught.value.reason


# ---------------------------------------------------------------- bounded
@pytest.mark.parametrize("kind", COSTLY_FILES)
def test_row_42_costly_files_are_refused_before_they_are_decoded(kind: str) -> None:
    """A file with more scans, chunks, tiles or items than any camera makes is refused, and nothing of it is decoded."""
    assert refusal(COSTLY_FILES[kind]()) is UnusableReason.TOO_MANY_PIXELS


@pytest.mark.parametrize("kind", ANIMATED_FILES)
def test_row_42_animations_are_refused_before_they_are_decoded(kind: str) -> None:
    """An animation is refused as one, however many frames it has or claims to have."""
    assert refusal(ANIMATED_FILES[kind]()) is UnusableReason.ANIMATED


def test_row_42_usual_files_are_within_the_bounds() -> None:
    """A progressive JPEG of 90 scans and a TIFF of many pages are prepared: the bounds leave room."""
    assert shows_quarters(decode(prepare_photo(repeated_scans(80, size=(640, 480)))))
    assert prepare_photo(tiff_pages(2_000)).width == 400


# ---------------------------------------------------------------- flaws
@pytest.mark.parametrize("flaw", FLAWED_FILES)
def test_row_51_what_browsers_show_is_taken(flaw: str) -> None:
    """A file whose picture is whole is prepared, whatever is wrong with the rest of it."""
    prepared = prepare_photo(FLAWED_FILES[flaw]())
    assert (prepared.width, prepared.height) == (640, 480)
    assert shows_quarters(decode(prepared), tolerance=25)


_ORIENTED = (
    b"II*\0\x08\0\0\0\x02\0\x0f\x01\x02\0\xff\xff\xff\x7f\xff\xff\xff\x7f\x12\x01\x03\0\x01\0\0\0\x03\0\0\0\0\0\0\0"
)


@pytest.mark.parametrize(
    "data",
    [
        png_with(png_chunk(b"eXIf", _ORIENTED)),
        jpeg_with((0xE1, b"Exif\0\0" + _ORIENTED)),
        webp_with((b"EXIF", _ORIENTED)),
        webp_with((b"EXIF", b"Exif\0\0" + _ORIENTED)),
    ],
    ids=["png", "jpeg", "webp", "webp with a prefix"],
)
def test_row_51_the_orientation_of_broken_exif_holds(data: bytes) -> None:
    """EXIF that says how to turn the photo is heard, although another entry of it is broken."""
    image = decode(prepare_photo(data))
    assert is_near(corner_colour(image, "bottom right"), RED, tolerance=25)


_NOISE = Image.frombytes("RGB", (400, 400), os.urandom(480_000))


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize(
    "options",
    [{}, {"progressive": True}, {"subsampling": 0}, {"restart_marker_rows": 1}, {"optimize": True}],
    ids=["baseline", "progressive", "without subsampling", "restart markers", "optimized"],
)
def test_row_51_a_jpeg_without_its_end_is_the_same(mode: str, options: dict[str, object]) -> None:
    """A JPEG without its last two bytes, or one of them, is prepared as if it had them."""
    jpeg = encode(_NOISE.convert(mode), "JPEG", **options)
    whole = prepare_photo(jpeg)
    assert prepare_photo(jpeg[:-1]) == whole
    assert prepare_photo(jpeg[:-2]) == whole


@pytest.mark.parametrize("missing", [3, 10, 100, 800])
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_row_51_lost_rows_are_cut_off(mode: str, missing: int) -> None:
    """A JPEG that lacks some of its last bytes loses at most its last row of blocks; nothing grey is sent."""
    image = Image.new(mode, (400, 400), "black")
    image.paste(_NOISE.convert(mode).point(lambda value: value // 4), (0, 0))
    jpeg = encode(image, "JPEG", subsampling=0)
    sent = decode(prepare_photo(jpeg[:-missing]))
    assert sent.width == 400
    assert sent.height >= 383
    whole = decode(prepare_photo(jpeg)).crop((0, 0, 400, sent.height))
    assert abs(_mean(sent.crop((0, sent.height - 8, 400, sent.height))) - _mean(whole)) < 40


@pytest.mark.parametrize("progressive", [False, True])
def test_row_51_half_a_jpeg_is_still_refused(progressive: bool) -> None:  # noqa: FBT001 -- a parameter of the test
    """A JPEG that ends in the middle of its picture is refused as incomplete."""
    jpeg = encode(_NOISE, "JPEG", progressive=progressive, quality=95)
    for kept in (0.05, 0.2, 0.35):
        assert refusal(jpeg[: int(len(jpeg) * kept)]) is UnusableReason.CUT_SHORT


def test_row_51_a_progressive_jpeg_is_whole_before_its_last_scan() -> None:
    """A progressive JPEG whose last scan, which only refines, is cut short is prepared as browsers show it."""
    jpeg = encode(quarters(), "JPEG", progressive=True, quality=95)
    last_scan = jpeg.rindex(b"\xff\xda")
    for end in (last_scan - 20, last_scan + 5, last_scan + 12, len(jpeg) - 5):
        assert shows_quarters(decode(prepare_photo(jpeg[:end])), tolerance=30)


def test_row_51_a_webp_without_its_last_bytes_is_whole() -> None:
    """A WebP that lacks a few of its last bytes keeps all rows that were not among them."""
    webp = encode(_NOISE, "WEBP", quality=90)
    sent = prepare_photo(webp[:-4])
    assert (sent.width, sent.height >= 383) == (400, True)
    assert refusal(webp[: len(webp) // 2]) is UnusableReason.CUT_SHORT


def test_row_51_damaged_image_data_are_still_refused() -> None:
    """A PNG whose image data end too early is not saved by a good end."""
    png = encode(_NOISE)
    at = png.index(b"IDAT")
    half = png_header(400, 400) + png_chunk(b"IDAT", png[at + 4 : at + 200_000]) + png_chunk(b"IEND", b"")
    assert refusal(half) is UnusableReason.CUT_SHORT


def test_twelve_bits_are_no_damage() -> None:
    """A JPEG of 12 bits, which cannot be read, is refused as a format and not as incomplete."""
    jpeg = encode(quarters(), "JPEG")
    at = jpeg.index(b"\xff\xc0") + 4
    assert refusal(jpeg[:at] + b"\x0c" + jpeg[at + 1 :]) is UnusableReason.NOT_A_PICTURE


def _mean(image: Image.Image) -> float:
    grey = image.convert("L").resize((1, 1), Image.Resampling.BOX)
    value = Image.open(BytesIO(encode(grey))).getpixel((0, 0))
    assert isinstance(value, int | float)
    return value
