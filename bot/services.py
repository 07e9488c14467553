"""The video services that the settings name: the one place that knows each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.message_filters import RESERVED_COMMANDS
from video.effects.catalogue import Catalogue
from video.services.aiml.client import AimlService
from video.services.kling.auth import KlingAuth
from video.services.kling.client import KlingService
from video.url_policy import host_port

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import SecretStr

    from bot.settings import Settings
    from video.services.protocol import VideoService


@dataclass(frozen=True, slots=True)
class ServiceSpec:
    """A video service that this bot can use.

    Attributes:
        title: for the operator.
        key: the setting that holds its key.
        make: makes it, with the address at which it may tell of news.
        url: its address.
        qualities: whether its effects come in two qualities.
    """

    title: str
    key: str
    make: Callable[[Settings, str | None], VideoService]
    url: Callable[[Settings], str]
    has_qualities: bool = False


def _make_aiml(settings: Settings, _callback_url: str | None) -> AimlService:
    return AimlService(_secret_value(settings.aiml_api_key), url=settings.aiml_api_url, path=settings.aiml_generations_path)


def _make_kling(settings: Settings, callback_url: str | None) -> KlingService:
    if settings.kling_api_key:
        key = KlingAuth.bearer(_secret_value(settings.kling_api_key))
    else:
        key = KlingAuth.signed(_secret_value(settings.kling_access_key), _secret_value(settings.kling_secret_key))
    return KlingService(key, url=settings.kling_api_url, callback_url=callback_url)


def _secret_value(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""


SERVICES = {
    "aiml": ServiceSpec("AIML", "AIML_API_KEY", _make_aiml, lambda settings: settings.aiml_api_url, has_qualities=True),
    "kling": ServiceSpec(
        "Kling",
        "KLING_API_KEY (or KLING_ACCESS_KEY and KLING_SECRET_KEY)",
        _make_kling,
        lambda settings: settings.kling_api_url,
    ),
}
"""By name, as in `VIDEO_SERVICE` and in the catalogue."""


SERVICES_WITH_QUALITIES = frozenset(name for name, known in SERVICES.items() if known.has_qualities)
"""The services whose effects come in two qualities."""


def make_services(settings: Settings, *, callback_url: str | None = None) -> dict[str, VideoService]:
    """Every configured service by its name, the preferred first; it may tell of news at `callback_url`.

    Raises:
        ValueError: a key holds characters that no HTTP header may carry.
    """
    return {name: SERVICES[name].make(settings, callback_url) for name in settings.services}


def service_hosts(settings: Settings) -> dict[str, frozenset[str]]:
    """Where each configured service may serve videos beside public https: on its own host."""
    return {name: frozenset({host_port(SERVICES[name].url(settings))}) for name in settings.services}


def load_catalogue(settings: Settings) -> Catalogue:
    """The effects that come with the bot, changed as `EFFECTS_FILE` says.

    Raises:
        CatalogueError: with every mistake in that file, each with its line.
    """
    layers = (settings.effects_file,) if settings.effects_file else ()
    return Catalogue.load(*layers, reserved=RESERVED_COMMANDS)
