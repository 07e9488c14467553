"""AIML's settings, and how the bot uses them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, Field

from video.services.aiml.client import AimlService
from video.services.spec import ServiceKey, ServiceSpec, Url, secret_value

if TYPE_CHECKING:
    from collections.abc import Callable

    from video.services.protocol import VideoService


class AimlSettings(BaseModel):
    """What an operator can set. The descriptions are those of `.env.example`."""

    aiml_api_key: ServiceKey = Field(default=None, description="the key of your AIML account")
    aiml_api_url: Url = Field(default="https://api.aimlapi.com", description="the AIML API's address")
    aiml_generations_path: str = Field(
        default="/v2/video/generations",
        pattern=r"^/",
        description="the path for new videos; the older one is /v2/generate/video/kling/generation",
    )


def _connect(settings: AimlSettings, _callback_url: str | None, clock: Callable[[], float]) -> VideoService:
    return AimlService(
        secret_value(settings.aiml_api_key),
        url=settings.aiml_api_url,
        path=settings.aiml_generations_path,
        clock=clock,
    )


AIML = ServiceSpec(
    name="aiml",
    title="AIML",
    settings=AimlSettings,
    keys=("aiml_api_key",),
    keys_text="AIML_API_KEY",
    url=lambda settings: settings.aiml_api_url,
    connect=_connect,
    has_qualities=True,
)
