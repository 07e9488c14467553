"""Operations on decoded pixels: flatten, shrink, convert to sRGB, fit a service's limits."""

from __future__ import annotations

import math
import sys
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple, cast

from PIL import Image, ImageChops, ImageFilter, ImageOps

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPAQUE_MODES = frozenset({"L", "RGB", "CMYK"})


class GreyRange(NamedTuple):
    """The values of black and white in an image that has more than 8 bits of grey.

    Attributes:
        wraps: whether Pillow shows unsigned values from 2³¹ on as negative ones.
    """

    black: float
    white: float
    wraps: bool = False


def grey_range(image: Image.Image, *, declared_max: int | None, inverted: bool, signed: bool) -> GreyRange | None:
    """Return what the values of grey mean, or None for an image with 8 bits a channel.

    Without a declared maximum, floats range from 0 to 1, and whole numbers of 32 bits use the narrowest of 8, 16 and
    32 bits that holds them. Values that fit neither are scaled from the lowest to the highest that occurs.

    Args:
        image: a decoded image.
        declared_max: the value that the file declares to be the highest, if it does.
        inverted: whether 0 means white.
        signed: whether values may be negative.

    Raises:
        ValueError: some values are not finite.
    """
    if not image.mode.startswith(("I", "F")):
        return None
    readable = image.convert("I") if image.mode == "I;16B" else image
    low, high = (float(value) for value in cast("tuple[float, float]", readable.getextrema()))
    if not (math.isfinite(low) and math.isfinite(high)):
        raise ValueError("grey that is not finite")
    wraps = low < 0 and image.mode == "I" and not signed
    if declared_max is not None and low >= 0 and high <= declared_max:
        low, high = 0, declared_max
    elif image.mode.startswith("I;16"):
        low, high = 0, 0xFFFF
    elif low >= 0:
        steps = (1.0,) if image.mode == "F" else (0xFF, 0xFFFF, 0x7FFF_FFFF)
        low, high = next(((0, step) for step in steps if high <= step), (low if low < high else 0, high))
    return GreyRange(high, low, wraps) if inverted else GreyRange(low, high, wraps)


def _to_8_bits(image: Image.Image, grey: GreyRange) -> Image.Image:
    if grey.wraps:
        channels = Image.frombytes("RGBX", image.size, image.tobytes())
        high_byte = channels.getchannel(3 if sys.byteorder == "little" else 0)
        return ImageOps.invert(high_byte) if grey.black > grey.white else high_byte
    scale = 255 / (grey.white - grey.black or 1)
    offset = 0.5 - grey.black * scale  # Pillow cuts fractions off
    whole_numbers = image.convert("I") if image.mode.startswith("I;16") else image
    return whole_numbers.convert("F").point(lambda value: value * scale + offset).convert("L")


def flatten(image: Image.Image, grey: GreyRange | None = None) -> Image.Image:
    """Return the image in mode L, RGB or CMYK with 8 bits a channel, on a white background."""
    if grey is not None:
        return _to_8_bits(image, grey)
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        background = Image.new("RGB", image.size, "white")
        background.paste(layer, mask=layer.getchannel("A"))
        return background
    if image.mode in _OPAQUE_MODES:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def shrink_bands(bands: Iterator[Image.Image], size: tuple[int, int], factor: int) -> Image.Image:
    """Shrink each band by `factor` and join the results from top to bottom.

    Args:
        bands: horizontal strips of one image; all but the last have a multiple of `factor` rows.
        size: width and height of the whole image in pixels.
        factor: a whole number, 1 or more.

    Raises:
        ValueError: there are no bands.
    """
    joined: Image.Image | None = None
    top = 0
    for band in bands:
        small = band.reduce(factor) if factor > 1 else band
        if joined is None:
            joined = Image.new(small.mode, (small.width, math.ceil(size[1] / factor)))
        joined.paste(small, (0, top))
        top += small.height
    if joined is None:
        raise ValueError("an image without rows")
    return joined


def crop_lost_rows(image: Image.Image, other: Image.Image, *, most: int) -> Image.Image:
    """Return the image without its last rows, from the first one on in which it differs from `other`.

    The two are one file that was cut short, decoded with different bytes in place of the missing ones.

    Raises:
        ValueError: more than `most` rows are lost.
    """
    box = ImageChops.difference(image, other).getbbox()
    if box is None:
        return image
    top = box[1]
    if image.height - top > most:
        raise ValueError("a part of the picture is missing")
    return image.crop((0, 0, image.width, top))


def to_srgb(image: Image.Image, icc_profile: bytes | None) -> Image.Image:
    """Convert to mode RGB in sRGB. A profile that does not fit the image is ignored, as browsers do."""
    if icc_profile:
        from PIL import ImageCms  # noqa: PLC0415 -- photos from Telegram have no profile

        try:
            source = ImageCms.ImageCmsProfile(BytesIO(icc_profile))
            srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
            converted = ImageCms.profileToProfile(image, source, srgb, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            converted = None
        if converted is not None:
            return converted
    return image if image.mode == "RGB" else image.convert("RGB")


def resize(image: Image.Image, *, min_side: int, max_side: int) -> Image.Image:
    """Scale so that the longer side is at most `max_side` pixels and the shorter side at least `min_side`.

    The shorter side has precedence; both hold for ratios up to `max_side` / `min_side`.
    """
    scale = min(1, max_side / max(image.size))
    scale = max(scale, min_side / min(image.size))
    if scale == 1:
        return image
    width, height = (max(min_side, round(side * scale)) for side in image.size)
    return image.resize((width, height), Image.Resampling.LANCZOS)


def pad(image: Image.Image, *, max_ratio: float) -> Image.Image:
    """Widen the shorter side until the longer one is at most `max_ratio` times as long.

    The edges are filled with a blurred, slightly darker copy of the image.
    """
    min_side = math.ceil(max(image.size) / max_ratio)
    if min(image.size) >= min_side:
        return image
    size = (max(image.width, min_side), max(image.height, min_side))
    background = ImageOps.fit(image, size, Image.Resampling.BILINEAR)
    background = background.filter(ImageFilter.GaussianBlur(max(size) / 40)).point(lambda value: value * 0.8)
    background.paste(image, ((size[0] - image.width) // 2, (size[1] - image.height) // 2))
    return background
