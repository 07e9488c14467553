"""How a file that came as a document is told to be a photo."""

from __future__ import annotations

import pytest

from video.photos.formats import PictureFormat, looks_like_picture, picture_format

_HEIC = b"\0\0\0\x18ftyp%s\0\0\0\0mif1%s\0\0\x01\x81meta"


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe0\0\x10JFIF", PictureFormat.JPEG),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", PictureFormat.PNG),
        (b"RIFF\x24\0\0\0WEBPVP8 ", PictureFormat.WEBP),
        (_HEIC % (b"heic", b"heic"), PictureFormat.HEIF),
        (_HEIC % (b"mif1", b"heic"), PictureFormat.HEIF),
        (b"GIF89a", PictureFormat.GIF),
        (b"II*\0\x08\0\0\0", PictureFormat.TIFF),
        (b"BM" + bytes(12) + b"\x28\0\0\0", PictureFormat.BMP),
        (_HEIC % (b"avif", b"avif"), None),
        (_HEIC % (b"isom", b"mp42"), None),
        (b"\0\0\0\0ftypheic", None),
        (b"<svg", None),
        (b"%PDF-1.7", None),
        (b"BMW", None),
        (b"", None),
    ],
)
def test_by_first_bytes(head: bytes, kind: PictureFormat | None) -> None:
    """A file is judged by its first bytes, not by its name."""
    assert picture_format(head) is kind
    assert looks_like_picture(head) is (kind is not None)
