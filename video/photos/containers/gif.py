"""GIF and BMP files: keep the one picture. Sources: GIF89a, sections 15 to 27; Microsoft's BITMAPINFOHEADER."""

from __future__ import annotations

from video.photos.containers.contents import Contents, too_many_parts
from video.photos.limits import UnusablePhoto, UnusableReason

_MAX_BLOCKS = 500_000  # a file of 20 MB has 80,000 if they are as long as they may be
_EXTENSION, _IMAGE, _TRAILER = b"!", b",", b";"
_GRAPHIC_CONTROL = 0xF9
_UNCOMPRESSED = (0, 3)  # BI_RGB, BI_BITFIELDS
_MAX_MISSING_SHARE = 1 / 64


def read_gif(data: bytes) -> Contents:
    """Read the file's structure.

    Raises:
        ValueError, IndexError: the file is damaged.
        UnusablePhoto: it has too many parts, or it is animated.
    """
    start = 13 + _colour_table_bytes(data[10])
    at, control, picture, blocks = start, b"", b"", 0
    while (introducer := data[at : at + 1]) in (_EXTENSION, _IMAGE) and introducer:
        if introducer == _IMAGE and picture:
            raise UnusablePhoto(UnusableReason.ANIMATED)
        begin = at
        # The sub-blocks follow the label of an extension, or an image's descriptor, colours and code size.
        at += 2 if introducer == _EXTENSION else 11 + _colour_table_bytes(data[at + 9])
        while at < len(data) and data[at]:
            at += 1 + data[at]
            blocks += 1
            if blocks > _MAX_BLOCKS:
                raise too_many_parts()
        at += 1
        if introducer == _IMAGE:
            picture = data[begin : at - 1]
        elif not picture and data[begin + 1] == _GRAPHIC_CONTROL:
            control = data[begin:at]  # says which colour is transparent
    if not picture:
        raise ValueError("a GIF without an image")
    return Contents(data=data[:start] + control + picture + b"\0" + _TRAILER)


def _colour_table_bytes(flags: int) -> int:
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def read_bmp(data: bytes) -> Contents:
    """Complete a file that lacks its last bytes, if it is not compressed. They belong to the uppermost row, mostly."""
    header_bytes = int.from_bytes(data[14:18], "little")
    if header_bytes < 40 or int.from_bytes(data[30:34], "little") not in _UNCOMPRESSED:
        return Contents(data=data)
    width, height, bits = (
        int.from_bytes(data[18:22], "little"),
        abs(int.from_bytes(data[22:26], "little", signed=True)),
        int.from_bytes(data[28:30], "little"),
    )
    rows = (width * bits + 31) // 32 * 4 * height
    missing = int.from_bytes(data[10:14], "little") + rows - len(data)
    return Contents(data=data + bytes(missing) if 0 < missing <= len(data) * _MAX_MISSING_SHARE else data)
