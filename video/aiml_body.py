"""The body of a submit, made piece by piece while it is sent.

The Base64 of two big photos never exists as a whole: each piece is at most 64 KiB, some microseconds of work.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Self

from video.service import Animation, Quality

if TYPE_CHECKING:
    from collections.abc import Iterator

    from video.service import Order

MODELS = {
    Quality.STANDARD: "klingai/kling-video-v1.6-standard-effects",
    Quality.PRO: "klingai/kling-video-v1.6-pro-effects",
}
_SLICE = 48 * 1024  # bytes of photo: 64 KiB of Base64
_START = b"data:image/jpeg;base64,"


class SubmitBody:
    """An async iterator over the JSON body of `POST /v2/video/generations`.

    Attributes:
        length: bytes in all, for Content-Length.
        begun: whether a piece has been asked for.
    """

    def __init__(self, order: Order) -> None:
        before, after = _frame(order)
        photos = sum(len(_START) + 2 + (len(photo) + 2) // 3 * 4 for photo in order.photos)
        commas = len(order.photos) - 1
        self.length = len(before) + photos + commas + len(after)
        self.begun = False
        self._pieces = _pieces(order, before, after)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        self.begun = True
        piece = next(self._pieces, None)
        if piece is None:
            raise StopAsyncIteration
        return piece


def _frame(order: Order) -> tuple[bytes, bytes]:
    """What stands before the photos and behind them: a string for one photo, an array for two."""
    if isinstance(order.wish, Animation):
        raise TypeError("animations are not made yet")
    rest = {"model": MODELS[order.wish.quality], "effect_scene": order.wish.scene, "duration": order.duration}
    opening, closing = ("[", "]") if len(order.photos) > 1 else ("", "")
    before = json.dumps(rest).removesuffix("}") + ', "image_url": ' + opening
    return before.encode(), (closing + "}").encode()


def _pieces(order: Order, before: bytes, after: bytes) -> Iterator[bytes]:
    yield before
    for number, photo in enumerate(order.photos):
        yield (b"," if number else b"") + b'"' + _START
        view = memoryview(photo)
        for start in range(0, len(view), _SLICE):
            yield base64.b64encode(view[start : start + _SLICE])
        yield b'"'
    yield after
