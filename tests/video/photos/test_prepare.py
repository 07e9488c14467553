"""Usable photos of every kind are prepared correctly, and small deviations are corrected."""

from __future__ import annotations

import os
import struct
import zlib
from io import BytesIO

import pillow_heif
import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from tests.video.photos.sample_images import (
    GREEN,
    RED,
    WHITE,
    corner_colour,
    decode,
    encode,
    is_near,
    quarters,
    shows_quarters,
)
from video.photos.prepare import prepare_photo


# ---------------------------------------------------------------- prepared correctly
@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("JPEG", {"quality": 95, "subsampling": 0}),
        ("JPEG", {"quality": 95, "progressive": True}),
        ("PNG", {}),
        ("WEBP", {"quality": 95}),
        ("WEBP", {"lossless": True}),
        ("GIF", {}),
        ("BMP", {}),
        ("TIFF", {}),
        ("TIFF", {"compression": "tiff_lzw"}),
    ],
)
def test_formats(kind: str, options: dict[str, object]) -> None:
    """A person's photo in any usual format is sent as the same picture in JPEG."""
    prepared = prepare_photo(encode(quarters(), kind, **options))
    assert (prepared.width, prepared.height) == (640, 480)
    assert shows_quarters(decode(prepared))


def test_heic() -> None:
    """A photo from an iPhone (HEIC) is sent as the same picture in JPEG, at an odd width too."""
    file = BytesIO()
    pillow_heif.from_pillow(quarters(641, 479)).save(file, quality=90)
    prepared = prepare_photo(file.getvalue())
    assert (prepared.width, prepared.height) == (641, 479)
    assert shows_quarters(decode(prepared))


def test_heic_turned() -> None:
    """A HEIC that was taken sideways arrives upright, turned once and not twice."""
    exif = Image.Exif()
    exif[0x0112] = 6
    sideways = quarters().transpose(Image.Transpose.ROTATE_90)
    file = BytesIO()
    pillow_heif.from_pillow(sideways).save(file, quality=90, exif=exif.tobytes())
    prepared = prepare_photo(file.getvalue())
    assert (prepared.width, prepared.height) == (640, 480)
    assert shows_quarters(decode(prepared))


@pytest.mark.parametrize(
    ("orientation", "undone_by"),
    [
        (1, None),
        (2, Image.Transpose.FLIP_LEFT_RIGHT),
        (3, Image.Transpose.ROTATE_180),
        (4, Image.Transpose.FLIP_TOP_BOTTOM),
        (5, Image.Transpose.TRANSPOSE),
        (6, Image.Transpose.ROTATE_90),
        (7, Image.Transpose.TRANSVERSE),
        (8, Image.Transpose.ROTATE_270),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_upright(orientation: int, undone_by: Image.Transpose | None, kind: str) -> None:
    """A photo is sent upright however the camera was held."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = quarters() if undone_by is None else quarters().transpose(undone_by)
    prepared = prepare_photo(encode(stored, kind, exif=exif, quality=95))
    assert (prepared.width, prepared.height) == (640, 480)
    assert shows_quarters(decode(prepared), tolerance=25)


def test_metadata_is_gone() -> None:
    """The prepared photo holds no metadata: no place, no camera, no comment."""
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>SecretPlace</x:xmpmeta>"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    source = encode(quarters(), "JPEG", exif=exif, xmp=xmp, icc_profile=profile, comment=b"SecretNote", dpi=(301, 301))
    assert source.count(b"Secret") == 3
    prepared = prepare_photo(source)
    image = decode(prepared)
    assert b"Secret" not in prepared.jpeg
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_png_words_are_gone() -> None:
    """Text chunks of a PNG are dropped."""
    words = PngInfo()
    words.add_text("Comment", "SecretNote")
    assert b"Secret" not in prepare_photo(encode(quarters(), pnginfo=words)).jpeg


def test_other_colour_spaces() -> None:
    """A photo in another colour space (Display P3) looks the same to a service that knows sRGB alone."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert shows_quarters(decode(prepare_photo(encode(quarters(), icc_profile=srgb))))
    swapped = srgb.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")
    image = decode(prepare_photo(encode(quarters(), icc_profile=swapped)))
    assert is_near(corner_colour(image, "top left"), GREEN, tolerance=25)
    assert is_near(corner_colour(image, "top right"), RED, tolerance=25)


@pytest.mark.parametrize("profile", [b"not a profile", b"\0" * 200])
def test_broken_colour_profile(profile: bytes) -> None:
    """A photo with a broken colour profile is sent as if it had none."""
    assert shows_quarters(decode(prepare_photo(encode(quarters(), icc_profile=profile))))


def test_cmyk() -> None:
    """A CMYK JPEG from a print shop comes out in its colours, not inverted."""
    prepared = prepare_photo(encode(quarters().convert("CMYK"), "JPEG", quality=95))
    assert shows_quarters(decode(prepared), tolerance=20)


@pytest.mark.parametrize("level", [0, 30000, 65535])
def test_sixteen_bits(level: int) -> None:
    """A 16-bit PNG keeps its greys: it does not turn white."""
    prepared = prepare_photo(encode(Image.new("I;16", (400, 400), level)))
    grey = round(level / 257)
    assert is_near(corner_colour(decode(prepared), "top left"), (grey, grey, grey), tolerance=2)


def test_sixteen_bit_colours() -> None:
    """A 16-bit colour PNG keeps its colours."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    row = b"\0" + struct.pack(">HHH", 220 * 257, 20 * 257, 20 * 257) * 320
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 320, 320, 16, 2, 0, 0, 0))
    data += chunk(b"IDAT", zlib.compress(row * 320)) + chunk(b"IEND", b"")
    assert is_near(corner_colour(decode(prepare_photo(data)), "top left"), RED)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "PA"])
def test_transparent_becomes_white(mode: str) -> None:
    """Transparent areas become white, never black."""
    image = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    image.paste((40, 40, 40, 255), (200, 0, 400, 400))
    if mode == "PA":
        paletted = image.quantize(8)
        data = encode(paletted)
    else:
        data = encode(image.convert(mode))
    sent = decode(prepare_photo(data))
    assert is_near(corner_colour(sent, "top left"), WHITE)
    assert is_near(corner_colour(sent, "top right"), (40, 40, 40))


def test_transparent_colour() -> None:
    """A PNG with one colour declared transparent comes out on white."""
    image = quarters()
    assert is_near(corner_colour(decode(prepare_photo(encode(image, transparency=RED))), "top left"), WHITE)


@pytest.mark.parametrize("mode", ["1", "L", "P"])
def test_few_colours(mode: str) -> None:
    """Black and white, grey and palette pictures come out in colour JPEG."""
    image = Image.new("L", (400, 400), 255)
    image.paste(0, (200, 0, 400, 400))
    sent = decode(prepare_photo(encode(image.convert(mode))))
    assert is_near(corner_colour(sent, "top left"), WHITE)
    assert is_near(corner_colour(sent, "top right"), (0, 0, 0))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_big_photo_is_shrunk(kind: str) -> None:
    """A photo of many megapixels is shrunk to at most 2048 px and keeps its ratio."""
    prepared = prepare_photo(encode(quarters(5001, 3334), kind))
    assert 1600 <= prepared.width <= 2048
    assert abs(prepared.width / prepared.height - 1.5) < 0.01
    assert shows_quarters(decode(prepared))


def test_ten_megabytes_of_noise() -> None:
    """A 10 MB photo is prepared as a file of under 4 MB."""
    side = 3400
    source = encode(Image.frombytes("RGB", (side, side), os.urandom(side * side * 3)), "JPEG", quality=90)
    assert len(source) > 9_900_000
    prepared = prepare_photo(source)
    assert len(prepared.jpeg) < 4 * 1024 * 1024


# ---------------------------------------------------------------- corrected
@pytest.mark.parametrize(("width", "height"), [(150, 150), (200, 260), (299, 1000), (150, 750), (750, 150)])
def test_small_photo_is_scaled_up(width: int, height: int) -> None:
    """A photo that is a little too small is scaled up to 300 px and keeps to the ratios that the service takes."""
    prepared = prepare_photo(encode(quarters(width, height)))
    assert min(prepared.width, prepared.height) >= 300
    assert 0.4 <= prepared.width / prepared.height <= 2.5


@pytest.mark.parametrize(("width", "height"), [(1000, 400), (1003, 401), (900, 300), (300, 1500), (5000, 1000)])
def test_narrow_photo_is_padded(width: int, height: int) -> None:
    """A panorama is padded until the service takes its ratio; all of it stays visible."""
    prepared = prepare_photo(encode(quarters(width, height)))
    assert 0.4 <= prepared.width / prepared.height <= 2.5
    assert min(prepared.width, prepared.height) >= 300
    image = decode(prepared)
    middle = image.getpixel((image.width // 4, image.height // 2 - image.height // 16))
    assert isinstance(middle, tuple)
    assert is_near((int(middle[0]), int(middle[1]), int(middle[2])), RED)
