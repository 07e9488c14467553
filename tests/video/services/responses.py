"""Responses as they come over HTTP."""

from __future__ import annotations

import json

from video.services.http import Response


def response(status: int, document: object = None, **headers: str) -> Response:
    """Return a response with this JSON; headers' names have underscores for hyphens."""
    body = b"" if document is None else json.dumps(document).encode()
    return Response(status, {name.replace("_", "-"): value for name, value in headers.items()}, body)
