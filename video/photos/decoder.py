"""A picture file opened: its facts from the header alone, then its pixels, shrunk while they are read.

Decoders are called by class, not through `Image.open`: only these formats, no plugin registered for the whole
process, and our own limit on pixels instead of Pillow's warning. Shrinking goes in bands, so that beside what
the decoder holds there is never a second full-size copy.
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

from video.photos.formats import PictureFormat
from video.photos.pixels import flat, shrunk

if TYPE_CHECKING:
    from collections.abc import Iterator

_DECODERS: dict[PictureFormat, type[ImageFile.ImageFile]] = {
    PictureFormat.JPEG: JpegImageFile,
    PictureFormat.PNG: PngImageFile,
    PictureFormat.WEBP: WebPImageFile,
    PictureFormat.GIF: GifImageFile,
    PictureFormat.BMP: BmpImageFile,
    PictureFormat.TIFF: TiffImageFile,
}
_BAND = 64  # rows of the result that are made at a time
_ORIENTATION = 0x0112  # EXIF
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class Picture(Protocol):
    """A picture whose header has been read; the rest may still turn out to be damaged.

    Attributes:
        size: width and height in pixels, not yet turned upright.
        animated: whether it moves.
        profile: its ICC colour profile.
        cost: bytes that decoding will hold, about.
    """

    size: tuple[int, int]
    animated: bool
    profile: bytes | None
    cost: int

    def read(self, enough: int) -> Image.Image:
        """Decode it: upright, opaque, mode L, RGB or CMYK.

        A longer side of twice `enough` pixels or more is shrunk by the greatest whole factor that leaves at
        least `enough`.

        Raises:
            Exception: of any type, where the file is damaged.
        """
        ...


def open_picture(data: bytes, kind: PictureFormat) -> Picture:
    """Read the header.

    Raises:
        Exception: of any type, where the file is damaged.
    """
    if kind is PictureFormat.HEIF:
        return _HeifPicture(data)
    return _PillowPicture(_DECODERS[kind](BytesIO(data)))


class _PillowPicture:
    def __init__(self, image: ImageFile.ImageFile) -> None:
        self._image = image
        self.size = image.size
        pages = isinstance(image, TiffImageFile)
        self.animated = not pages and bool(getattr(image, "is_animated", False))
        profile = image.info.get("icc_profile")
        self.profile = profile if isinstance(profile, bytes) else None
        self.cost = round(image.width * image.height * _bytes_per_pixel(image))

    def read(self, enough: int) -> Image.Image:
        factor = _factor(self.size, enough)
        # JPEG is shrunk by its decoder, at little cost in time and memory; other formats take no notice.
        self._image.draft(None, (self.size[0] // factor, self.size[1] // factor))
        self._image.load()
        factor = _factor(self._image.size, enough)
        turn = _TURNS.get(self._image.getexif().get(_ORIENTATION, 1))
        small = flat(self._image) if factor == 1 else shrunk(self._bands(factor * _BAND), self._image.size, factor)
        return small.transpose(turn) if turn is not None else small

    def _bands(self, rows: int) -> Iterator[Image.Image]:
        width, height = self._image.size
        for top in range(0, height, rows):
            yield flat(self._image.crop((0, top, width, min(top + rows, height))))


class _HeifPicture:
    """HEIC. The decoder turns it upright, by the file's own word: the EXIF in it is not to be asked."""

    animated = False

    def __init__(self, data: bytes) -> None:
        file = pillow_heif.open_heif(BytesIO(data), convert_hdr_to_8bit=True, remove_stride=False)
        self._heif: pillow_heif.HeifImage = file[file.primary_index]
        self.size: tuple[int, int] = self._heif.size
        profile = self._heif.info.get("icc_profile")
        self.profile = profile if isinstance(profile, bytes) else None
        self.cost = self.size[0] * self.size[1] * 5

    def read(self, enough: int) -> Image.Image:
        self._heif.load()
        factor = _factor(self._heif.size, enough)
        return shrunk(self._bands(factor * _BAND), self._heif.size, factor)

    def _bands(self, rows: int) -> Iterator[Image.Image]:
        width, height = self._heif.size
        data, stride, mode = self._heif.data, self._heif.stride, self._heif.mode
        for top in range(0, height, rows):
            end = min(top + rows, height)
            part = data[top * stride : end * stride]
            yield flat(Image.frombytes(mode, (width, end - top), part, "raw", mode, stride))


def _factor(size: tuple[int, int], enough: int) -> int:
    return max(1, max(size) // enough)


def _bytes_per_pixel(image: ImageFile.ImageFile) -> float:
    """Measured, per pixel of the header's size: what the decoder and Pillow hold together."""
    if isinstance(image, WebPImageFile):
        return 16  # the decoder's two canvases, its answer, and Pillow's copy
    if isinstance(image, JpegImageFile):
        return 1 + _coefficients_per_pixel(image) * 2
    return 5


def _coefficients_per_pixel(image: JpegImageFile) -> float:
    """What the JPEG decoder must keep until the last scan, whatever size it is asked for."""
    in_one_scan = 8 + 2 * len(image.layer)  # bytes of the SOS segment and its marker: ITU-T T.81, B.2.3
    if image.fp is not None and "progressive" not in image.info:
        image.fp.seek(-in_one_scan, SEEK_CUR)
        if image.fp.read(in_one_scan).startswith(b"\xff\xda"):
            return 0
    samples = [across * down for _, across, down, _ in image.layer]
    return sum(samples) / max(samples)
