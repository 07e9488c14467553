"""Open an image file: its properties from the header alone, then its pixels, shrunk while they are read.

Decoders are called by class, not through `Image.open`: only these formats are read, no plugin is registered for
the whole process, and our own limits replace Pillow's. Images are shrunk in bands, so that there is never a second
full-size copy beside what the decoder holds.
"""

from __future__ import annotations

from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Protocol, cast

from PIL import Image

from video.photos.containers.gif import read_bmp, read_gif
from video.photos.containers.isobmff import read_avif, read_heif
from video.photos.containers.jpeg import read_jpeg
from video.photos.containers.png import read_png
from video.photos.containers.tiff import read_tiff
from video.photos.containers.webp import read_webp
from video.photos.formats import ImageFormat
from video.photos.limits import MAX_MEMORY_BYTES, UnusablePhoto, UnusableReason
from video.photos.pixels import GreyRange, crop_lost_rows, flatten, grey_range, shrink_bands

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pillow_heif
    from PIL import ImageFile

    from video.photos.containers.contents import Contents

Image.MAX_IMAGE_PIXELS = None  # `video.photos.limits` has ours

_READERS: dict[ImageFormat, Callable[[bytes], Contents]] = {
    ImageFormat.JPEG: read_jpeg,
    ImageFormat.PNG: read_png,
    ImageFormat.WEBP: read_webp,
    ImageFormat.GIF: read_gif,
    ImageFormat.BMP: read_bmp,
    ImageFormat.TIFF: read_tiff,
    ImageFormat.HEIF: read_heif,
    ImageFormat.AVIF: read_avif,
}
_PLUGINS = {
    ImageFormat.JPEG: "Jpeg",
    ImageFormat.PNG: "Png",
    ImageFormat.WEBP: "WebP",
    ImageFormat.GIF: "Gif",
    ImageFormat.BMP: "Bmp",
    ImageFormat.TIFF: "Tiff",
    ImageFormat.AVIF: "Avif",
}
# What the decoder and Pillow hold together, as measured.
_BYTES_PER_PIXEL = {
    ImageFormat.JPEG: 5,  # of the size that it is shrunk to
    ImageFormat.WEBP: 16,  # two canvases of the decoder, its output, and Pillow's copy
    ImageFormat.TIFF: 9,  # a strip may be the whole picture
    ImageFormat.AVIF: 8,  # beside the planes
}
_USUAL_BYTES_PER_PIXEL = 5
_BAND_ROWS = 64  # rows of the result that are made at a time
_MAX_LOST_SHARE = 1 / 32  # of the rows: they may be missing at the end of a file that was cut short
_MAX_LOST_ROWS = 16  # of the full size, if that is more: one row of blocks of a JPEG
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

    def decode(self) -> Image.Image:
        """Decode it: upright, opaque, in mode L, RGB or CMYK.

        Raises:
            Exception: of any type, if the file is damaged.
        """
        ...


def open_image(data: bytes, image_format: ImageFormat, *, min_side: int) -> ImageDecoder:
    """Read the structure of the file and the header of its image.

    Args:
        data: the file.
        image_format: as detected.
        min_side: pixels. An image whose longer side is at least twice as long is shrunk while it is decoded, by the
            largest whole factor that leaves that many.

    Raises:
        UnusablePhoto: it is animated, or costs too much.
        Exception: of any type, if the file is damaged.
    """
    contents = _READERS[image_format](data)
    if image_format is ImageFormat.HEIF:
        return _HeifDecoder(contents, min_side)
    if contents.pixels * _BYTES_PER_PIXEL.get(image_format, _USUAL_BYTES_PER_PIXEL) > MAX_MEMORY_BYTES:
        raise UnusablePhoto(UnusableReason.TOO_MANY_PIXELS)
    return _PillowDecoder(contents, image_format, min_side)


def _load_plugin(image_format: ImageFormat) -> type[ImageFile.ImageFile]:
    """Import one decoder. To import them all would double the time that a photo process takes to start."""
    name = _PLUGINS[image_format]
    module = import_module(f"PIL.{name}ImagePlugin")
    if image_format is ImageFormat.AVIF:
        module.DEFAULT_MAX_THREADS = 1  # type: ignore[attr-defined]  # each thread takes memory of its own
    return cast("type[ImageFile.ImageFile]", getattr(module, f"{name}ImageFile"))


class _PillowDecoder:
    def __init__(self, contents: Contents, image_format: ImageFormat, min_side: int) -> None:
        self._contents = contents
        self._plugin = _load_plugin(image_format)
        self._min_side = min_side
        self._image = self._plugin(BytesIO(contents.data))
        self.size = self._image.size
        self.animated = bool(getattr(self._image, "is_animated", False))
        icc_profile = contents.icc_profile or self._image.info.get("icc_profile")
        self.icc_profile = icc_profile if isinstance(icc_profile, bytes) else None
        width, height = self.size
        self._let_decoder_shrink(self._image)
        self.memory_bytes = round(
            self._image.width * self._image.height * _BYTES_PER_PIXEL.get(image_format, _USUAL_BYTES_PER_PIXEL)
            + width * height * contents.bytes_per_pixel
        )

    def decode(self) -> Image.Image:
        small = self._decode(self._image)
        orientation = self._contents.orientation
        if self._image.format == "AVIF":
            orientation = self._image.getexif().get(_EXIF_ORIENTATION, 1)  # put there by Pillow
        if self._contents.padded_otherwise is not None:
            other = self._plugin(BytesIO(self._contents.padded_otherwise))
            self._let_decoder_shrink(other)
            most = max(_MAX_LOST_ROWS * small.height // self.size[1] + 1, round(small.height * _MAX_LOST_SHARE))
            small = crop_lost_rows(small, self._decode(other), most=most)
        transposition = _TRANSPOSITIONS.get(orientation)
        return small.transpose(transposition) if transposition is not None else small

    def _let_decoder_shrink(self, image: ImageFile.ImageFile) -> None:
        """JPEG alone can be shrunk by its decoder, which saves time and memory. Other formats ignore this."""
        factor = _shrink_factor(image.size, self._min_side)
        image.draft(None, (image.width // factor, image.height // factor))

    def _decode(self, image: ImageFile.ImageFile) -> Image.Image:
        image.load()
        grey = grey_range(
            image,
            declared_max=self._contents.grey_max,
            inverted=self._contents.grey_inverted,
            signed=self._contents.grey_signed,
        )
        factor = _shrink_factor(image.size, self._min_side)
        if factor == 1:
            return flatten(image, grey)
        return shrink_bands(_bands(image, factor * _BAND_ROWS, grey), image.size, factor)


def _bands(image: Image.Image, rows: int, grey: GreyRange | None) -> Iterator[Image.Image]:
    for top in range(0, image.height, rows):
        yield flatten(image.crop((0, top, image.width, min(top + rows, image.height))), grey)


class _HeifDecoder:
    """HEIC. libheif turns the image upright itself, so its EXIF orientation must be ignored."""

    animated = False

    def __init__(self, contents: Contents, min_side: int) -> None:
        import pillow_heif  # noqa: PLC0415 -- it takes as much memory as all other decoders together, and is seldom needed

        pillow_heif.options.DECODE_THREADS = 1
        file = pillow_heif.open_heif(BytesIO(contents.data), convert_hdr_to_8bit=True, remove_stride=False)
        self._heif: pillow_heif.HeifImage = file[file.primary_index]
        self._min_side = min_side
        self.size: tuple[int, int] = self._heif.size
        icc_profile = self._heif.info.get("icc_profile")
        self.icc_profile = icc_profile if isinstance(icc_profile, bytes) else None
        self.memory_bytes = self.size[0] * self.size[1] * _USUAL_BYTES_PER_PIXEL

    def decode(self) -> Image.Image:
        self._heif.load()
        factor = _shrink_factor(self._heif.size, self._min_side)
        return shrink_bands(self._bands(factor * _BAND_ROWS), self._heif.size, factor)

    def _bands(self, rows: int) -> Iterator[Image.Image]:
        width, height = self._heif.size
        data, stride, mode = self._heif.data, self._heif.stride, self._heif.mode
        # Grey stays at its depth, whatever was asked for, with zeros in the lowest of 16 bits.
        white = 0x10000 - (0x10000 >> cast("int", self._heif.info.get("bit_depth", 8)))
        grey = GreyRange(0, white) if mode == "I;16" else None
        for top in range(0, height, rows):
            end = min(top + rows, height)
            part = data[top * stride : end * stride]
            yield flatten(Image.frombytes(mode, (width, end - top), part, "raw", mode, stride), grey)


def _shrink_factor(size: tuple[int, int], min_side: int) -> int:
    return max(1, max(size) // min_side)
