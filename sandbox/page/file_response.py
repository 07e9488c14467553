"""Responses with files for <img> and <video>, whole or in part: browsers request ranges (RFC 9110, section 14)."""

from __future__ import annotations

import re

from starlette.responses import Response

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_MAGIC_NUMBERS = ((b"\xff\xd8", "image/jpeg"), (b"\x89PNG", "image/png"))


def file_response(data: bytes, range_header: str | None) -> Response:
    """Respond with all of `data`, or with the one range that the `Range` header asks for."""
    headers = {"Accept-Ranges": "bytes"}
    type_ = media_type(data)
    if type_ is None:
        return Response(data, media_type="application/octet-stream", headers={"Content-Disposition": "attachment"})
    byte_range = _byte_range(range_header, len(data)) if range_header else None
    if byte_range is None:
        return Response(data, media_type=type_, headers=headers)
    first, last = byte_range
    if first > last:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{len(data)}"})
    headers["Content-Range"] = f"bytes {first}-{last}/{len(data)}"
    return Response(data[first : last + 1], 206, media_type=type_, headers=headers)


def media_type(data: bytes) -> str | None:
    """Return the type of a file that the browser may show in the page, or None for a file that it may only save."""
    if data[4:8] == b"ftyp" and data[8:12] not in {b"heic", b"heix", b"mif1", b"avif"}:
        return "video/mp4"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for magic, kind in _MAGIC_NUMBERS if data.startswith(magic)), None)


def _byte_range(range_header: str, size: int) -> tuple[int, int] | None:
    """Return the first and last byte that are asked for, or None if the header must be ignored."""
    match = _RANGE.fullmatch(range_header.strip())
    if match is None or match[1] == match[2] == "":
        return None
    if not match[1]:
        return (max(0, size - int(match[2])), size - 1) if int(match[2]) else (size, 0)
    last = min(int(match[2]), size - 1) if match[2] else size - 1
    return int(match[1]), last
