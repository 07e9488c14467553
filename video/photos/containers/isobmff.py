"""HEIF and AVIF files: count what would have to be decoded. Sources: ISO/IEC 14496-12 and 23008-12."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from video.photos.containers.contents import Contents, too_many_parts
from video.photos.limits import MAX_PIXELS, UnusablePhoto, UnusableReason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MAX_BOXES = 10_000  # side by side
_MAX_TABLE_BYTES = 512 * 1024  # of the tables that list the items, where they are, and what they are made of
_MAX_TILES = 1_024  # decoded for one picture; 200 megapixels in tiles of 512×512 have 768
_MAX_DEPTH = 4  # of pictures that are made of pictures
_VERSION_BYTES = 4  # version and flags, at the head of many boxes
_SEQUENCE_BRAND = b"avis"  # samples of a track are shown, not items
_PATH_TO_SAMPLE_SIZES = (b"trak", b"mdia", b"minf", b"stbl", b"stsz")


class _Box(NamedTuple):
    name: bytes
    start: int
    body: int
    end: int


def read_heif(data: bytes) -> Contents:
    """Read the structure of a HEIF file. Its image sequences are left out: the still picture is shown.

    Raises:
        ValueError, IndexError: the file is damaged.
        UnusablePhoto: it has too many parts, or parts that are too large.
    """
    return Contents(data=_without_movie(data, _check_boxes(data)))


def read_avif(data: bytes) -> Contents:
    """Read the structure of an AVIF file. Raises what `read_heif` does, and refuses animations.

    EXIF is left out: a broken block would make Pillow refuse the file, and the orientation of an AVIF file is not
    there but in properties of the item (MIAF, ISO/IEC 23000-22, 7.3.6.7).
    """
    movie = _check_boxes(data)
    data = _without_exif(data)
    if data[8:12] != _SEQUENCE_BRAND:
        return Contents(data=_without_movie(data, movie), bytes_per_pixel=_plane_bytes(data))
    if movie is not None and _samples(data, [movie], _PATH_TO_SAMPLE_SIZES) > 1:
        raise UnusablePhoto(UnusableReason.ANIMATED)
    return Contents(data=data, bytes_per_pixel=_plane_bytes(data))


def _boxes(data: bytes, start: int, end: int) -> Iterator[_Box]:
    """Yield the boxes that lie side by side in a part of the file. The last one may be cut short."""
    for _ in range(_MAX_BOXES):
        if start + 8 > end:
            return
        size, header = int.from_bytes(data[start : start + 4], "big"), 8
        if size == 1:
            size, header = int.from_bytes(data[start + 8 : start + 16], "big"), 16
        box_end = min(end, start + size) if size else end
        if box_end < start + header:
            raise ValueError("a box smaller than its header")
        yield _Box(data[start + 4 : start + 8], start, start + header, box_end)
        start = box_end
    raise too_many_parts()


def _check_boxes(data: bytes) -> _Box | None:
    """Refuse a file whose still picture costs too much, and return the box of its image sequences, if it has any."""
    movie = None
    for box in _boxes(data, 0, len(data)):
        if box.name == b"meta":
            _check_items(data, box)
        elif box.name == b"moov" and movie is None:
            movie = box
    return movie


def _check_items(data: bytes, meta: _Box) -> None:
    for box in _boxes(data, meta.body + _VERSION_BYTES, meta.end):
        match box.name:
            case b"iloc" | b"iinf" | b"iref" if box.end - box.body > _MAX_TABLE_BYTES:
                raise too_many_parts()
            case b"iinf":
                count = int.from_bytes(data[box.body + _VERSION_BYTES :][: 4 if data[box.body] else 2], "big")
                if count > 2 * _MAX_TILES:
                    raise too_many_parts()
            case b"iref":
                _check_tiles(_parts(data, box))
            case b"iprp":
                _check_properties(data, box)


def _parts(data: bytes, iref: _Box) -> dict[int, list[int]]:
    """Return which items each derived item is made of, by their ids."""
    id_bytes = 4 if data[iref.body] else 2
    parts: dict[int, list[int]] = {}
    for box in _boxes(data, iref.body + _VERSION_BYTES, iref.end):
        if box.name == b"dimg":
            made, first = _number(data, box.body, id_bytes), box.body + id_bytes + 2
            ids = range(first, min(first + id_bytes * _number(data, first - 2, 2), box.end), id_bytes)
            parts.setdefault(made, []).extend(_number(data, at, id_bytes) for at in ids)
    return parts


def _check_tiles(parts: dict[int, list[int]]) -> None:
    """Refuse a picture that is made of too many: its parts may be made of parts, and be used more than once."""
    tiles: dict[int, int] = {}
    for _ in range(_MAX_DEPTH):
        found = {made: sum(tiles.get(one, one not in parts) for one in ids) for made, ids in parts.items()}
        if max(found.values(), default=0) > _MAX_TILES:
            raise too_many_parts()
        if found == tiles:
            return
        tiles = found
    raise too_many_parts()


def _check_properties(data: bytes, iprp: _Box) -> None:
    for container in _boxes(data, iprp.body, iprp.end):
        for box in _boxes(data, container.body, container.end) if container.name == b"ipco" else ():
            width, height = (_number(data, box.body + _VERSION_BYTES + at, 4) for at in (0, 4))
            if box.name == b"ispe" and width * height > MAX_PIXELS:
                raise UnusablePhoto(UnusableReason.TOO_MANY_PIXELS)


def _in_meta(data: bytes, name: bytes) -> list[_Box]:
    metas = [box for box in _boxes(data, 0, len(data)) if box.name == b"meta"]
    return [box for meta in metas for box in _boxes(data, meta.body + _VERSION_BYTES, meta.end) if box.name == name]


def _plane_bytes(data: bytes) -> float:
    """Return what the luma and chroma planes of AV1 hold for a pixel: AV1 in ISOBMFF, 2.3.3."""
    properties = [box for iprp in _in_meta(data, b"iprp") for box in _boxes(data, iprp.body, iprp.end)]
    flags = [
        data[box.body + 2]
        for ipco in properties
        for box in _boxes(data, ipco.body, ipco.end)
        if ipco.name == b"ipco" and box.name == b"av1C"
    ]
    return max(((2 if one & 0x40 else 1) * (1.5 if one & 0x04 else 3) for one in flags), default=6)


def _samples(data: bytes, boxes: Sequence[_Box], path: Sequence[bytes]) -> int:
    """Return how many frames the longest track has."""
    for name in path:
        boxes = [box for outer in boxes for box in _boxes(data, outer.body, outer.end) if box.name == name]
        if len(boxes) > _MAX_TILES:
            raise too_many_parts()
    return max((_number(data, box.body + _VERSION_BYTES + 4, 4) for box in boxes), default=0)


def _without_movie(data: bytes, movie: _Box | None) -> bytes:
    if movie is None:
        return data
    return b"".join((memoryview(data)[: movie.start + 4], b"free", memoryview(data)[movie.start + 8 :]))


def _without_exif(data: bytes) -> bytes:
    """Give items with EXIF a type that no decoder knows."""
    metas = [box for box in _boxes(data, 0, len(data)) if box.name == b"meta"]
    tables = [
        box for meta in metas for box in _boxes(data, meta.body + _VERSION_BYTES, meta.end) if box.name == b"iinf"
    ]
    for table in tables:
        for box in _boxes(data, table.body + _VERSION_BYTES + (4 if data[table.body] else 2), table.end):
            at = box.body + _VERSION_BYTES + (6 if data[box.body] > 2 else 4)  # behind the id and the protection
            if data[at : at + 4] == b"Exif":
                data = b"".join((memoryview(data)[:at], b"skip", memoryview(data)[at + 4 :]))
    return data


def _number(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(data[at : at + size], "big")
