"""The catalogue: every effect, its texts for people, and its scene at each video service.

It is read from the files in `video/catalogue/`, and from an operator's own file (`loader.py`). A new effect is an edit
there, not here.
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

_MAX_SUGGESTIONS = 3


class Catalogue:
    """All effects, in the order in which people see them."""

    def __init__(
        self, themes: tuple[Theme, ...], effects: tuple[Effect, ...], data: CatalogueData | None = None
    ) -> None:
        self.themes = themes
        self.prices = Prices(data.prices if data else {})
        self._retired: frozenset[tuple[str, str]] = frozenset()
        self._set_effects(effects)

    @classmethod
    def load(cls, *layers: Path, reserved: Collection[str] = (), services: Collection[str] = ()) -> Self:
        """Read the catalogue that comes with the bot, and merge the operator's own files into it.

        Args:
            layers: the operator's files.
            reserved: the bot's own commands, which no effect may have.
            services: names of services that files may use, beside those in the bot's catalogue.

        Raises:
            CatalogueError: with every mistake in it, each with its file and line.
        """
        return cls._from_data(read_data(layers, reserved=reserved, services=services))

    @classmethod
    def load_only(cls, path: Path) -> Self:
        """Read a whole catalogue from one file, without the one that comes with the bot.

        Raises:
            CatalogueError: as `load`.
        """
        return cls._from_data(read_data((path,), builtin=False))

    @classmethod
    def _from_data(cls, data: CatalogueData) -> Self:
        themes = tuple(Theme(key, **texts) for key, texts in data.themes.items())
        effects = tuple(_effect(table) for table in data.effects)
        return cls(themes, effects, data)

    def _set_effects(self, effects: tuple[Effect, ...]) -> None:
        self.effects = effects
        self.main = tuple(effect for effect in effects if effect.main)
        self._offered: dict[tuple[str, ...], tuple[Effect, ...]] = {}
        self._by_name = _index(effects)

    def retire(self, scenes: Collection[tuple[str, str]]) -> None:
        """Set which scenes are no longer made: pairs of a service and its name for the scene. All others are."""
        if frozenset(scenes) == self._retired:
            return
        self._retired = frozenset(scenes)
        self._set_effects(tuple(replace(effect, retired=self._retired_at(effect)) for effect in self.effects))

    def _retired_at(self, effect: Effect) -> frozenset[str]:
        return frozenset(service for service, scene in effect.scenes.items() if (service, scene.name) in self._retired)

    def by_name(self, name: str) -> Effect | None:
        """Return the effect with this command, alias or service's name; None if there is none.

        Case doesn't matter; spaces and dashes count as underscores, apostrophes not at all.
        """
        return self._by_name.get(normalized_name(name))

    def known(self, services: Collection[str]) -> tuple[Effect, ...]:
        """Return the effects that one of these services makes or made."""
        return tuple(
            one for one in self.effects if not one.hidden and any(service in one.scenes for service in services)
        )

    def offered(self, services: Collection[str]) -> tuple[Effect, ...]:
        """Return the effects that one of these services makes."""
        key = tuple(services)
        if key not in self._offered:
            self._offered[key] = tuple(effect for effect in self.effects if effect.first_service(key))
        return self._offered[key]

    def in_theme(self, key: str) -> tuple[Effect, ...]:
        """Return the effects of one theme."""
        return tuple(effect for effect in self.effects if effect.theme == key)

    def suggest(self, name: str, services: Collection[str] | None = None) -> tuple[Effect, ...]:
        """Return the effects that an unknown name may mean: at most 3, the nearest first.

        With `services`, return only what one of them makes.
        """
        wanted = normalized_name(name)
        known = {word: one for word, one in self._by_name.items() if services is None or one.first_service(services)}
        near = difflib.get_close_matches(wanted, known, n=6, cutoff=0.6)
        if len(wanted) >= 3:
            near += [word for word in known if wanted in word]
        return tuple(dict.fromkeys(known[word] for word in near))[:_MAX_SUGGESTIONS]


def _index(effects: tuple[Effect, ...]) -> dict[str, Effect]:
    """Index by command and alias, which are unique, and by services' names that no command or alias has taken."""
    index = {name: effect for effect in effects for name in (effect.command, *effect.aliases)}
    for effect in effects:
        for name in effect.names:
            index.setdefault(name, effect)
    return index


def _effect(table: Mapping[str, Any]) -> Effect:
    scenes = {service: Scene(**scene) for service, scene in table["scenes"].items()}
    return Effect(**{**table, "scenes": MappingProxyType(scenes)})
