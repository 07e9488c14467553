"""What an animation is asked with, kept as JSON beside its draft and its job."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """A person's words that set a photo in motion, as far as they are known.

    Attributes:
        model: `v1.6` or `v2`.
        prompt: what should happen, 1 to 2500 characters; None while it is not said.
        negative_prompt: what should not be seen, at most 2500 characters.
        cfg_scale: how closely the prompt is followed, 0 to 1.
        duration: seconds; None: the usual.
        mistake: what was wrong with the latest words, as `kind:value` for the sentence that says so.
    """

    model: str
    prompt: str | None = None
    negative_prompt: str | None = None
    cfg_scale: float | None = None
    duration: int | None = None
    mistake: str | None = None

    @classmethod
    def read(cls, text: str | None) -> Self | None:
        """The motion in a column; None where there is none."""
        return None if text is None else cls(**json.loads(text))

    def written(self) -> str:
        """The text of the column."""
        return json.dumps(asdict(self))


def written(motion: Motion | None) -> str | None:
    """The text of the column, NULL for none."""
    return None if motion is None else motion.written()
