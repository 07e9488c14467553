"""The body of a submit to Kling: photos are bare Base64 without any prefix (a prefix is answered with code 1201)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from video.effects.models import Quality
from video.services.streamed_body import EncodedPhoto, StreamedBody

if TYPE_CHECKING:
    from video.services.protocol import EffectRequest, SubmitRequest

MODEL = "kling-v1-6"
"""The one model that makes all four of the older scenes with two people; `fight` knows no other."""
MODES = {Quality.STANDARD: "std", Quality.PRO: "pro"}

_WITH_MODEL = frozenset({"hug", "kiss", "heart_gesture", "fight"})  # all others refuse model_name and mode


class SubmitBody(StreamedBody):
    """The JSON body of `POST /v1/videos/effects`."""

    def __init__(self, order: SubmitRequest, play: EffectRequest, callback_url: str | None) -> None:
        document: dict[str, Any] = {
            "effect_scene": play.scene,
            "external_task_id": order.client_request_id,
            "input": _input(order, play),
        }
        if callback_url:
            document["callback_url"] = callback_url
        super().__init__(document)


def _input(order: SubmitRequest, play: EffectRequest) -> dict[str, Any]:
    wanted: dict[str, Any] = {"duration": str(order.duration)}
    if play.scene in _WITH_MODEL:
        wanted |= {"model_name": MODEL, "mode": MODES[play.quality]}
    pictures = [EncodedPhoto(photo) for photo in order.photos]
    return wanted | ({"images": pictures} if len(pictures) > 1 else {"image": pictures[0]})
