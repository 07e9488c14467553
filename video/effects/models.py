"""The models that set a photo in motion as a prompt says."""

from __future__ import annotations

from enum import StrEnum

MAX_PROMPT_LENGTH = 2500
"""Characters of a prompt, and of a negative prompt (Kling)."""


class ImageToVideoModel(StrEnum):
    """Which model sets a photo in motion as a prompt says."""

    V1_6 = "v1.6"
    """Kling 1.6 pro: one photo, or two (the first and the last frame); about 3 minutes."""
    V2 = "v2"
    """Kling 2 master: one photo; about 5 minutes."""

    @property
    def max_photos(self) -> int:
        """How many photos it takes at most."""
        return 2 if self is ImageToVideoModel.V1_6 else 1


class Quality(StrEnum):
    """Which of a service's two models makes the video."""

    STANDARD = "standard"
    PRO = "pro"


PRICED_MODELS = ("standard", "pro", "v1.6", "v2")
"""What has a price of its own: the two qualities of effects, and the two models that set a photo in motion."""
