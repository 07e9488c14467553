"""The catalogue: every effect, its words for people, and its scene at each video service.

It is read from `effects.toml` beside this file; a new effect or a new service is an edit there, not here.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass, field
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")  # Bot API: BotCommand.command
_WORDS = {
    "title": str,
    "emoji": str,
    "theme": str,
    "photos": int,
    "faces": bool,
    "sound": bool,
    "main": bool,
    "aliases": list,
}


class CatalogueError(ValueError):
    """The catalogue's file has a mistake; the message names the table."""


@dataclass(frozen=True, slots=True)
class Scene:
    """An effect at one video service.

    Attributes:
        name: the service's own name.
        durations: seconds, the usual one first.
    """

    name: str
    durations: tuple[int, ...] = (5,)


@dataclass(frozen=True, slots=True)
class Theme:
    """A shelf of the catalogue."""

    key: str
    title: str
    emoji: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What a person can ask for.

    Attributes:
        command: what they type after the slash, `a-z0-9_`.
        title: English, for people.
        emoji: one.
        theme: the key of its theme.
        photos: 1 or 2; of two, the first is the left person.
        faces: whether each photo must show a face.
        sound: whether the video carries sound.
        main: whether it is offered for a photo that came without a command.
        aliases: other words for the command.
        scenes: by service (`aiml`, `kling`); a service that is not there does not make it.
    """

    command: str
    title: str
    emoji: str
    theme: str
    photos: int = 1
    faces: bool = False
    sound: bool = False
    main: bool = False
    aliases: tuple[str, ...] = ()
    scenes: Mapping[str, Scene] = field(default_factory=dict, hash=False)

    @property
    def names(self) -> tuple[str, ...]:
        """Every word it answers to: the command, aliases and services' names, each once."""
        scenes = (_normal(scene.name) for scene in self.scenes.values())
        return tuple(dict.fromkeys((self.command, *self.aliases, *scenes)))

    def made_by(self, services: Iterable[str]) -> str | None:
        """The first of these services that makes it; None where none does."""
        return next((service for service in services if service in self.scenes), None)


class Catalogue:
    """All effects, in the order in which people see them."""

    def __init__(self, themes: tuple[Theme, ...], effects: tuple[Effect, ...]) -> None:
        self.themes = themes
        self.effects = effects
        self.main = tuple(effect for effect in effects if effect.main)
        self._by_name = _index(effects)

    @classmethod
    def load(cls, path: Path | None = None) -> Self:
        """Read the catalogue from `path`, or the one that comes with the bot.

        Raises:
            CatalogueError: the file is not TOML, or a table is wrong.
            OSError: the file cannot be read.
        """
        source = path or resources.files("video").joinpath("effects.toml")
        try:
            document = tomllib.loads(source.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise CatalogueError(f"{source.name}: {error}") from error
        themes = tuple(_theme(key, table) for key, table in _tables(document, "themes"))
        keys = frozenset(theme.key for theme in themes)
        effects = tuple(_effect(command, table, keys) for command, table in _tables(document, "effects"))
        return cls(themes, effects)

    def named(self, name: str) -> Effect | None:
        """The effect of this name: its command, an alias or a service's name for it.

        Any case; spaces and dashes count as underscores, apostrophes not at all.
        """
        return self._by_name.get(_normal(name))

    def offered(self, services: Collection[str]) -> tuple[Effect, ...]:
        """The effects that one of these services makes."""
        return tuple(effect for effect in self.effects if effect.made_by(services))

    def in_theme(self, key: str) -> tuple[Effect, ...]:
        """The effects on one shelf."""
        return tuple(effect for effect in self.effects if effect.theme == key)

    def suggest(self, name: str) -> tuple[Effect, ...]:
        """What a person may have meant by a name that is not there: at most 3, the nearest first."""
        wanted = _normal(name)
        near = difflib.get_close_matches(wanted, self._by_name, n=6, cutoff=0.6)
        if len(wanted) >= 3:
            near += [known for known in self._by_name if wanted in known]
        return tuple(dict.fromkeys(self._by_name[known] for known in near))[:3]


def _normal(name: str) -> str:
    bare = name.strip().lstrip("/").casefold()
    return re.sub(r"[\s_‐‑–-]+", "_", re.sub(r"['’‘`]", "", bare))


def _index(effects: tuple[Effect, ...]) -> dict[str, Effect]:
    index: dict[str, Effect] = {}
    for effect in effects:
        for name in effect.names:
            if name in index:
                raise CatalogueError(f"effects.{effect.command}: {name!r} already means effects.{index[name].command}")
            index[name] = effect
    return index


def _tables(document: dict[str, Any], kind: str) -> list[tuple[str, dict[str, Any]]]:
    tables = document.get(kind)
    if not isinstance(tables, dict) or not tables:
        raise CatalogueError(f"no [{kind}.…] tables")
    for key, table in tables.items():
        if not isinstance(table, dict):
            raise CatalogueError(f"{kind}.{key}: must be a table")
    return list(tables.items())


def _theme(key: str, table: dict[str, Any]) -> Theme:
    where = f"themes.{key}"
    for word in table:
        if word not in {"title", "emoji"}:
            raise CatalogueError(f"{where}: unknown key {word!r}")
    return Theme(key, _text(where, table, "title"), _text(where, table, "emoji"))


def _effect(command: str, table: dict[str, Any], themes: frozenset[str]) -> Effect:
    where = f"effects.{command}"
    words = {key: value for key, value in table.items() if key in _WORDS}
    _check_words(where, command, words)
    if words.get("theme") not in themes:
        raise CatalogueError(f"{where}: theme must be one of {', '.join(sorted(themes))}")
    services = {key: value for key, value in table.items() if key not in _WORDS}
    if not services:
        raise CatalogueError(f"{where}: no service makes it")
    return Effect(
        command=command,
        title=_text(where, table, "title"),
        emoji=_text(where, table, "emoji"),
        theme=words["theme"],
        photos=words.get("photos", 1),
        faces=words.get("faces", False),
        sound=words.get("sound", False),
        main=words.get("main", False),
        aliases=tuple(words.get("aliases", ())),
        scenes=MappingProxyType({key: _scene(where, key, value) for key, value in services.items()}),
    )


def _check_words(where: str, command: str, words: dict[str, Any]) -> None:
    for key, value in words.items():
        if type(value) is not _WORDS[key]:  # bool is an int to isinstance
            raise CatalogueError(f"{where}: {key} must be of type {_WORDS[key].__name__}")
    if words.get("photos", 1) not in {1, 2}:
        raise CatalogueError(f"{where}: photos must be 1 or 2")
    for name in (command, *words.get("aliases", ())):
        if not isinstance(name, str) or not _COMMAND.fullmatch(name):
            raise CatalogueError(f"{where}: {name!r} is no command: 1 to 32 of a-z, 0-9 and _")


def _scene(where: str, service: str, table: object) -> Scene:
    place = f"{where}.{service}"
    if not isinstance(table, dict):
        raise CatalogueError(f"{where}: unknown key {service!r}")
    unknown = set(table) - {"scene", "durations"}
    if unknown:
        raise CatalogueError(f"{place}: unknown key {min(unknown)!r}")
    durations = table.get("durations", [5])
    if not isinstance(durations, list) or not durations or not all(type(s) is int and s > 0 for s in durations):
        raise CatalogueError(f"{place}: durations must be a list of seconds")
    return Scene(_text(place, table, "scene"), tuple(durations))


def _text(where: str, table: dict[str, Any], key: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise CatalogueError(f"{where}: {key} is missing")
    return value
