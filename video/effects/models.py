"""The models: the two qualities of effects, and a table of the models that make a photo move as a prompt says.

To add an image-to-video model, add an entry to `_TABLE` and its texts to the locales: `option-model-…`,
`button-model-…`, and the sentences that name the models.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_PROMPT_LENGTH = 2500
"""Characters of a prompt, and of a negative prompt (Kling)."""
EFFECT_SECONDS = 120.0
"""How long a service usually takes for an effect: the default of `USUAL_SECONDS`."""


class Quality(StrEnum):
    """Which of a service's two effect models makes the video."""

    STANDARD = "standard"
    PRO = "pro"


@dataclass(frozen=True, slots=True)
class ImageToVideoModel:
    """A model that makes a photo move as a prompt says.

    Attributes:
        name: in `--model`, in ANIMATE_MODEL, in prices and in the database.
        ids: the service's own name of the model, for each service that has it.
        durations: seconds that a video may last, the usual ones first.
        max_photos: 1, or 2 if it takes a last frame.
        second_photo_field: the name under which the last frame travels; empty if it takes none.
        takes_negative_prompt: whether what should not be seen may be told.
        takes_cfg_scale: whether it may be told how closely to follow the prompt.
        has_sound: whether the videos carry sound.
        needs_prompt: whether the service requires a prompt.
        typical_seconds: how long the service takes, until the bot has measured it.
        usd_per_second: US dollars for one second of video; None if only the service tells.
        relative_cost: how many times the price of an effect, as services list them.
    """

    name: str
    ids: Mapping[str, str] = field(hash=False)
    durations: tuple[int, ...] = (5, 10)
    max_photos: int = 1
    second_photo_field: str = ""
    takes_negative_prompt: bool = True
    takes_cfg_scale: bool = True
    has_sound: bool = False
    needs_prompt: bool = True
    typical_seconds: float = EFFECT_SECONDS
    usd_per_second: float | None = None
    relative_cost: float = 1.0


_TABLE = (
    ImageToVideoModel(  # Kling 1.6 pro
        "v1.6",
        ids={"aiml": "kling-video/v1.6/pro/image-to-video"},
        max_photos=2,
        second_photo_field="tail_image_url",
        typical_seconds=180,
    ),
    ImageToVideoModel(  # Kling 2 master
        "v2",
        ids={"aiml": "klingai/v2-master-image-to-video"},
        typical_seconds=300,
        relative_cost=3.0,  # 0.28 USD a second, where v1.6 pro is 0.098 (fal's list)
    ),
)

MODELS: Mapping[str, ImageToVideoModel] = MappingProxyType({model.name: model for model in _TABLE})
"""The image-to-video models by name."""

PRICED_MODELS = (*map(str, Quality), *MODELS)
"""What has a price of its own: the two qualities, and each image-to-video model."""


def find_model(text: str) -> ImageToVideoModel | None:
    """Return the model that a person names: `v2`, `V2`, `2` or `2.0`. None if there is none."""
    version = text.lower().removeprefix("v")
    versions = {model.name.removeprefix("v"): model for model in _TABLE}
    return versions.get(version) or versions.get(version.removesuffix(".0"))


def durations_at(service: str) -> tuple[int, ...]:
    """Return the seconds that one of the service's image-to-video models makes; empty if it has none."""
    return tuple(dict.fromkeys(s for model in _TABLE if service in model.ids for s in model.durations))
