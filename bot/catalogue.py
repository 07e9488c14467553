"""The catalogue with the operator's own file laid over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.own_commands import OWN_COMMANDS
from video.effects import Catalogue

if TYPE_CHECKING:
    from bot.settings import Settings


def load_catalogue(settings: Settings) -> Catalogue:
    """The effects that come with the bot, changed as `EFFECTS_FILE` says.

    Raises:
        CatalogueError: with every mistake in that file, each with its line.
    """
    layers = (settings.effects_file,) if settings.effects_file else ()
    return Catalogue.load(*layers, reserved=OWN_COMMANDS)
