"""The sample service's settings, and how the bot uses them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, Field

from tests.video.services.sample.client import SampleService
from video.services.spec import ServiceKey, ServiceSpec, Url, secret_value

if TYPE_CHECKING:
    from collections.abc import Callable

    from video.services.protocol import VideoService


class SampleSettings(BaseModel):
    """What an operator can set."""

    sample_api_key: ServiceKey = Field(default=None, description="the key of your sample account")
    sample_api_url: Url = Field(default="https://sample.example", description="the sample API's address")


def _connect(settings: SampleSettings, _callback_url: str | None, clock: Callable[[], float]) -> VideoService:
    return SampleService(secret_value(settings.sample_api_key), url=settings.sample_api_url, clock=clock)


SAMPLE = ServiceSpec(
    name="sample",
    title="Sample",
    settings=SampleSettings,
    keys=("sample_api_key",),
    keys_text="SAMPLE_API_KEY",
    url=lambda settings: settings.sample_api_url,
    connect=_connect,
)
