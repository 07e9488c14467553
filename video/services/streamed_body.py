"""A JSON body with photos in it, made piece by piece while it is sent.

The Base64 of two big photos never exists as a whole: each piece is at most 64 KiB, some microseconds of work.
"""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SLICE = 48 * 1024  # bytes of photo: 64 KiB of Base64


@dataclass(frozen=True, slots=True, repr=False)
class EncodedPhoto:
    """A value in a body: a string of `prefix` and the photo's Base64."""

    photo: bytes
    prefix: str = ""


class StreamedBody:
    """An async iterator over the JSON of a document whose values may be `Picture`s.

    Attributes:
        length: bytes in all, for Content-Length.
        begun: whether a piece has been asked for.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        mark = secrets.token_hex(16)  # in nobody's words
        pictures: list[EncodedPhoto] = []

        def place(value: object) -> str:
            if not isinstance(value, EncodedPhoto):
                raise TypeError(f"no JSON: {type(value).__name__}")
            pictures.append(value)
            return mark

        texts = [text.encode() for text in json.dumps(document, default=place).split(mark)]
        encoded = sum(len(picture.prefix) + (len(picture.photo) + 2) // 3 * 4 for picture in pictures)
        self.length = sum(map(len, texts)) + encoded
        self.started = False
        self._pieces = _pieces(texts, pictures)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        self.started = True
        piece = next(self._pieces, None)
        if piece is None:
            raise StopAsyncIteration
        return piece


def _pieces(texts: list[bytes], pictures: list[EncodedPhoto]) -> Iterator[bytes]:
    for text, picture in zip(texts, pictures, strict=False):  # one text more than pictures: the last one
        yield text + picture.prefix.encode()
        view = memoryview(picture.photo)
        for start in range(0, len(view), _SLICE):
            yield base64.b64encode(view[start : start + _SLICE])
    yield texts[-1]
