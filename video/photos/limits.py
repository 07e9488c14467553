"""What a photo file may be, and why one cannot be used.

This module imports no image library: the bot's own process needs it too, and images are decoded in another one.
"""

from __future__ import annotations

from enum import StrEnum

MAX_FILE_BYTES = 20 * 1024 * 1024
"""Telegram lets a bot download no larger file."""
MAX_PIXELS = 250_000_000
"""Of any format. The largest photos of phones have 200 megapixels."""
MAX_MEMORY_BYTES = 256 * 1024 * 1024
"""To decode one photo. That is enough for any baseline JPEG, 59 megapixels of progressive JPEG with the usual
subsampling, 53 megapixels of PNG or HEIC, 28 of AVIF and 16 of WebP."""
MIN_SIDE_PX = 150
"""A photo with a shorter side is refused; up to 300 px it is scaled up."""
MAX_RATIO = 5
"""Longer side over shorter side. Beyond it a photo is refused; from 2.5 on it is padded."""


class UnusableReason(StrEnum):
    """Why a photo cannot be sent."""

    NOT_A_PICTURE = "not_a_picture"
    """No image, or a format that is not read (SVG, PDF, video)."""
    ANIMATED = "animated"
    """An animated GIF, WebP, PNG or AVIF."""
    CUT_SHORT = "cut_short"
    """The file is damaged or incomplete."""
    EMPTY = "empty"
    """No bytes."""
    TOO_MANY_PIXELS = "too_many_pixels"
    """Too large, or built in such a way that decoding it would take too much time or memory."""
    TOO_SMALL = "too_small"
    """A side under 150 px."""
    TOO_NARROW = "too_narrow"
    """One side more than 5 times the other."""
    TOO_BIG = "too_big"
    """A file over 20 MB."""


class UnusablePhoto(ValueError):
    """The photo cannot be sent; `reason` says why."""

    def __init__(self, reason: UnusableReason) -> None:
        super().__init__(reason.value)
        self.reason = reason
