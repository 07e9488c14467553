"""Large photos are shrunk while they are read, within the memory that a photo process has; AVIF is read."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.video.photos.sample_images import (
    BLUE,
    RED,
    corner_colour,
    decode,
    encode,
    is_near,
    large_jpeg,
    quarters,
    shows_quarters,
)
from video.photos.limits import UnusablePhoto, UnusableReason
from video.photos.prepare import PreparedPhoto, prepare_photo

if TYPE_CHECKING:
    from video.photos.process_pool import PhotoProcessPool


async def prepared_by(pool: PhotoProcessPool, data: bytes) -> Image.Image:
    """Return the photo as a photo process prepares it, with its limit of memory."""
    jpeg = await pool.prepare(data)
    width, height = Image.open(BytesIO(jpeg)).size
    return decode(PreparedPhoto(jpeg, width, height))


@pytest.mark.parametrize(
    "size", [(8160, 6144), (6144, 8160), (9248, 6936), (12_000, 9_000), (9_000, 12_000), (16_320, 12_240)]
)
async def test_row_52_photos_of_phones(pool: PhotoProcessPool, size: tuple[int, int]) -> None:
    """A photo of 50, 64, 108 or 200 megapixels, upright or across, is prepared within the memory budget."""
    image = await prepared_by(pool, large_jpeg(*size))
    assert 1600 <= max(image.size) <= 2048
    assert abs(image.width / image.height - size[0] / size[1]) < 0.01
    assert is_near(corner_colour(image, "top left"), RED)
    assert is_near(corner_colour(image, "bottom right"), BLUE)


async def test_row_52_photos_of_phones_that_were_turned(pool: PhotoProcessPool) -> None:
    """A photo of 108 megapixels that was taken sideways arrives upright."""
    exif = Image.Exif()
    exif[0x0112] = 6
    image = await prepared_by(pool, large_jpeg(12_000, 9_000, exif=exif))
    assert image.height > image.width
    assert is_near(corner_colour(image, "top left"), RED)
    assert is_near(corner_colour(image, "bottom left"), BLUE)


async def test_row_52_other_large_photos(pool: PhotoProcessPool) -> None:
    """A progressive JPEG of 20 megapixels and a PNG of 50 are prepared within the memory budget."""
    for data in (
        encode(Image.new("RGB", (5000, 4000), RED), "JPEG", progressive=True),
        encode(Image.new("RGB", (8160, 6144), RED), compress_level=1),
    ):
        assert is_near(corner_colour(await prepared_by(pool, data), "top left"), RED)


def test_row_52_more_pixels_than_any_phone_has() -> None:
    """A JPEG of 300 megapixels is refused from its header."""
    with pytest.raises(UnusablePhoto) as caught:
        prepare_photo(large_jpeg(20_000, 15_000))
    assert caught.value.reason is UnusableReason.TOO_MANY_PIXELS


@pytest.mark.parametrize("subsampling", ["4:0:0", "4:2:0", "4:4:4"])
@pytest.mark.parametrize("size", [(640, 480), (641, 479), (4000, 3000)])
def test_row_52_avif(size: tuple[int, int], subsampling: str) -> None:
    """An AVIF is prepared as any other photo, small or large, at odd sizes too."""
    avif = encode(quarters(*size), "AVIF", quality=90, speed=10, subsampling=subsampling)
    prepared = prepare_photo(avif)
    assert abs(prepared.width / prepared.height - size[0] / size[1]) < 0.01
    if subsampling != "4:0:0":
        assert shows_quarters(decode(prepared), tolerance=25)


def test_row_52_transparent_avif_becomes_white() -> None:
    """The transparent parts of an AVIF are white in the prepared photo."""
    image = quarters().convert("RGBA")
    image.putalpha(0)
    prepared = prepare_photo(encode(image, "AVIF", quality=90, speed=10))
    assert is_near(corner_colour(decode(prepared), "top left"), (255, 255, 255))


def test_row_52_metadata_of_avif_are_gone() -> None:
    """The prepared photo has nothing of an AVIF's metadata."""
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    avif = encode(quarters(), "AVIF", exif=exif, xmp=b"<x:xmpmeta>SecretPlace</x:xmpmeta>", speed=10)
    assert avif.count(b"Secret") == 2
    assert b"Secret" not in prepare_photo(avif).jpeg


def test_row_52_animated_avif() -> None:
    """An AVIF that moves is refused as animated, and one with a single frame is not."""
    frames = [Image.new("RGB", (400, 400), colour) for colour in ("red", "blue")]
    with pytest.raises(UnusablePhoto) as caught:
        prepare_photo(encode(frames[0], "AVIF", save_all=True, append_images=frames[1:], speed=10))
    assert caught.value.reason is UnusableReason.ANIMATED
    assert prepare_photo(encode(frames[0], "AVIF", save_all=True, speed=10)).width == 400


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_row_52_avif_that_is_cut_short(kept: float) -> None:
    """An AVIF whose end is missing is refused as incomplete."""
    avif = encode(Image.effect_noise((400, 400), 90).convert("RGB"), "AVIF", speed=10)
    with pytest.raises(UnusablePhoto) as caught:
        prepare_photo(avif[: int(len(avif) * kept)])
    assert caught.value.reason is UnusableReason.CUT_SHORT


def test_row_52_avif_that_takes_too_much_memory() -> None:
    """An AVIF that would take more memory than there is for a photo is refused from its header."""
    avif = encode(Image.new("L", (6500, 5000)), "AVIF", speed=10)
    with pytest.raises(UnusablePhoto) as caught:
        prepare_photo(avif)
    assert caught.value.reason is UnusableReason.TOO_MANY_PIXELS
