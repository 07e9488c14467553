"""TIFF files: keep the first page. Sources: TIFF 6.0, sections 2 and 8; its technical note on floating point (1995)."""

from __future__ import annotations

from typing import Literal

from video.photos.containers.contents import Contents, too_many_parts

_MAX_ENTRIES = 4_096
_MAX_TILES = 65_536
_TYPE_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_BYTE, _SHORT, _LONG = 1, 3, 4
_BITS_PER_SAMPLE, _PHOTOMETRIC, _ORIENTATION, _MAX_SAMPLE_VALUE = 258, 262, 274, 281
_STRIP_OFFSETS, _TILE_OFFSETS, _SAMPLE_FORMAT, _S_MAX_SAMPLE_VALUE, _ICC_PROFILE = 273, 324, 339, 341, 34675
_UNSIGNED, _SIGNED, _WHITE_IS_ZERO = 1, 2, 0
# Size, compression, colours, where the pixels are, and what the compressions need to be told.
_NEEDED = {
    *(256, 257, _BITS_PER_SAMPLE, 259, _PHOTOMETRIC, 266, _STRIP_OFFSETS, 277, 278, 279, 284, 292, 293, 317, 320),
    *(322, 323, _TILE_OFFSETS, 325, 332, 338, _SAMPLE_FORMAT, 347, *range(512, 522), 529, 530, 531, 532),
}


class _Directory:
    """The first image file directory."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.byteorder: Literal["little", "big"] = "little" if data[:2] == b"II" else "big"
        self.entries: dict[int, bytes] = {}  # by tag, the twelve bytes as they are
        start = self.number(data[4:8])
        count = self.number(data[start : start + 2])
        if count > _MAX_ENTRIES:
            raise too_many_parts()
        for at in range(start + 2, start + 2 + 12 * count, 12):
            if len(entry := data[at : at + 12]) < 12:
                raise ValueError("a directory without its end")
            self.entries.setdefault(self.number(entry[:2]), entry)

    def number(self, raw: bytes) -> int:
        return int.from_bytes(raw, self.byteorder)

    def raw(self, tag: int) -> bytes:
        """Return the bytes of a value, empty if there is none."""
        entry = self.entries.get(tag, bytes(12))
        size = self.size(entry)
        start = self.number(entry[8:12])
        return entry[8 : 8 + size] if size <= 4 else self._data[start : start + size]

    def size(self, entry: bytes) -> int:
        """Return the bytes of an entry's value."""
        return _TYPE_BYTES.get(self.number(entry[2:4]), 0) * self.number(entry[4:8])

    def first(self, tag: int) -> int | None:
        """Return the first of a tag's whole numbers, or None if there is none."""
        kind = self.number(self.entries.get(tag, bytes(12))[2:4])
        raw = self.raw(tag)[: _TYPE_BYTES.get(kind, 0)]
        return self.number(raw) if raw and kind in (_BYTE, _SHORT, _LONG) else None

    def count(self, tag: int) -> int:
        return self.number(self.entries.get(tag, bytes(12))[4:8])


def read_tiff(data: bytes) -> Contents:
    """Read the first directory, and leave only what describes its pixels.

    Raises:
        ValueError, IndexError: the file is damaged.
        UnusablePhoto: it has too many parts.
    """
    directory = _Directory(data)
    needed = [entry for tag, entry in sorted(directory.entries.items()) if tag in _NEEDED]
    if max(directory.count(_STRIP_OFFSETS), directory.count(_TILE_OFFSETS)) > _MAX_TILES:
        raise too_many_parts()
    if sum(directory.size(entry) for entry in needed) > len(data):
        raise too_many_parts()  # values that overlap, and would each be read
    padding = bytes(len(data) % 2)  # directories begin at even offsets
    start = (len(data) + len(padding)).to_bytes(4, directory.byteorder)
    count = len(needed).to_bytes(2, directory.byteorder)
    orientation = directory.first(_ORIENTATION) or 1
    return Contents(
        data=b"".join((data[:4], start, memoryview(data)[8:], padding, count, *needed, bytes(4))),
        orientation=orientation if 1 <= orientation <= 8 else 1,
        icc_profile=directory.raw(_ICC_PROFILE) or None,
        grey_max=_grey_max(directory),
        grey_inverted=directory.first(_PHOTOMETRIC) == _WHITE_IS_ZERO,
        grey_signed=directory.first(_SAMPLE_FORMAT) == _SIGNED,
    )


def _grey_max(directory: _Directory) -> int | None:
    """Return the value of white: what the file says, else what its bits can hold. None for 32 bits and for floats."""
    bits = directory.first(_BITS_PER_SAMPLE) or 1
    if not 8 < bits <= 16 or directory.first(_SAMPLE_FORMAT) not in (None, _UNSIGNED):
        return directory.first(_S_MAX_SAMPLE_VALUE) or directory.first(_MAX_SAMPLE_VALUE)
    declared = directory.first(_MAX_SAMPLE_VALUE) or directory.first(_S_MAX_SAMPLE_VALUE) or 0
    return declared if 255 < declared < 1 << bits else (1 << bits) - 1
