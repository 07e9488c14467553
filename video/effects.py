"""The catalogue: every effect, its words for people, and its scene at each video service.

It is read from the files in `catalogue/` beside this one, and from an operator's own file (`effects_file.py`);
a new effect or a new service is an edit there, not here.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self

from video.effects_file import CatalogueError, read_contents
from video.prices import Prices

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from video.effects_file import Contents

__all__ = ["Catalogue", "CatalogueError", "Effect", "Scene", "Theme"]


@dataclass(frozen=True, slots=True)
class Scene:
    """An effect at one video service.

    Attributes:
        name: the service's own name.
        durations: seconds, the usual one first.
        usd: what one video costs in US dollars, where the operator says so.
    """

    name: str
    durations: tuple[int, ...] = (5,)
    usd: float | None = None


@dataclass(frozen=True, slots=True)
class Theme:
    """A shelf of the catalogue; `title_key` as an effect's."""

    key: str
    title: str
    emoji: str
    title_key: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a person can ask for.

    Attributes:
        command: what they type after the slash, `a-z0-9_`.
        title: for people; English, or the operator's own.
        title_key: under which other languages know the title; empty where it is the operator's own.
        emoji: one.
        theme: the key of its theme.
        photos: 1 or 2; of two, the first is the left person, or what is seen first.
        in_turn: whether two photos are seen one after the other, and not side by side.
        faces: whether each photo must show a face.
        sound: whether the video carries sound.
        prompt: whether it is done as a person's own words say; then a second photo may be its last frame.
        main: whether it is offered for a photo that came without a command.
        hidden: whether the operator has taken it away; its earlier jobs still have its words.
        aliases: other words for the command.
        scenes: by service (`aiml`, `kling`); a service that is not there does not make it.
        retired: the services that said that they no longer make it.
    """

    command: str
    title: str
    emoji: str
    theme: str
    photos: int = 1
    in_turn: bool = False
    faces: bool = False
    sound: bool = False
    prompt: bool = False
    main: bool = False
    hidden: bool = False
    aliases: tuple[str, ...] = ()
    scenes: Mapping[str, Scene] = field(default_factory=dict, hash=False)
    retired: frozenset[str] = frozenset()
    title_key: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every word it answers to: the command, aliases and services' names, each once."""
        scenes = (_normal(scene.name) for scene in self.scenes.values())
        return tuple(dict.fromkeys((self.command, *self.aliases, *scenes)))

    @property
    def most_photos(self) -> int:
        """How many photos it takes at most; `photos` is how many it needs."""
        return 2 if self.prompt else self.photos

    def made_by(self, services: Iterable[str]) -> str | None:
        """The first of these services that makes it; None where none does."""
        if self.hidden:
            return None
        return next((one for one in services if one in self.scenes and one not in self.retired), None)


class Catalogue:
    """All effects, in the order in which people see them."""

    def __init__(
        self, themes: tuple[Theme, ...], effects: tuple[Effect, ...], contents: Contents | None = None
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
        return cls._of(read_contents(layers, reserved=reserved))

    @classmethod
    def only(cls, path: Path) -> Self:
        """Read a whole catalogue from one file, without the one that comes with the bot.

        Raises:
            CatalogueError: as `load`.
        """
        return cls._of(read_contents((path,), own=False))

    @classmethod
    def _of(cls, contents: Contents) -> Self:
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

    def named(self, name: str) -> Effect | None:
        """The effect of this name: its command, an alias or a service's name for it.

        Any case; spaces and dashes count as underscores, apostrophes not at all.
        """
        return self._by_name.get(_normal(name))

    def known(self, services: Collection[str]) -> tuple[Effect, ...]:
        """The effects that one of these services makes, or made."""
        return tuple(
            one for one in self.effects if not one.hidden and any(service in one.scenes for service in services)
        )

    def offered(self, services: Collection[str]) -> tuple[Effect, ...]:
        """The effects that one of these services makes."""
        key = tuple(services)
        if key not in self._offered:
            self._offered[key] = tuple(effect for effect in self.effects if effect.made_by(key))
        return self._offered[key]

    def in_theme(self, key: str) -> tuple[Effect, ...]:
        """The effects on one shelf."""
        return tuple(effect for effect in self.effects if effect.theme == key)

    def suggest(self, name: str, services: Collection[str] | None = None) -> tuple[Effect, ...]:
        """What a person may have meant by a name that is not there: at most 3, the nearest first.

        With `services`, only what one of them makes.
        """
        wanted = _normal(name)
        known = {word: one for word, one in self._by_name.items() if services is None or one.made_by(services)}
        near = difflib.get_close_matches(wanted, known, n=6, cutoff=0.6)
        if len(wanted) >= 3:
            near += [word for word in known if wanted in word]
        return tuple(dict.fromkeys(known[word] for word in near))[:3]


def _normal(name: str) -> str:
    bare = name.strip().lstrip("/").casefold()
    return re.sub(r"[\s_‐‑–-]+", "_", re.sub(r"['’‘`]", "", bare))


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
