"""Answers that no service should give: too deep, too long, of the wrong kind."""

from __future__ import annotations

import json

MIB = 1024 * 1024


def deep(depth: int) -> bytes:
    """An object of this depth."""
    return b'{"a":' * depth + b"1" + b"}" * depth


BOMBS = {
    "deep list": b"[" * 200_000,
    "deep object": deep(100_000),
    "deep within reach": b'{"status": "who knows", "error": ' + deep(400) + b"}",
    "deep in a message": b'{"status": "error", "id": [], "message": ' + deep(400) + b"}",
    "giant number": b'{"id": ' + b"9" * 5000 + b"}",
    "giant text": b'{"status": {"a": "' + b"x" * (9 * MIB) + b'"}}',
    "giant key": b'{"' + b"k" * (7 * MIB) + b'": 1}',
    "many keys": json.dumps({str(number): {} for number in range(50_000)}).encode(),
    "not a number": b'{"id": NaN, "status": Infinity}',
    "wrong kinds": b'{"id": {"a": 1}, "status": ["completed"], "video": "url", "meta": 5, "error": [[[]]]}',
    "half a letter": b'{"id": "\\ud800", "status": "\\ud800", "message": "\\ud800"}',
    "zeros": bytes(MIB),
}
