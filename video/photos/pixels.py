"""Operations on decoded pixels: flatten, shrink, convert to sRGB, fit a service's limits."""

from __future__ import annotations

import math
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageCms, ImageFilter, ImageOps

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPAQUE_MODES = frozenset({"L", "RGB", "CMYK"})
_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def flatten(image: Image.Image) -> Image.Image:
    """Return the image in mode L, RGB or CMYK with 8 bits a channel, on a white background."""
    if image.mode.startswith("I"):
        # Pillow would clip 16 bits to 255 instead of scaling them.
        return image.convert("I").point(lambda value: value * (1 / 257) + 0.5).convert("L")
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


def to_srgb(image: Image.Image, icc_profile: bytes | None) -> Image.Image:
    """Convert to mode RGB in sRGB. A profile that does not fit the image is ignored, as browsers do."""
    if icc_profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(icc_profile))
            converted = ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB")
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
