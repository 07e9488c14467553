"""What a file is, told by its first bytes: names and MIME types from outside are only claims."""

from __future__ import annotations

from enum import StrEnum


class PictureFormat(StrEnum):
    """The formats that a photo may come in."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIF = "heif"
    GIF = "gif"
    BMP = "bmp"
    TIFF = "tiff"


_STARTS = {
    b"\xff\xd8\xff": PictureFormat.JPEG,
    b"\x89PNG\r\n\x1a\n": PictureFormat.PNG,
    b"GIF87a": PictureFormat.GIF,
    b"GIF89a": PictureFormat.GIF,
    b"II*\0": PictureFormat.TIFF,
    b"MM\0*": PictureFormat.TIFF,
}
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis"}  # ISO/IEC 23008-12, annex B: HEVC still pictures
_BMP_HEADERS = {12, 40, 52, 56, 64, 108, 124}  # bytes


def picture_format(head: bytes) -> PictureFormat | None:
    """The format of a file that begins with `head` (64 bytes tell), or None if it is no picture that we read."""
    for start, kind in _STARTS.items():
        if head.startswith(start):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return PictureFormat.WEBP
    if _is_heif(head):
        return PictureFormat.HEIF
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BMP_HEADERS:
        return PictureFormat.BMP
    return None


def looks_like_picture(head: bytes) -> bool:
    """Whether a file that begins with `head` is worth a try: 64 bytes tell."""
    return picture_format(head) is not None


def _is_heif(head: bytes) -> bool:
    if head[4:8] != b"ftyp":
        return False
    box = head[: int.from_bytes(head[:4], "big")]
    brands = {box[at : at + 4] for at in (8, *range(16, len(box), 4))}
    return bool(brands & _HEIF_BRANDS)
