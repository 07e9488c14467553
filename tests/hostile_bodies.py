"""Response bodies that no service should send: too deep, too long, or of the wrong types."""

from __future__ import annotations

import json

MIB = 1024 * 1024


def nested_object(depth: int) -> bytes:
    """Return a JSON object that is nested this deep."""
    return b'{"a":' * depth + b"1" + b"}" * depth


HOSTILE_BODIES = {
    "deep list": b"[" * 200_000,
    "deep object": nested_object(100_000),
    "deep within reach": b'{"status": "who knows", "error": ' + nested_object(400) + b"}",
    "deep in a message": b'{"status": "error", "id": [], "message": ' + nested_object(400) + b"}",
    "giant number": b'{"id": ' + b"9" * 5000 + b"}",
    "giant text": b'{"status": {"a": "' + b"x" * (9 * MIB) + b'"}}',
    "giant key": b'{"' + b"k" * (7 * MIB) + b'": 1}',
    "many keys": json.dumps({str(number): {} for number in range(50_000)}).encode(),
    "not a number": b'{"id": NaN, "status": Infinity}',
    "wrong types": b'{"id": {"a": 1}, "status": ["completed"], "video": "url", "meta": 5, "error": [[[]]]}',
    "half a surrogate pair": b'{"id": "\\ud800", "status": "\\ud800", "message": "\\ud800"}',
    "zeros": bytes(MIB),
}
