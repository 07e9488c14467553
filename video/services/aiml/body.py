"""The body of a submit to AIML. Photos are data URIs: one as a string, two as an array, or as first and last frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from video.effects.models import MODELS, Quality
from video.services.protocol import ImageToVideoRequest
from video.services.streamed_body import EncodedPhoto, StreamedBody

if TYPE_CHECKING:
    from video.services.protocol import EffectRequest, SubmitRequest

_EFFECT_MODEL_IDS = {
    Quality.STANDARD: "klingai/kling-video-v1.6-standard-effects",
    Quality.PRO: "klingai/kling-video-v1.6-pro-effects",
}
MODEL_IDS = {
    **{str(quality): model_id for quality, model_id in _EFFECT_MODEL_IDS.items()},
    **{name: model.ids["aiml"] for name, model in MODELS.items() if "aiml" in model.ids},
}
"""AIML's id of each model, by our name in `PRICED_MODELS`."""

_DATA_URI_PREFIX = "data:image/jpeg;base64,"


class SubmitBody(StreamedBody):
    """The JSON body of `POST /v2/video/generations`."""

    def __init__(self, request: SubmitRequest) -> None:
        """Prepare the body; nothing is encoded yet.

        Raises:
            ValueError: the model does not take that many photos, or AIML does not have it.
        """
        photos = [EncodedPhoto(photo, _DATA_URI_PREFIX) for photo in request.photos]
        video = request.video
        max_photos = video.model.max_photos if isinstance(video, ImageToVideoRequest) else 2
        if not 1 <= len(photos) <= max_photos:
            raise ValueError(f"no body for {len(photos)} photos")
        if isinstance(video, ImageToVideoRequest):
            fields = _image_to_video_fields(video, photos)
        else:
            fields = _effect_fields(video, photos)
        super().__init__(fields | {"duration": request.duration})


def _effect_fields(effect: EffectRequest, photos: list[EncodedPhoto]) -> dict[str, Any]:
    return {
        "model": _EFFECT_MODEL_IDS[effect.quality],
        "effect_scene": effect.scene,
        "image_url": photos if len(photos) > 1 else photos[0],
    }


def _image_to_video_fields(video: ImageToVideoRequest, photos: list[EncodedPhoto]) -> dict[str, Any]:
    """Return the fields with a value. The prompt is always sent: AIML's older pages require it."""
    model = video.model
    if "aiml" not in model.ids:
        raise ValueError(f"AIML has no model {model.name}")
    fields = {
        "model": model.ids["aiml"],
        "prompt": video.prompt,
        "negative_prompt": video.negative_prompt if model.takes_negative_prompt else None,
        "cfg_scale": video.cfg_scale if model.takes_cfg_scale else None,
        "image_url": photos[0],
    }
    if len(photos) > 1:
        fields[model.second_photo_field] = photos[1]
    return {name: value for name, value in fields.items() if value is not None}
