"""Formats are detected from the first bytes."""

from __future__ import annotations

import pytest

from video.photos.formats import ImageFormat, detect_format

_HEIC = b"\0\0\0\x18ftyp%s\0\0\0\0mif1%s\0\0\x01\x81meta"


@pytest.mark.parametrize(
    ("head", "image_format"),
    [
        (b"\xff\xd8\xff\xe0\0\x10JFIF", ImageFormat.JPEG),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", ImageFormat.PNG),
        (b"RIFF\x24\0\0\0WEBPVP8 ", ImageFormat.WEBP),
        (_HEIC % (b"heic", b"heic"), ImageFormat.HEIF),
        (_HEIC % (b"mif1", b"heic"), ImageFormat.HEIF),
        (_HEIC % (b"avis", b"avif"), ImageFormat.AVIF),
        (_HEIC % (b"mif1", b"avif"), ImageFormat.AVIF),
        (b"GIF89a", ImageFormat.GIF),
        (b"II*\0\x08\0\0\0", ImageFormat.TIFF),
        (b"BM" + bytes(12) + b"\x28\0\0\0", ImageFormat.BMP),
        (_HEIC % (b"avif", b"avif"), ImageFormat.AVIF),
        (_HEIC % (b"isom", b"mp42"), None),
        (b"\0\0\0\0ftypheic", None),
        (b"<svg", None),
        (b"%PDF-1.7", None),
        (b"BMW", None),
        (b"", None),
    ],
)
def test_detect_format(head: bytes, image_format: ImageFormat | None) -> None:
    """A file is judged by its first bytes, not by its name."""
    assert detect_format(head) is image_format
