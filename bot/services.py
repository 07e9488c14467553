"""The configured video services and the catalogue, made from the settings."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from handlers.message_filters import RESERVED_COMMANDS
from video.effects.catalogue import Catalogue
from video.url_policy import host_port

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.settings import Settings
    from video.services.protocol import VideoService


def make_services(
    settings: Settings, callback_urls: Mapping[str, str] | None = None, *, clock: Callable[[], float] = time.time
) -> dict[str, VideoService]:
    """Return every configured service by its name, the preferred one first.

    `callback_urls` has the address for a service's callbacks, if it may send any. `clock` returns Unix time in seconds.

    Raises:
        ValueError: a key holds characters that no HTTP header may carry.
    """
    urls = callback_urls or {}
    return {name: settings.spec(name).connect(settings, urls.get(name), clock) for name in settings.services}


def service_hosts(settings: Settings) -> dict[str, frozenset[str]]:
    """Return the hosts from which each configured service may serve videos, beside public https: its own."""
    return {name: frozenset({host_port(settings.spec(name).url(settings))}) for name in settings.services}


def services_with_qualities(settings: Settings) -> frozenset[str]:
    """Return the names of the services whose effects come in two qualities."""
    return frozenset(spec.name for spec in settings.specs if spec.has_qualities)


def load_catalogue(settings: Settings) -> Catalogue:
    """Return the effects that come with the bot, changed as `EFFECTS_FILE` says.

    Raises:
        CatalogueError: with every mistake in that file, each with its line.
    """
    layers = (settings.effects_file,) if settings.effects_file else ()
    services = [spec.name for spec in settings.specs]
    return Catalogue.load(*layers, reserved=RESERVED_COMMANDS, services=services)
