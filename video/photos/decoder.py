"""Open an image file: its properties from the header alone, then its pixels, shrunk while they are read.

Decoders are called by class, not through `Image.open`: only these formats are read, no plugin is registered for
the whole process, and our own pixel limit replaces Pillow's warning. Images are shrunk in bands, so that there is
never a second full-size copy beside what the decoder holds.
"""

from __future__ import annotations

from io import SEEK_CUR, BytesIO
from typing import TYPE_CHECKING, Protocol

import pillow_heif
from PIL import Image, ImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from video.photos.formats import ImageFormat
from video.photos.pixels import flatten, shrink_bands

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLUGINS: dict[ImageFormat, type[ImageFile.ImageFile]] = {
    ImageFormat.JPEG: JpegImageFile,
    ImageFormat.PNG: PngImageFile,
    ImageFormat.WEBP: WebPImageFile,
    ImageFormat.GIF: GifImageFile,
    ImageFormat.BMP: BmpImageFile,
    ImageFormat.TIFF: TiffImageFile,
}
_BAND_ROWS = 64  # rows of the result that are made at a time
_EXIF_ORIENTATION = 0x0112
_TRANSPOSITIONS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class ImageDecoder(Protocol):
    """An image whose header has been read. The rest of the file may still turn out to be damaged.

    Attributes:
        size: width and height in pixels, as stored: not yet turned upright.
        animated: whether it has several frames.
        icc_profile: its ICC colour profile.
        memory_bytes: roughly what decoding will hold.
    """

    size: tuple[int, int]
    animated: bool
    icc_profile: bytes | None
    memory_bytes: int

    def decode(self, min_side: int) -> Image.Image:
        """Decode it: upright, opaque, in mode L, RGB or CMYK.

        An image whose longer side is at least twice `min_side` pixels is shrunk by the largest whole factor that
        leaves at least `min_side`.

        Raises:
            Exception: of any type, if the file is damaged.
        """
        ...


def open_image(data: bytes, image_format: ImageFormat) -> ImageDecoder:
    """Read the header.

    Raises:
        Exception: of any type, if the file is damaged.
    """
    if image_format is ImageFormat.HEIF:
        return _HeifDecoder(data)
    return _PillowDecoder(_PLUGINS[image_format](BytesIO(data)))


class _PillowDecoder:
    def __init__(self, image: ImageFile.ImageFile) -> None:
        self._image = image
        self.size = image.size
        has_pages = isinstance(image, TiffImageFile)
        self.animated = not has_pages and bool(getattr(image, "is_animated", False))
        icc_profile = image.info.get("icc_profile")
        self.icc_profile = icc_profile if isinstance(icc_profile, bytes) else None
        self.memory_bytes = round(image.width * image.height * _bytes_per_pixel(image))

    def decode(self, min_side: int) -> Image.Image:
        factor = _shrink_factor(self.size, min_side)
        # The JPEG decoder shrinks by itself, which saves time and memory. Other formats ignore this.
        self._image.draft(None, (self.size[0] // factor, self.size[1] // factor))
        self._image.load()
        size = self._image.size
        factor = _shrink_factor(size, min_side)
        transposition = _TRANSPOSITIONS.get(self._image.getexif().get(_EXIF_ORIENTATION, 1))
        small = flatten(self._image) if factor == 1 else shrink_bands(self._bands(factor * _BAND_ROWS), size, factor)
        return small.transpose(transposition) if transposition is not None else small

    def _bands(self, rows: int) -> Iterator[Image.Image]:
        width, height = self._image.size
        for top in range(0, height, rows):
            yield flatten(self._image.crop((0, top, width, min(top + rows, height))))


class _HeifDecoder:
    """HEIC. libheif turns the image upright itself, so its EXIF orientation must be ignored."""

    animated = False

    def __init__(self, data: bytes) -> None:
        file = pillow_heif.open_heif(BytesIO(data), convert_hdr_to_8bit=True, remove_stride=False)
        self._heif: pillow_heif.HeifImage = file[file.primary_index]
        self.size: tuple[int, int] = self._heif.size
        icc_profile = self._heif.info.get("icc_profile")
        self.icc_profile = icc_profile if isinstance(icc_profile, bytes) else None
        self.memory_bytes = self.size[0] * self.size[1] * 5

    def decode(self, min_side: int) -> Image.Image:
        self._heif.load()
        factor = _shrink_factor(self._heif.size, min_side)
        return shrink_bands(self._bands(factor * _BAND_ROWS), self._heif.size, factor)

    def _bands(self, rows: int) -> Iterator[Image.Image]:
        width, height = self._heif.size
        data, stride, mode = self._heif.data, self._heif.stride, self._heif.mode
        for top in range(0, height, rows):
            end = min(top + rows, height)
            part = data[top * stride : end * stride]
            yield flatten(Image.frombytes(mode, (width, end - top), part, "raw", mode, stride))


def _shrink_factor(size: tuple[int, int], min_side: int) -> int:
    return max(1, max(size) // min_side)


def _bytes_per_pixel(image: ImageFile.ImageFile) -> float:
    """Return what the decoder and Pillow hold together for each pixel of the header's size, as measured."""
    if isinstance(image, WebPImageFile):
        return 16  # two canvases of the decoder, its output, and Pillow's copy
    if isinstance(image, JpegImageFile):
        return 1 + _coefficients_per_pixel(image) * 2
    return 5


def _coefficients_per_pixel(image: JpegImageFile) -> float:
    """Return how many coefficients a pixel the JPEG decoder keeps until the last scan, whatever the output size."""
    single_scan_header = 8 + 2 * len(image.layer)  # bytes of the SOS segment and its marker: ITU-T T.81, B.2.3
    if image.fp is not None and "progressive" not in image.info:
        image.fp.seek(-single_scan_header, SEEK_CUR)
        if image.fp.read(single_scan_header).startswith(b"\xff\xda"):
            return 0
    samples = [across * down for _, across, down, _ in image.layer]
    return sum(samples) / max(samples)
