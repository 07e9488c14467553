"""What the bot's process and a photo process write to each other."""

from __future__ import annotations

import struct
from enum import Enum

HEADER = struct.Struct(">cI")
"""The head of a message: its kind, and the bytes of its body."""
MAX_ANSWER_BYTES = 16 * 1024 * 1024
"""More than any answer has. A process that writes more has been taken over by the photo that it was given."""


class Kind(Enum):
    """What a message says. Requests have no kind but PHOTO."""

    READY = b"R"
    """The process has started. No body."""
    PHOTO = b"P"
    """Prepare this file."""
    PREPARED = b"J"
    """The file, as JPEG."""
    UNUSABLE = b"U"
    """The reason, and in further lines what else there is to say for the log."""


def message(kind: Kind, body: bytes = b"") -> bytes:
    """Return a message as it is written."""
    return HEADER.pack(kind.value, len(body)) + body
