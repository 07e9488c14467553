"""The catalogue: every effect, its words for people, and its scene at each video service.

It is read from the files in `catalogue/` beside this one, and from an operator's own file (`effects_file.py`);
a new effect or a new service is an edit there, not here.
"""

from __future__ import annotations

import difflib
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self

from video.effects.effect import Effect, Scene, Theme, normalized_name
from video.effects.loader import CatalogueError, read_data
from video.effects.prices import Prices

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from video.effects.loader import CatalogueData


__all__ = ["Catalogue", "CatalogueError", "Effect", "Scene", "Theme"]


class Catalogue:
    """All effects, in the order in which people see them."""

    def __init__(
        self, themes: tuple[Theme, ...], effects: tuple[Effect, ...], contents: CatalogueData | None = None
    ) -> None:
        self.themes = themes
        self.prices = Prices(contents.prices if contents else {})
        self._retired: frozenset[tuple[str, str]] = frozenset()
        self._arrange(effects)

    @classmethod
    def load(cls, *layers: Path, reserved: Collection[str] = ()) -> Self:
        """Read the catalogue that comes with the bot, and lay the operator's own files over it.

        `reserved`: commands of the bot's own, which no effect may have.

        Raises:
            CatalogueError: with every mistake in it, each with its file and line.
        """
        return cls._of(read_data(layers, reserved=reserved))

    @classmethod
    def load_only(cls, path: Path) -> Self:
        """Read a whole catalogue from one file, without the one that comes with the bot.

        Raises:
            CatalogueError: as `load`.
        """
        return cls._of(read_data((path,), builtin=False))

    @classmethod
    def _of(cls, contents: CatalogueData) -> Self:
        themes = tuple(Theme(key, **words) for key, words in contents.themes.items())
        effects = tuple(_effect(table) for table in contents.effects)
        return cls(themes, effects, contents)

    def _arrange(self, effects: tuple[Effect, ...]) -> None:
        self.effects = effects
        self.main = tuple(effect for effect in effects if effect.main)
        self._offered: dict[tuple[str, ...], tuple[Effect, ...]] = {}
        self._by_name = _index(effects)

    def retire(self, scenes: Collection[tuple[str, str]]) -> None:
        """These scenes, and no others, are no longer made: pairs of a service and its name for the scene."""
        if frozenset(scenes) == self._retired:
            return
        self._retired = frozenset(scenes)
        self._arrange(tuple(replace(effect, retired=self._retired_at(effect)) for effect in self.effects))

    def _retired_at(self, effect: Effect) -> frozenset[str]:
        return frozenset(service for service, scene in effect.scenes.items() if (service, scene.name) in self._retired)

    def by_name(self, name: str) -> Effect | None:
        """The effect of this name: its command, an alias or a service's name for it.

        Any case; spaces and dashes count as underscores, apostrophes not at all.
        """
        return self._by_name.get(normalized_name(name))

    def known(self, services: Collection[str]) -> tuple[Effect, ...]:
        """The effects that one of these services makes, or made."""
        return tuple(
            one for one in self.effects if not one.hidden and any(service in one.scenes for service in services)
        )

    def offered(self, services: Collection[str]) -> tuple[Effect, ...]:
        """The effects that one of these services makes."""
        key = tuple(services)
        if key not in self._offered:
            self._offered[key] = tuple(effect for effect in self.effects if effect.first_service(key))
        return self._offered[key]

    def in_theme(self, key: str) -> tuple[Effect, ...]:
        """The effects on one shelf."""
        return tuple(effect for effect in self.effects if effect.theme == key)

    def suggest(self, name: str, services: Collection[str] | None = None) -> tuple[Effect, ...]:
        """What a person may have meant by a name that is not there: at most 3, the nearest first.

        With `services`, only what one of them makes.
        """
        wanted = normalized_name(name)
        known = {word: one for word, one in self._by_name.items() if services is None or one.first_service(services)}
        near = difflib.get_close_matches(wanted, known, n=6, cutoff=0.6)
        if len(wanted) >= 3:
            near += [word for word in known if wanted in word]
        return tuple(dict.fromkeys(known[word] for word in near))[:3]


def _index(effects: tuple[Effect, ...]) -> dict[str, Effect]:
    """Commands and aliases, each of which is one effect's; services' names where nobody else has the word."""
    index = {name: effect for effect in effects for name in (effect.command, *effect.aliases)}
    for effect in effects:
        for name in effect.names:
            index.setdefault(name, effect)
    return index


def _effect(table: Mapping[str, Any]) -> Effect:
    scenes = {service: Scene(**scene) for service, scene in table["scenes"].items()}
    return Effect(**{**table, "scenes": MappingProxyType(scenes)})
