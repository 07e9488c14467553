"""The body of a submit to AIML: photos are data URIs; one is a string, two are an array."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from video.service import Animation, Quality
from video.streamed_body import Picture, StreamedBody

if TYPE_CHECKING:
    from video.service import Order

MODELS = {
    Quality.STANDARD: "klingai/kling-video-v1.6-standard-effects",
    Quality.PRO: "klingai/kling-video-v1.6-pro-effects",
}
_START = "data:image/jpeg;base64,"


class SubmitBody(StreamedBody):
    """The JSON body of `POST /v2/video/generations`."""

    def __init__(self, order: Order) -> None:
        super().__init__(_document(order))


def _document(order: Order) -> dict[str, Any]:
    if isinstance(order.wish, Animation):
        raise TypeError("animations are not made yet")
    pictures = [Picture(photo, _START) for photo in order.photos]
    return {
        "model": MODELS[order.wish.quality],
        "effect_scene": order.wish.scene,
        "duration": order.duration,
        "image_url": pictures if len(pictures) > 1 else pictures[0],
    }
