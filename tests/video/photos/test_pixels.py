"""Operations on pixels, as they show in prepared photos."""

from __future__ import annotations

import struct
from io import BytesIO

import pillow_heif
import pytest
from PIL import Image

from tests.video.photos.deep_grey import DEEP_GREYS, HEIGHT, WIDTH, grey_png, grey_tiff
from tests.video.photos.sample_images import decode, is_near
from video.photos.limits import UnusablePhoto, UnusableReason
from video.photos.prepare import prepare_photo


def stripes(data: bytes) -> list[tuple[int, int, int]]:
    """Return the colours of the prepared photo's left, middle and right."""
    image = decode(prepare_photo(data))
    pixels = [image.getpixel((image.width * place // 6, image.height // 2)) for place in (1, 3, 5)]
    return [(int(pixel[0]), int(pixel[1]), int(pixel[2])) for pixel in pixels if isinstance(pixel, tuple)]


@pytest.mark.parametrize("kind", DEEP_GREYS)
def test_row_52_deep_grey_is_scaled_by_its_true_range(kind: str) -> None:
    """Black is black, white is white, and one half is grey, however many bits of grey there are."""
    black, half, white = stripes(DEEP_GREYS[kind]())
    assert is_near(black, (0, 0, 0), tolerance=3)
    assert is_near(half, (128, 128, 128), tolerance=3)
    assert is_near(white, (255, 255, 255), tolerance=3)


def test_row_52_deep_grey_of_heic() -> None:
    """A grey HEIC of 10 bits keeps its greys."""
    row = b"".join(struct.pack("<H", level) * (WIDTH // 3) for level in (0, 0x8000, 0xFFFF))
    file = BytesIO()
    pillow_heif.from_bytes(mode="I;16", size=(WIDTH, HEIGHT), data=row * HEIGHT).save(file, quality=90)
    black, half, white = stripes(file.getvalue())
    assert is_near(black, (0, 0, 0), tolerance=4)
    assert is_near(half, (128, 128, 128), tolerance=4)
    assert is_near(white, (255, 255, 255), tolerance=4)


def test_row_52_a_dark_photo_stays_dark() -> None:
    """A PNG of 16 bits that uses little of its range is dark, and is not brightened."""
    assert is_near(stripes(grey_png([0, 1000, 4000]))[2], (16, 16, 16), tolerance=3)


def test_row_52_a_flat_grey_is_no_division_by_zero() -> None:
    """An image whose values are all the same is prepared."""
    assert stripes(grey_tiff("f", [700, 700, 700]))
    assert stripes(grey_tiff("f", [0, 0, 0]))


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_row_52_grey_that_is_not_finite(value: float) -> None:
    """Floats of which no grey can be made are refused."""
    with pytest.raises(UnusablePhoto) as caught:
        prepare_photo(grey_tiff("f", [value, 0, 1]))
    assert caught.value.reason is UnusableReason.CUT_SHORT


def test_row_52_deep_grey_that_is_shrunk() -> None:
    """A large photo of 16 bits is scaled as a small one, and not in each of its bands anew."""
    image = Image.new("I;16", (4000, 3000), 0x2000)
    image.paste(0xFFFF, (2000, 2000, 4000, 3000))
    file = BytesIO()
    image.save(file, "PNG", compress_level=1)
    sent = decode(prepare_photo(file.getvalue()))
    assert is_near(_pixel(sent, 0.25, 0.1), (32, 32, 32), tolerance=3)
    assert is_near(_pixel(sent, 0.25, 0.9), (32, 32, 32), tolerance=3)
    assert is_near(_pixel(sent, 0.9, 0.9), (255, 255, 255), tolerance=3)


def _pixel(image: Image.Image, across: float, down: float) -> tuple[int, int, int]:
    pixel = image.getpixel((int(image.width * across), int(image.height * down)))
    assert isinstance(pixel, tuple)
    return (int(pixel[0]), int(pixel[1]), int(pixel[2]))
