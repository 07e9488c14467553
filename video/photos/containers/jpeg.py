"""JPEG files: count the scans, drop the metadata, mend a missing end. Source: ITU-T T.81, annex B."""

from __future__ import annotations

import re
from typing import NamedTuple

from video.photos.containers.contents import Contents, exif_orientation, too_many_parts
from video.photos.limits import UnusablePhoto, UnusableReason

_MAX_SCANS = 100  # each one costs a pass over the whole image; libjpeg's default for progressive files is 10
_MAX_SEGMENTS = 10_000
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")  # stuffed bytes and restart markers belong to the scan
_SOI, _EOI = b"\xff\xd8", b"\xff\xd9"
_STANDALONE = {0x01, *range(0xD0, 0xD9)}  # markers without a segment: TEM, RST0-7, SOI
_SOS, _DHT, _DAC, _JPG = 0xDA, 0xC4, 0xCC, 0xC8
_FRAMES = {*range(0xC0, 0xD0)} - {_DHT, _DAC, _JPG}
_PROGRESSIVE = {0xC2, 0xC6, 0xCA, 0xCE}
_APP0, _APP1, _APP2, _APP14, _APP15, _COMMENT = 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE
_ICC = b"ICC_PROFILE\0"
_JFIF_BYTES, _ADOBE_BYTES = 14, 12  # with the thumbnail's size; with the colour transform
_BYTES_PER_COEFFICIENT = 2  # a decoder keeps them all until the last scan
_ALL_COEFFICIENTS = (1 << 64) - 1
_FILLER = bytes(range(1, 251)) * 8  # looks like image data: no byte of it begins a marker


class _Frame(NamedTuple):
    """What the frame header says."""

    progressive: bool
    sampling: dict[int, tuple[int, int]]  # by component: horizontal and vertical factor

    @property
    def coefficients_per_pixel(self) -> float:
        across = max(factors[0] for factors in self.sampling.values())
        down = max(factors[1] for factors in self.sampling.values())
        return sum(h * v for h, v in self.sampling.values()) / (across * down)


class _Jpeg:
    """What has been read of a file so far."""

    def __init__(self) -> None:
        self.kept: list[bytes | memoryview] = [_SOI]
        self.frame: _Frame | None = None
        self.scans = 0
        self.single_scan = True
        self.orientation: int | None = None
        self.icc: dict[int, bytes] = {}
        # By component: which coefficients the finished scans, and the one that is being read, bring. A bit for each.
        self._seen: dict[int, int] = {}
        self._last_scan: dict[int, int] = {}

    def begin_scan(self, header: bytes) -> None:
        """Note which coefficients a scan brings."""
        if self.frame is None:
            raise ValueError("a scan before the frame header")
        self.scans += 1
        if self.scans > _MAX_SCANS:
            raise too_many_parts()
        count = header[0]
        components = header[1 : 1 + 2 * count : 2]
        first, last = header[1 + 2 * count], min(63, header[2 + 2 * count])
        if self.scans == 1:
            self.single_scan = not self.frame.progressive and count == len(self.frame.sampling)
        self._last_scan = dict.fromkeys(components, (1 << last + 1) - (1 << first) if first <= last else 0)

    def end_scan(self) -> None:
        """Note that the data of the current scan is complete."""
        for component, coefficients in self._last_scan.items():
            self._seen[component] = self._seen.get(component, 0) | coefficients
        self._last_scan = {}

    def is_whole(self) -> bool:
        """Return True if each coefficient has come at least once, be it at less than full precision."""
        components = self.frame.sampling if self.frame else {}
        return bool(components) and all(self._seen.get(one) == _ALL_COEFFICIENTS for one in components)


def read_jpeg(data: bytes) -> Contents:
    """Read the file's structure.

    Raises:
        ValueError, IndexError: the file is damaged.
        UnusablePhoto: it has too many parts, or more than 8 bits a channel.
    """
    jpeg, view = _Jpeg(), memoryview(data)
    at, ended = 2, False
    for _ in range(_MAX_SEGMENTS):
        marker = _NEXT_MARKER.search(data, at)
        if marker is None:
            break
        code, at = data[marker.end() - 1], marker.end()
        jpeg.end_scan()
        if code in _STANDALONE:
            continue
        if code == _EOI[1]:
            ended = True
            break
        end = at + int.from_bytes(data[at : at + 2], "big")
        if end > len(data):
            break
        _read_segment(jpeg, code, data[at + 2 : end])
        if _is_needed(code, data[at + 2 : end]):
            jpeg.kept += [bytes((0xFF, code)), view[at:end]]
        at = end
        if code == _SOS:
            after = _NEXT_MARKER.search(data, at)
            at = after.start() if after else len(data)
            jpeg.kept.append(view[end:at])
    else:
        raise too_many_parts()
    return _contents(jpeg, ended=ended)


def _read_segment(jpeg: _Jpeg, code: int, body: bytes) -> None:
    if code == _SOS:
        jpeg.begin_scan(body)
    elif code in _FRAMES:
        if body[0] != 8:
            raise UnusablePhoto(UnusableReason.NOT_A_PICTURE)  # libjpeg is built for 8 bits
        sampling = {body[at]: (body[at + 1] >> 4, body[at + 1] & 15) for at in range(6, 6 + 3 * body[5], 3)}
        if not sampling or 0 in {factor for factors in sampling.values() for factor in factors}:
            raise ValueError("a frame without components or samples")
        jpeg.frame = _Frame(code in _PROGRESSIVE, sampling)
    elif code == _APP1 and body.startswith(b"Exif\0\0") and jpeg.orientation is None:
        jpeg.orientation = exif_orientation(body)
    elif code == _APP2 and body.startswith(_ICC):
        jpeg.icc[body[len(_ICC)]] = body[len(_ICC) + 2 :]


def _is_needed(code: int, body: bytes) -> bool:
    """Return False for metadata. What says how the colours are coded stays."""
    if code == _APP0:
        return body.startswith(b"JFIF\0") and len(body) >= _JFIF_BYTES
    if code == _APP14:
        return body.startswith(b"Adobe") and len(body) >= _ADOBE_BYTES
    return not (_APP0 <= code <= _APP15 or code == _COMMENT)


def _contents(jpeg: _Jpeg, *, ended: bool) -> Contents:
    if jpeg.frame is None or not jpeg.scans:
        raise ValueError("the file ends before its first scan")
    filler: bytes | None = None
    if not ended and not jpeg.is_whole():
        # Only the last scan can hold what is missing. Whether it does shows when it is followed by something else.
        jpeg.end_scan()
        if not jpeg.is_whole():
            raise ValueError("scans are missing")
        filler = _FILLER
    if not ended:
        jpeg.kept[-1] = bytes(jpeg.kept[-1]).rstrip(b"\xff")
    numbers = sorted(jpeg.icc)
    return Contents(
        data=b"".join((*jpeg.kept, _EOI)),
        padded_otherwise=b"".join((*jpeg.kept, filler, _EOI)) if filler else None,
        orientation=jpeg.orientation or 1,
        icc_profile=b"".join(jpeg.icc[number] for number in numbers) or None,
        bytes_per_pixel=0 if jpeg.single_scan else jpeg.frame.coefficients_per_pixel * _BYTES_PER_COEFFICIENT,
    )
