"""What is known of an image file before it is decoded."""

from __future__ import annotations

from typing import Literal, NamedTuple

from video.photos.limits import UnusablePhoto, UnusableReason

_ORIENTATION_TAG = 0x0112
_SHORT = 3  # type of an EXIF value: two bytes


class Contents(NamedTuple):
    """An image file without what its decoder does not need.

    Attributes:
        data: the file. Metadata, thumbnails and later pages are left out.
        padded_otherwise: the same with other bytes in place of those that are missing at the end of the file. None if
            nothing is missing. Where the two decode to the same pixels, nothing of them was lost.
        pixels: how many the decoder makes room for as soon as it is opened; 0 if it waits until it is asked to decode.
        orientation: how the image must be turned, an EXIF value from 1 to 8.
        icc_profile: its ICC colour profile, which may be broken.
        bytes_per_pixel: what the decoder holds beside its output, for each pixel of the image's full size.
        grey_max: the highest value of grey, if there are more than 8 bits of it. None if the file does not say.
        grey_inverted: whether 0 means white in grey of more than 8 bits.
        grey_signed: whether grey may be negative.
    """

    data: bytes
    padded_otherwise: bytes | None = None
    pixels: int = 0
    orientation: int = 1
    icc_profile: bytes | None = None
    bytes_per_pixel: float = 0
    grey_max: int | None = None
    grey_inverted: bool = False
    grey_signed: bool = False


def exif_orientation(exif: bytes) -> int:
    """Return the orientation in a block of EXIF: 1 to 8, and 1 if the block is broken or has none.

    Source: TIFF 6.0, section 2 (image file directories); EXIF 2.32, 4.6.4 A.
    """
    exif = exif.removeprefix(b"Exif\0\0")
    if exif[:2] not in (b"II", b"MM"):
        return 1
    byteorder: Literal["little", "big"] = "little" if exif[:2] == b"II" else "big"
    start = int.from_bytes(exif[4:8], byteorder)
    count = int.from_bytes(exif[start : start + 2], byteorder)
    for at in range(start + 2, min(start + 2 + 12 * count, len(exif) - 11), 12):
        if int.from_bytes(exif[at : at + 2], byteorder) == _ORIENTATION_TAG:
            value = int.from_bytes(exif[at + 8 : at + 10], byteorder)
            is_valid = int.from_bytes(exif[at + 2 : at + 4], byteorder) == _SHORT and 1 <= value <= 8
            return value if is_valid else 1
    return 1


def too_many_parts() -> UnusablePhoto:
    """Return the refusal of a file that is built of more parts than any camera or program makes."""
    return UnusablePhoto(UnusableReason.TOO_MANY_PIXELS)
