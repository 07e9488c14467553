"""The body of a submit to AIML: photos are data URIs, one as a string, two as an array or as first and last frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from video.effects.models import ImageToVideoModel, Quality
from video.services.protocol import ImageToVideoRequest
from video.services.streamed_body import EncodedPhoto, StreamedBody

if TYPE_CHECKING:
    from video.services.protocol import EffectRequest, SubmitRequest

_EFFECTS = {
    Quality.STANDARD: "klingai/kling-video-v1.6-standard-effects",
    Quality.PRO: "klingai/kling-video-v1.6-pro-effects",
}
_IMAGE_TO_VIDEO = {
    ImageToVideoModel.V1_6: "kling-video/v1.6/pro/image-to-video",
    ImageToVideoModel.V2: "klingai/v2-master-image-to-video",
}
MODELS = {str(model): name for model, name in (*_EFFECTS.items(), *_IMAGE_TO_VIDEO.items())}
"""Every model's name at AIML, by ours."""

_START = "data:image/jpeg;base64,"


class SubmitBody(StreamedBody):
    """The JSON body of `POST /v2/video/generations`."""

    def __init__(self, order: SubmitRequest) -> None:
        """Prepare the body; nothing is encoded yet.

        Raises:
            ValueError: the model takes no such number of photos.
        """
        pictures = [EncodedPhoto(photo, _START) for photo in order.photos]
        wish = order.video
        most = wish.model.max_photos if isinstance(wish, ImageToVideoRequest) else 2
        if not 1 <= len(pictures) <= most:
            raise ValueError(f"no body for {len(pictures)} photos")
        fields = _animation(wish, pictures) if isinstance(wish, ImageToVideoRequest) else _effect(wish, pictures)
        super().__init__(fields | {"duration": order.duration})


def _effect(play: EffectRequest, pictures: list[EncodedPhoto]) -> dict[str, Any]:
    return {
        "model": _EFFECTS[play.quality],
        "effect_scene": play.scene,
        "image_url": pictures if len(pictures) > 1 else pictures[0],
    }


def _animation(animation: ImageToVideoRequest, pictures: list[EncodedPhoto]) -> dict[str, Any]:
    """The prompt is always sent: AIML's older pages require it. The second photo is the last frame."""
    wanted = {
        "model": _IMAGE_TO_VIDEO[animation.model],
        "prompt": animation.prompt,
        "negative_prompt": animation.negative_prompt,
        "cfg_scale": animation.cfg_scale,
        "image_url": pictures[0],
        "tail_image_url": pictures[1] if len(pictures) > 1 else None,
    }
    return {name: value for name, value in wanted.items() if value is not None}
