"""The service's models and their prices."""

from __future__ import annotations

from typing import Final

USD_PER_SECOND: Final = {
    "klingai/kling-video-v1.6-standard-effects": 0.045,
    "klingai/kling-video-v1.6-pro-effects": 0.098,
    "kling-video/v1.6/pro/image-to-video": 0.095,
    "klingai/v2-master-image-to-video": 0.28,
}
"""The price of a second of video, in US dollars, by model. AIML publishes none; these are fal.ai's."""

IMAGE_TO_VIDEO_MODELS: Final = ("kling-video/v1.6/pro/image-to-video", "klingai/v2-master-image-to-video")
"""The models that animate a photo as a prompt says. The first one also takes a last frame."""

IMAGE_TO_VIDEO_SCENE: Final = "image_to_video"
"""The name under which the renderer is asked for a video of these models."""

CREDITS_PER_USD: Final = 2_000_000


def price_usd(model: str, seconds: int) -> float:
    """Return the price of a video of this length, in US dollars."""
    return round(USD_PER_SECOND[model] * seconds, 6)
