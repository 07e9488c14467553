"""What comes back to the bot from links, inline results and inline queries; callback data is in `payloads.py`.

Each type encodes itself and decodes what arrives. The strings must stay as they are: links in old chats send them.
`decode` returns None for malformed text, as anybody can send any.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self


# ---------------------------------------------------------------- inline results and queries
@dataclass(frozen=True, slots=True)
class EffectResult:
    """The id of an inline result that makes a new video: `OFFER:EFFECT`."""

    offer_id: str
    effect: str

    def encode(self) -> str:
        """Return the result's id."""
        return f"{self.offer_id}:{self.effect}"

    @classmethod
    def decode(cls, result_id: str) -> Self | None:
        """Read the id of a chosen result."""
        offer_id, _, effect = result_id.partition(":")
        return cls(offer_id, effect) if _is_pair(result_id) and offer_id != "video" else None


@dataclass(frozen=True, slots=True)
class VideoResult:
    """The id of an inline result that is a finished video: `video:JOB`."""

    job_id: str

    def encode(self) -> str:
        """Return the result's id."""
        return f"video:{self.job_id}"

    @classmethod
    def decode(cls, result_id: str) -> Self | None:
        """Read the id of a chosen result."""
        return cls(result_id.removeprefix("video:")) if _is_pair(result_id) and result_id.startswith("video:") else None


@dataclass(frozen=True, slots=True)
class VideoQuery:
    """The inline query that the Share button fills in, for one finished video: `#JOB`."""

    job_id: str

    def encode(self) -> str:
        """Return the inline query."""
        return f"#{self.job_id}"

    @classmethod
    def decode(cls, query: str) -> Self | None:
        """Read an inline query."""
        return cls(query[1:]) if query.startswith("#") else None


# ---------------------------------------------------------------- start parameters
PRIVACY_PARAMETER = "privacy"
"""The start parameter that leads to /privacy. One that has no type here is the name of an effect."""
DATA_PARAMETER = "mydata"
"""The start parameter that leads to /mydata."""


@dataclass(frozen=True, slots=True)
class JobParameter:
    """The start parameter that leads to a job: `job_JOB`."""

    job_id: str

    def encode(self) -> str:
        """Return the start parameter."""
        return f"job_{self.job_id}"

    @classmethod
    def decode(cls, parameter: str) -> Self | None:
        """Read a start parameter."""
        return cls(parameter.removeprefix("job_")) if parameter.startswith("job_") else None


@dataclass(frozen=True, slots=True)
class PhotosParameter:
    """The start parameter that asks for photos for inline mode: `inline`, or `inline-EFFECT` if one was typed."""

    effect: str | None = None

    def encode(self) -> str:
        """Return the start parameter."""
        return f"inline-{self.effect}" if self.effect else "inline"

    @classmethod
    def decode(cls, parameter: str) -> Self | None:
        """Read a start parameter."""
        name, _, effect = parameter.partition("-")
        return cls(effect or None) if name == "inline" else None


def start_link(username: str, parameter: str) -> str:
    """Return the link that opens the bot's private chat with a start parameter."""
    return f"https://t.me/{username}?start={parameter}"


def _is_pair(result_id: str) -> bool:
    """Return True if there are two parts with a colon between, and neither is empty."""
    parts = result_id.split(":")
    return len(parts) == 2 and all(parts)
