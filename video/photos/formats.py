"""Detect an image's format from its first bytes. File names and MIME types are only claims of the sender."""

from __future__ import annotations

from enum import StrEnum


class ImageFormat(StrEnum):
    """The formats that a photo may have."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIF = "heif"
    AVIF = "avif"
    GIF = "gif"
    BMP = "bmp"
    TIFF = "tiff"


_SIGNATURES = {
    b"\xff\xd8\xff": ImageFormat.JPEG,
    b"\x89PNG\r\n\x1a\n": ImageFormat.PNG,
    b"GIF87a": ImageFormat.GIF,
    b"GIF89a": ImageFormat.GIF,
    b"II*\0": ImageFormat.TIFF,
    b"MM\0*": ImageFormat.TIFF,
}
_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis"), ImageFormat.HEIF),  # ISO/IEC 23008-12, annex B: HEVC
    **dict.fromkeys((b"avif", b"avis"), ImageFormat.AVIF),  # AV1 Image File Format, section 6
}
_BMP_HEADER_SIZES = {12, 40, 52, 56, 64, 108, 124}  # bytes


def detect_format(head: bytes) -> ImageFormat | None:
    """Return the format of a file that begins with `head` (64 bytes are enough), or None if it is not supported."""
    for signature, image_format in _SIGNATURES.items():
        if head.startswith(signature):
            return image_format
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return ImageFormat.WEBP
    if head[4:8] == b"ftyp":
        return _by_brand(head[: int.from_bytes(head[:4], "big")])
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BMP_HEADER_SIZES:
        return ImageFormat.BMP
    return None


def _by_brand(box: bytes) -> ImageFormat | None:
    """Return the format of an ISO base media file by its major brand, or else by the first compatible one."""
    brands = (box[at : at + 4] for at in (8, *range(16, len(box), 4)))
    return next((_BRANDS[brand] for brand in brands if brand in _BRANDS), None)
