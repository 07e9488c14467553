"""Kling's settings, and how the bot uses them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field

from video.services.kling.auth import KlingAuth
from video.services.kling.callback import read_callback
from video.services.kling.client import KlingService
from video.services.spec import CallbackSpec, ServiceKey, ServiceSpec, Url, is_set, secret_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from video.services.protocol import VideoService


class KlingSettings(BaseModel):
    """What an operator can set. The descriptions are those of `.env.example`."""

    kling_api_key: ServiceKey = Field(default=None, description="the key of your Kling account, or of a reseller's")
    kling_access_key: ServiceKey = Field(
        default=None, description="instead of KLING_API_KEY: the access key of a Kling account …"
    )
    kling_secret_key: ServiceKey = Field(default=None, description="… and its secret key")
    kling_api_url: Url = Field(
        default="https://www.kkiai.com/kling",
        description="Kling's effects API: the part of its address before /v1/videos/effects",
    )
    kling_callback_url: Url | None = Field(
        default=None,
        description="the public address of LISTEN, to which Kling sends callbacks; if not set, no port is open",
    )


def _connect(settings: KlingSettings, callback_url: str | None, clock: Callable[[], float]) -> VideoService:
    if settings.kling_api_key:
        auth = KlingAuth.bearer(secret_value(settings.kling_api_key))
    else:
        auth = KlingAuth.signed(secret_value(settings.kling_access_key), secret_value(settings.kling_secret_key))
    return KlingService(auth, url=settings.kling_api_url, callback_url=callback_url, clock=clock)


def _errors(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    bearer, access, secret = (is_set(values.get(key)) for key in KLING.keys)
    if access != secret:
        present, missing = ("ACCESS", "SECRET") if access else ("SECRET", "ACCESS")
        yield "kling_api_key", f"KLING_{missing}_KEY is missing: KLING_{present}_KEY needs it beside it."
    if bearer and (access or secret):
        yield "kling_api_key", "KLING_API_KEY: set it, or KLING_ACCESS_KEY and KLING_SECRET_KEY, not all of them."
    if values.get("kling_callback_url") and not KLING.is_configured(values):
        yield "kling_callback_url", "KLING_CALLBACK_URL: callbacks come from Kling, and KLING_API_KEY is missing."


KLING = ServiceSpec(
    name="kling",
    title="Kling",
    settings=KlingSettings,
    keys=("kling_api_key", "kling_access_key", "kling_secret_key"),
    keys_text="KLING_API_KEY (or KLING_ACCESS_KEY and KLING_SECRET_KEY)",
    url=lambda settings: settings.kling_api_url,
    connect=_connect,
    callback=CallbackSpec(public_url=lambda settings: settings.kling_callback_url, read=read_callback),
    errors=_errors,
)
