"""Tells which photo an answer is about by the photo itself, which errors hold under the key `input`.

    {"detail": [{"loc": ["body", "image_url"], "type": "face_detection_error", "input": "data:image/jpeg;base64,…"}]}

An echo may be a data URI, bare Base64, either cut short at one end, or the URL of a copy. It is compared with digests,
as the photos themselves are gone when a job fails.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from video.services.embedded_json import split_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_HEAD_BYTES = (256, 768, 2048, 8192, 65_536)  # photos of one size may begin alike for about 650 bytes
_TAIL_BYTES = 45
_TAIL_GROUPS = 60  # characters of Base64 before the last group, which has 2 to 4 without its padding
_PART_LENGTH = 16  # characters of a hexadecimal digest of a part
_SEPARATOR = "."

_MIN_LENGTH = 100  # characters; what is shorter is no photo
_RUN = re.compile(r"[A-Za-z0-9+/]{64,}={0,2}")
_MAX_PREFIX_LENGTH = 4096  # characters before the Base64
_SPACE = re.compile(r"\s+")
_HEXADECIMAL = re.compile(r"(?<![0-9a-f])(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?![0-9a-f])")
_ECHO_KEY = "input"
_MAX_DEPTH = 8
_MAX_ITEMS = 50  # of one object or array
_MAX_ECHOES = 8


def digest_of(photo: bytes) -> str:
    """Return what tells a photo again in an echo: digests of the whole, of its beginnings and of its end."""
    whole = [hashlib.new(name, photo, usedforsecurity=False).hexdigest() for name in ("sha256", "sha1", "md5")]
    return _SEPARATOR.join([*whole, _part(photo[-_TAIL_BYTES:]), *_heads(photo)])


@dataclass(frozen=True, slots=True)
class Echo:
    """What an answer repeats of a photo.

    Attributes:
        whole: digests that the whole photo may have.
        heads: of its beginnings, the shortest first, as far as it was repeated.
        tails: of its end; of several lengths, as the last group of Base64 may be of any.
        place: which photo it is, from 1, if the answer itself lists both.
    """

    whole: frozenset[str] = frozenset()
    heads: tuple[str, ...] = ()
    tails: frozenset[str] = frozenset()
    place: int | None = None

    def is_whole(self, digest: list[str]) -> bool:
        """Return True if the whole photo, or its digest, was repeated."""
        return not self.whole.isdisjoint(digest[:3])

    def is_head(self, digest: list[str]) -> bool:
        """Return True if the photo begins like this."""
        heads = digest[4:]
        return bool(self.heads) and heads[: len(self.heads)] == list(self.heads)

    def is_tail(self, digest: list[str]) -> bool:
        """Return True if the photo ends like this."""
        return not self.tails.isdisjoint(digest[3:4])


def which_photo(echoes: Iterable[Echo], digests: Sequence[str | None]) -> int | None:
    """Return which photo was repeated, from 1. None if none was, or both were.

    Args:
        echoes: what the answer repeats.
        digests: of the photos that were sent, as `digest_of` made them; None of one that is not known.
    """
    echoes = tuple(echoes)
    known = [(number, digest.split(_SEPARATOR)) for number, digest in enumerate(digests, start=1) if digest]
    photos = {number for number, digest in known for echo in echoes if echo.is_whole(digest)}
    for fits in (Echo.is_head, Echo.is_tail):
        if not photos:
            photos = {number for number, digest in known for echo in echoes if fits(echo, digest)}
            photos = photos if len(photos) == 1 else set()
    photos = photos or {echo.place for echo in echoes if echo.place and echo.place <= len(digests)}
    return next(iter(photos)) if len(photos) == 1 else None


def find_echoes(answer: object) -> tuple[Echo, ...]:
    """Return what an answer, as parsed JSON, repeats of photos: under `input`, or else anywhere."""
    texts = [*_iter_texts(answer, 0, echoed=False)]
    echoed = [text for text, is_echoed in texts if is_echoed]
    pairs = [*_iter_pairs(answer, 0)]
    found = (_read(text, pairs) for text in echoed or [text for text, _ in texts])
    return tuple(echo for echo in found if echo is not None)[:_MAX_ECHOES]


def _iter_texts(value: Any, depth: int, *, echoed: bool) -> Iterator[tuple[str, bool]]:
    """Yield every text that may be an echo, and whether it stands under `input`."""
    if depth > _MAX_DEPTH:
        return
    match value:
        case dict():
            for key, item in list(value.items())[:_MAX_ITEMS]:
                yield from _iter_texts(item, depth + 1, echoed=echoed or key.lower() == _ECHO_KEY)
        case list():
            for item in value[:_MAX_ITEMS]:
                yield from _iter_texts(item, depth + 1, echoed=echoed)
        case str() if "{" in value and (parts := split_json(value)):
            yield from _iter_texts(parts[1], depth + 1, echoed=echoed)
        case str() if len(value) >= _MIN_LENGTH or _is_url(value):
            yield value, echoed


def _iter_pairs(value: Any, depth: int) -> Iterator[list[str]]:
    """Yield the names of every two URLs that the answer lists as what was sent."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, dict):
        for item in list(value.values())[:_MAX_ITEMS]:
            yield from _iter_pairs(item, depth + 1)
    elif isinstance(value, list):
        if len(value) == 2 and all(isinstance(item, str) and _is_url(item) for item in value):
            yield [_file_name(item) for item in value]
        for item in value[:_MAX_ITEMS]:
            yield from _iter_pairs(item, depth + 1)


def _read(text: str, pairs: list[list[str]]) -> Echo | None:
    """Return what a text repeats of a photo, None if it is none."""
    text = unquote(text) if "%" in text else text
    before, mark, content = text.rpartition("base64,")
    if _is_url(text) and not mark:
        places = {names.index(_file_name(text)) + 1 for names in pairs if names.count(_file_name(text)) == 1}
        place = next(iter(places)) if len(places) == 1 else None
        return Echo(frozenset(_HEXADECIMAL.findall(text.lower())), tails=_tails_of(text), place=place)
    if len(before) > _MAX_PREFIX_LENGTH:
        return None
    content = _SPACE.sub("", content.strip(" \t\r\n\"'")).replace("-", "+").replace("_", "/")
    runs = list(_RUN.finditer(content))
    if not runs:
        return None
    head = _decoded(runs[0].group()) if runs[0].start() == 0 else b""
    whole = {hashlib.sha256(head).hexdigest()} if head and runs[0].end() == len(content) else set[str]()
    return Echo(frozenset(whole), _heads(head), _tails_of(content))


def _tails_of(content: str) -> frozenset[str]:
    """Return the digests that a photo's end may have by the end of its Base64; none if that is no Base64."""
    content = content[-_TAIL_GROUPS - 6 :].rstrip("=")
    ends = (_decoded(content[-_TAIL_GROUPS - size :]) for size in (4, 3, 2)) if _RUN.search(content + "=") else ()
    return frozenset(_part(end[-_TAIL_BYTES:]) for end in ends if len(end) >= _TAIL_BYTES)


def _decoded(text: str) -> bytes:
    """Return what Base64 stands for, padded or not, and without the last bits of one that is cut short."""
    text = text.rstrip("=")
    text = text[:-1] if len(text) % 4 == 1 else text
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except ValueError:
        return b""


def _heads(photo: bytes) -> tuple[str, ...]:
    return tuple(_part(photo[:size]) for size in _HEAD_BYTES if size <= len(photo))


def _part(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:_PART_LENGTH]


def _is_url(text: str) -> bool:
    return text[:8].lower().startswith(("https://", "http://"))


def _file_name(url: str) -> str:
    """Return the end of a URL's path, by which it is told again at another host, or with another signature."""
    try:
        return unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2].lower()
    except ValueError:
        return ""
