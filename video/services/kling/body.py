"""The body of a submit to Kling: photos are Base64 without a prefix. Kling answers a prefix with code 1201.

Resellers still document the field `duration`. Kling's own page no longer has it: each scene has its own length.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from video.effects.models import Quality
from video.services.streamed_body import EncodedPhoto, StreamedBody

if TYPE_CHECKING:
    from video.services.protocol import EffectRequest, SubmitRequest

_MODEL_NAME = "kling-v1-6"  # the one that makes all four of the older two-person scenes; `fight` knows no other
_MODES = {Quality.STANDARD: "std", Quality.PRO: "pro"}
_KLINGS_DOMAINS = (".klingai.com", ".kling.ai")
_SCENES_WITH_MODEL = frozenset({"hug", "kiss", "heart_gesture", "fight"})  # all others refuse model_name and mode


class SubmitBody(StreamedBody):
    """The JSON body of `POST /v1/videos/effects`."""

    def __init__(
        self, request: SubmitRequest, effect: EffectRequest, *, callback_url: str | None, with_duration: bool
    ) -> None:
        document: dict[str, Any] = {
            "effect_scene": effect.scene,
            "external_task_id": request.client_request_id,
            "input": _input(request, effect, with_duration=with_duration),
        }
        if callback_url:
            document["callback_url"] = callback_url
        super().__init__(document)


def takes_duration(url: str) -> bool:
    """Return True if the API at this URL takes `duration`: not if the host is Kling's own."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # no address at all; nothing will be sent
        host = ""
    return not f".{host.rstrip('.')}".endswith(_KLINGS_DOMAINS)


def _input(request: SubmitRequest, effect: EffectRequest, *, with_duration: bool) -> dict[str, Any]:
    fields: dict[str, Any] = {"duration": str(request.duration)} if with_duration else {}
    if effect.scene in _SCENES_WITH_MODEL:
        fields |= {"model_name": _MODEL_NAME, "mode": _MODES[effect.quality]}
    photos = [EncodedPhoto(photo) for photo in request.photos]
    return fields | ({"images": photos} if len(photos) > 1 else {"image": photos[0]})
