"""Answers as they come over HTTP."""

from __future__ import annotations

import json

from video.services.http import Response


def answer(status: int, document: object = None, **headers: str) -> Response:
    """An answer with this JSON in it; a header's name with underscores for hyphens."""
    body = b"" if document is None else json.dumps(document).encode()
    return Response(status, {name.replace("_", "-"): value for name, value in headers.items()}, body)
