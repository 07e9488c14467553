"""A JSON body with photos in it, encoded chunk by chunk while it is sent.

The Base64 of two big photos never exists as a whole. A chunk has at most 64 KiB, some microseconds of work.
"""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_CHUNK_BYTES = 48 * 1024  # of a photo: 64 KiB of Base64


@dataclass(frozen=True, slots=True, repr=False)
class EncodedPhoto:
    """A JSON string in a body: `prefix`, then the photo's Base64."""

    photo: bytes
    prefix: str = ""


class StreamedBody:
    """An async iterator over the JSON of a document whose values may be `EncodedPhoto`s.

    Attributes:
        length: bytes in all, for Content-Length.
        started: whether a chunk has been asked for.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        placeholder = secrets.token_hex(16)  # occurs in nobody's text
        photos: list[EncodedPhoto] = []

        def hold_place(value: object) -> str:
            if not isinstance(value, EncodedPhoto):
                raise TypeError(f"no JSON: {type(value).__name__}")
            photos.append(value)
            return placeholder

        texts = [text.encode() for text in json.dumps(document, default=hold_place).split(placeholder)]
        encoded = sum(len(photo.prefix) + (len(photo.photo) + 2) // 3 * 4 for photo in photos)
        self.length = sum(map(len, texts)) + encoded
        self.started = False
        self._chunks = _chunks(texts, photos)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        self.started = True
        chunk = next(self._chunks, None)
        if chunk is None:
            raise StopAsyncIteration
        return chunk


def _chunks(texts: list[bytes], photos: list[EncodedPhoto]) -> Iterator[bytes]:
    for text, photo in zip(texts, photos, strict=False):  # one text more than photos: the last one
        yield text + photo.prefix.encode()
        view = memoryview(photo.photo)
        for start in range(0, len(view), _CHUNK_BYTES):
            yield base64.b64encode(view[start : start + _CHUNK_BYTES])
    yield texts[-1]
