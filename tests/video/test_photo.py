"""What becomes of the photos that people send: sent right, or refused for a reason that can be told."""

from __future__ import annotations

import asyncio
import os
import struct
import zlib
from io import BytesIO

import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

from video.photo import Fit, Unfit, UnfitPhoto, make_fit, prepare

RED, GREEN, BLUE, WHITE = (220, 20, 20), (20, 200, 20), (20, 20, 220), (255, 255, 255)


def quarters(width: int = 640, height: int = 480) -> Image.Image:
    """Red top left, green top right, blue bottom left, white bottom right."""
    image = Image.new("RGB", (width, height), WHITE)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 2, height // 2), RED)
    draw.rectangle((width // 2 + 1, 0, width, height // 2), GREEN)
    draw.rectangle((0, height // 2 + 1, width // 2, height), BLUE)
    return image


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def opened(fit: Fit) -> Image.Image:
    image = Image.open(BytesIO(fit.jpeg))
    image.load()
    assert image.format == "JPEG"
    assert image.mode == "RGB"
    assert image.size == (fit.width, fit.height)
    return image


def corner(image: Image.Image, place: str) -> tuple[int, int, int]:
    across = image.width // 8 if "left" in place else image.width * 7 // 8
    down = image.height // 8 if "top" in place else image.height * 7 // 8
    pixel = image.getpixel((across, down))
    assert isinstance(pixel, tuple)
    return (int(pixel[0]), int(pixel[1]), int(pixel[2]))


def near(one: tuple[int, int, int], other: tuple[int, int, int], by: int = 12) -> bool:
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


def shows_quarters(image: Image.Image, by: int = 12) -> bool:
    wanted = {"top left": RED, "top right": GREEN, "bottom left": BLUE, "bottom right": WHITE}
    return all(near(corner(image, place), colour, by) for place, colour in wanted.items())


def refusal(data: bytes) -> Unfit:
    with pytest.raises(UnfitPhoto) as caught:
        make_fit(data)
    return caught.value.kind


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims this size, with a pixel or two behind the claim."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
    return start + chunk(b"IDAT", zlib.compress(b"\0" * 60)) + chunk(b"IEND", b"")


# ---------------------------------------------------------------- sent right
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
    fit = make_fit(encoded(quarters(), kind, **options))
    assert (fit.width, fit.height) == (640, 480)
    assert shows_quarters(opened(fit))


def test_heic() -> None:
    """A photo from an iPhone (HEIC) is sent as the same picture in JPEG, at an odd width too."""
    file = BytesIO()
    pillow_heif.from_pillow(quarters(641, 479)).save(file, quality=90)
    fit = make_fit(file.getvalue())
    assert (fit.width, fit.height) == (641, 479)
    assert shows_quarters(opened(fit))


def test_heic_turned() -> None:
    """A HEIC that was taken sideways arrives upright, turned once and not twice."""
    exif = Image.Exif()
    exif[0x0112] = 6
    sideways = quarters().transpose(Image.Transpose.ROTATE_90)
    file = BytesIO()
    pillow_heif.from_pillow(sideways).save(file, quality=90, exif=exif.tobytes())
    fit = make_fit(file.getvalue())
    assert (fit.width, fit.height) == (640, 480)
    assert shows_quarters(opened(fit))


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
    """However the camera was held, the photo is sent upright."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = quarters() if undone_by is None else quarters().transpose(undone_by)
    fit = make_fit(encoded(stored, kind, exif=exif, quality=95))
    assert (fit.width, fit.height) == (640, 480)
    assert shows_quarters(opened(fit), by=25)


def test_metadata_is_gone() -> None:
    """Nobody learns from the sent photo where and with what it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>SecretPlace</x:xmpmeta>"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    source = encoded(quarters(), "JPEG", exif=exif, xmp=xmp, icc_profile=profile, comment=b"SecretNote", dpi=(301, 301))
    assert source.count(b"Secret") == 3
    fit = make_fit(source)
    image = opened(fit)
    assert b"Secret" not in fit.jpeg
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_png_words_are_gone() -> None:
    """Texts inside a PNG are not sent on."""
    words = PngInfo()
    words.add_text("Comment", "SecretNote")
    assert b"Secret" not in make_fit(encoded(quarters(), pnginfo=words)).jpeg


def test_other_colour_spaces() -> None:
    """A photo in another colour space (Display P3) looks the same to a service that knows sRGB alone."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert shows_quarters(opened(make_fit(encoded(quarters(), icc_profile=srgb))))
    swapped = srgb.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")
    image = opened(make_fit(encoded(quarters(), icc_profile=swapped)))
    assert near(corner(image, "top left"), GREEN, by=25)
    assert near(corner(image, "top right"), RED, by=25)


@pytest.mark.parametrize("profile", [b"not a profile", b"\0" * 200])
def test_broken_colour_profile(profile: bytes) -> None:
    """A photo with a broken colour profile is sent as if it had none."""
    assert shows_quarters(opened(make_fit(encoded(quarters(), icc_profile=profile))))


def test_cmyk() -> None:
    """A CMYK JPEG from a print shop comes out in its colours, not inverted."""
    fit = make_fit(encoded(quarters().convert("CMYK"), "JPEG", quality=95))
    assert shows_quarters(opened(fit), by=20)


@pytest.mark.parametrize("level", [0, 30000, 65535])
def test_sixteen_bits(level: int) -> None:
    """A 16-bit PNG keeps its greys: it does not turn white."""
    fit = make_fit(encoded(Image.new("I;16", (400, 400), level)))
    grey = round(level / 257)
    assert near(corner(opened(fit), "top left"), (grey, grey, grey), by=2)


def test_sixteen_bit_colours() -> None:
    """A 16-bit colour PNG keeps its colours."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    row = b"\0" + struct.pack(">HHH", 220 * 257, 20 * 257, 20 * 257) * 320
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 320, 320, 16, 2, 0, 0, 0))
    data += chunk(b"IDAT", zlib.compress(row * 320)) + chunk(b"IEND", b"")
    assert near(corner(opened(make_fit(data)), "top left"), RED)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "PA"])
def test_transparent_becomes_white(mode: str) -> None:
    """What was transparent is white in the sent photo, never black."""
    image = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    image.paste((40, 40, 40, 255), (200, 0, 400, 400))
    if mode == "PA":
        paletted = image.quantize(8)
        data = encoded(paletted)
    else:
        data = encoded(image.convert(mode))
    sent = opened(make_fit(data))
    assert near(corner(sent, "top left"), WHITE)
    assert near(corner(sent, "top right"), (40, 40, 40))


def test_transparent_colour() -> None:
    """A PNG with one colour declared transparent comes out on white."""
    image = quarters()
    assert near(corner(opened(make_fit(encoded(image, transparency=RED))), "top left"), WHITE)


@pytest.mark.parametrize("mode", ["1", "L", "P"])
def test_few_colours(mode: str) -> None:
    """Black and white, grey and palette pictures come out in colour JPEG."""
    image = Image.new("L", (400, 400), 255)
    image.paste(0, (200, 0, 400, 400))
    sent = opened(make_fit(encoded(image.convert(mode))))
    assert near(corner(sent, "top left"), WHITE)
    assert near(corner(sent, "top right"), (0, 0, 0))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_big_photo_is_shrunk(kind: str) -> None:
    """A photo of many megapixels is sent at 2048 px at most, in its own shape."""
    fit = make_fit(encoded(quarters(5001, 3334), kind))
    assert 1600 <= fit.width <= 2048
    assert abs(fit.width / fit.height - 1.5) < 0.01
    assert shows_quarters(opened(fit))


def test_ten_megabytes_of_noise() -> None:
    """A 10 MB photo is sent, far under the service's 10 MB."""
    side = 3400
    source = encoded(Image.frombytes("RGB", (side, side), os.urandom(side * side * 3)), "JPEG", quality=90)
    assert len(source) > 9_900_000
    fit = make_fit(source)
    assert len(fit.jpeg) < 4 * 1024 * 1024


# ---------------------------------------------------------------- mended
@pytest.mark.parametrize(("width", "height"), [(150, 150), (200, 260), (299, 1000), (150, 750), (750, 150)])
def test_small_photo_is_scaled_up(width: int, height: int) -> None:
    """A photo a little too small is enlarged to the service's 300 px, within its shapes."""
    fit = make_fit(encoded(quarters(width, height)))
    assert min(fit.width, fit.height) >= 300
    assert 0.4 <= fit.width / fit.height <= 2.5


@pytest.mark.parametrize(("width", "height"), [(1000, 400), (1003, 401), (900, 300), (300, 1500), (5000, 1000)])
def test_narrow_photo_is_padded(width: int, height: int) -> None:
    """A panorama gets edges in its own colours until the service takes its shape; all of it stays in view."""
    fit = make_fit(encoded(quarters(width, height)))
    assert 0.4 <= fit.width / fit.height <= 2.5
    assert min(fit.width, fit.height) >= 300
    image = opened(fit)
    middle = image.getpixel((image.width // 4, image.height // 2 - image.height // 16))
    assert isinstance(middle, tuple)
    assert near((int(middle[0]), int(middle[1]), int(middle[2])), RED)


# ---------------------------------------------------------------- refused
def test_empty() -> None:
    """An empty file is refused as empty."""
    assert refusal(b"") is Unfit.EMPTY


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
    """SVG, PDF, video and other files are refused as no picture."""
    assert refusal(data) is Unfit.NOT_A_PICTURE


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_animated(kind: str) -> None:
    """A moving picture is refused as such."""
    frames = [Image.new("RGB", (400, 400), colour) for colour in (RED, GREEN)]
    data = encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
    assert refusal(data) is Unfit.ANIMATED


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
        data = encoded(noise, kind)
    assert refusal(data[: int(len(data) * kept)]) is Unfit.CUT_SHORT


@pytest.mark.parametrize(
    "data",
    [
        png_header(60_000, 60_000),
        png_header(50_001, 1_000),
        b"GIF89a" + struct.pack("<HHBBB", 60_000, 60_000, 0, 0, 0) + b"," + b"\0" * 20,
        b"BM" + struct.pack("<IHHIIiiHHIIiiII", 200, 0, 0, 54, 40, 60_000, 60_000, 1, 24, 0, 0, 0, 0, 0, 0),
    ],
    ids=["png", "50 MP", "gif", "bmp"],
)
def test_bombs(data: bytes) -> None:
    """A small file that claims gigapixels is refused from its header, before any pixel is decoded."""
    assert refusal(data) is Unfit.TOO_MANY_PIXELS


def test_costly_decoding_is_refused() -> None:
    """A WebP of 40 bytes or a many-pass JPEG that would take over 256 MB to decode is refused as well."""
    webp = encoded(Image.new("RGB", (5000, 5000)), "WEBP", lossless=True, method=0)
    assert refusal(webp) is Unfit.TOO_MANY_PIXELS
    wide = Image.new("RGB", (7000, 7000))
    assert refusal(encoded(wide, "JPEG", progressive=True, subsampling=0)) is Unfit.TOO_MANY_PIXELS
    assert make_fit(encoded(wide, "JPEG")).width >= 1600


@pytest.mark.parametrize(("width", "height"), [(20, 20), (149, 800), (800, 149), (1, 1)])
def test_too_small(width: int, height: int) -> None:
    """A photo with a side under 150 px is refused as too small."""
    assert refusal(encoded(quarters(width, height))) is Unfit.TOO_SMALL


@pytest.mark.parametrize(("width", "height"), [(1001, 200), (200, 1001)])
def test_too_narrow(width: int, height: int) -> None:
    """A strip more than five times as long as wide is refused as too narrow."""
    assert refusal(encoded(quarters(width, height))) is Unfit.TOO_NARROW


def test_too_big() -> None:
    """A file of 25 MB is refused by its size."""
    assert refusal(encoded(quarters(), "JPEG") + bytes(25 * 1024 * 1024)) is Unfit.TOO_BIG


# ---------------------------------------------------------------- whatever comes
SEEDS = [encoded(quarters(160, 150), kind) for kind in ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")]


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_damaged_files(data: st.DataObject) -> None:
    """Whatever bytes a person sends, there is a fit photo or a reason, never a crash."""
    broken = bytearray(data.draw(st.sampled_from(SEEDS)))
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(0, min(len(broken) - 1, 600)))] = data.draw(st.integers(0, 255))
    try:
        fit = make_fit(bytes(broken))
    except UnfitPhoto:
        return
    opened(fit)


async def test_prepared_off_the_event_loop() -> None:
    """While one person's photos are prepared, others are still answered."""
    turns = 0
    photos = [asyncio.create_task(prepare(encoded(quarters(3000, 2000)))) for _ in range(3)]
    while not all(task.done() for task in photos):
        turns += 1
        await asyncio.sleep(0)
    assert turns > 10
    assert len({task.result() for task in photos}) == 1


async def test_refused_off_the_event_loop() -> None:
    """The reason for a refusal comes back from the thread."""
    with pytest.raises(UnfitPhoto) as caught:
        await prepare(b"no picture")
    assert caught.value.kind is Unfit.NOT_A_PICTURE
