"""The video services that the settings name: the one place that knows each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from video.address import host_port
from video.aiml import Aiml

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.settings import Settings
    from video.service import VideoService


@dataclass(frozen=True, slots=True)
class Known:
    """A video service that this bot can use.

    Attributes:
        title: for the operator.
        key: the setting that holds its key.
        make: makes it.
        url: its address.
    """

    title: str
    key: str
    make: Callable[[Settings], VideoService]
    url: Callable[[Settings], str]


def _aiml(settings: Settings) -> Aiml:
    key = settings.aiml_api_key.get_secret_value() if settings.aiml_api_key else ""
    return Aiml(key, url=settings.aiml_api_url, path=settings.aiml_generations_path)


KNOWN = {"aiml": Known("AIML", "AIML_API_KEY", _aiml, lambda settings: settings.aiml_api_url)}
"""By name, as in `VIDEO_SERVICE` and in the catalogue."""


def make_services(settings: Settings) -> dict[str, VideoService]:
    """Every configured service by its name, the preferred first.

    Raises:
        ValueError: a key holds characters that no HTTP header may carry.
    """
    return {name: KNOWN[name].make(settings) for name in settings.services}


def own_hosts(settings: Settings) -> dict[str, frozenset[str]]:
    """Where each configured service may serve videos beside public https: on its own host."""
    return {name: frozenset({host_port(KNOWN[name].url(settings))}) for name in settings.services}
