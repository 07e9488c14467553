"""Files for <img> and <video>, whole or in part: browsers ask for ranges of a video (RFC 9110, section 14)."""

from __future__ import annotations

import re

from starlette.responses import Response

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_MAGIC_NUMBERS = ((b"\xff\xd8", "image/jpeg"), (b"\x89PNG", "image/png"))


def file_response(data: bytes, range_header: str | None) -> Response:
    """Answer with all of `data`, or with the one range that the `Range` header in `asked` names."""
    headers = {"Accept-Ranges": "bytes"}
    kind = media_type(data)
    if kind is None:
        return Response(data, media_type="application/octet-stream", headers={"Content-Disposition": "attachment"})
    span = _byte_range(range_header, len(data)) if range_header else None
    if span is None:
        return Response(data, media_type=kind, headers=headers)
    first, last = span
    if first > last:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{len(data)}"})
    headers["Content-Range"] = f"bytes {first}-{last}/{len(data)}"
    return Response(data[first : last + 1], 206, media_type=kind, headers=headers)


def media_type(data: bytes) -> str | None:
    """Name what a browser may show in the page; None for anything else, which is only ever saved."""
    if data[4:8] == b"ftyp" and data[8:12] not in {b"heic", b"heix", b"mif1", b"avif"}:
        return "video/mp4"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for magic, kind in _MAGIC_NUMBERS if data.startswith(magic)), None)


def _byte_range(range_header: str, size: int) -> tuple[int, int] | None:
    """Return the first and last byte that are asked for, or None where the header is to be ignored."""
    found = _RANGE.fullmatch(range_header.strip())
    if found is None or found[1] == found[2] == "":
        return None
    if not found[1]:
        return (max(0, size - int(found[2])), size - 1) if int(found[2]) else (size, 0)
    last = min(int(found[2]), size - 1) if found[2] else size - 1
    return int(found[1]), last
