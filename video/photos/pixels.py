"""What is done to pixels: made opaque, shrunk, brought to sRGB, brought into a service's limits."""

from __future__ import annotations

import math
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageCms, ImageFilter, ImageOps

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPAQUE = frozenset({"L", "RGB", "CMYK"})
_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def flat(image: Image.Image) -> Image.Image:
    """The same in mode L, RGB or CMYK, 8 bits a channel; what is transparent becomes white."""
    if image.mode.startswith("I"):
        # Pillow would clip 16 bits to 255 rather than scale them.
        return image.convert("I").point(lambda value: value * (1 / 257) + 0.5).convert("L")
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        ground = Image.new("RGB", image.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    if image.mode in _OPAQUE:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def shrunk(bands: Iterator[Image.Image], size: tuple[int, int], factor: int) -> Image.Image:
    """One picture put together from its bands, top to bottom, each shrunk by `factor`.

    All but the last band have a whole multiple of `factor` rows.
    """
    whole: Image.Image | None = None
    top = 0
    for band in bands:
        small = band.reduce(factor) if factor > 1 else band
        if whole is None:
            whole = Image.new(small.mode, (small.width, math.ceil(size[1] / factor)))
        whole.paste(small, (0, top))
        top += small.height
    if whole is None:
        raise ValueError("a picture without rows")
    return whole


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Mode RGB, colours in sRGB. A profile that does not fit the picture is ignored, as browsers do."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            converted = None
        if converted is not None:
            return converted
    return image if image.mode == "RGB" else image.convert("RGB")


def resized(image: Image.Image, *, shortest: int, longest: int) -> Image.Image:
    """Its longer side at most `longest` pixels, its shorter side at least `shortest`.

    For ratios up to `longest` / `shortest` both can be had.
    """
    scale = min(1, longest / max(image.size))
    scale = max(scale, shortest / min(image.size))
    if scale == 1:
        return image
    width, height = (max(shortest, round(side * scale)) for side in image.size)
    return image.resize((width, height), Image.Resampling.LANCZOS)


def padded(image: Image.Image, *, ratio: float) -> Image.Image:
    """Its longer side at most `ratio` times its shorter: what is missing is a blurred copy of itself, a bit darker."""
    shorter = math.ceil(max(image.size) / ratio)
    if min(image.size) >= shorter:
        return image
    size = (max(image.width, shorter), max(image.height, shorter))
    ground = ImageOps.fit(image, size, Image.Resampling.BILINEAR)
    ground = ground.filter(ImageFilter.GaussianBlur(max(size) / 40)).point(lambda value: value * 0.8)
    ground.paste(image, ((size[0] - image.width) // 2, (size[1] - image.height) // 2))
    return ground
