"""One table of the catalogue's files, checked key by key."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Protocol

from video.effects.models import PRICED_MODELS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


_COMMAND = re.compile(r"[a-z0-9_]{1,32}")  # Bot API: BotCommand.command
_WORDS = ("title", "emoji")
_LONGEST = 64  # characters of a title or a scene
_TYPES = {
    "theme": (str, "a text in quotes"),
    "command": (str, "a text in quotes"),
    "photos": (int, "1 or 2"),
    "in_turn": (bool, "true or false"),
    "faces": (bool, "true or false"),
    "sound": (bool, "true or false"),
    "prompt": (bool, "true or false"),
    "main": (bool, "true or false"),
    "hidden": (bool, "true or false"),
    "aliases": (list, "a list of texts"),
}


class ErrorSink(Protocol):
    """Takes down a mistake in a table; `inside` are the keys in it that the mistake is about."""

    def __call__(self, words: str, *inside: str) -> None:
        """Take it down."""
        ...


def parse_theme(key: str, table: Mapping[str, Any], report: ErrorSink) -> dict[str, str]:
    """The words of a theme."""
    if not _COMMAND.fullmatch(key):
        report(f"{key!r} is no name for a theme: 1 to 32 of a-z, 0-9 and _")
    for word in table:
        if word not in _WORDS:
            report(f"unknown key {word!r}", word)
    return {key: _text(table, key, report) for key in _WORDS}


def parse_prices(
    service: str, table: Mapping[str, Any], services: Collection[str], report: ErrorSink
) -> dict[str, float]:
    """US dollars for one second of video, by model."""
    if services and service not in services:
        report(f"no such video service; there are {', '.join(sorted(services))}")
    for model, usd in table.items():
        if model not in PRICED_MODELS:
            names = ", ".join(f'"{name}"' if "." in name else name for name in PRICED_MODELS)
            report(f"unknown key {model!r}; there are {names}", model)
        elif not _is_price(usd):
            report(f"{model} must be US dollars for one second, like 0.05", model)
    return {model: float(usd) for model, usd in table.items() if _is_price(usd)}


class EffectParser:
    """The table of one effect, as all files together have it."""

    def __init__(
        self,
        key: str,
        table: Mapping[str, Any],
        themes: Collection[str],
        services: Collection[str],
        tell: ErrorSink,
    ) -> None:
        self._key = key
        self._words = {word: _text(table, word, tell) for word in _WORDS}
        self._table = {word: value for word, value in table.items() if word in _TYPES}
        self._scenes = {word: value for word, value in table.items() if word not in {*_TYPES, *_WORDS}}
        self._themes = themes
        self._services = services
        self._tell = tell

    def parse(self) -> dict[str, Any]:
        """The fields of an effect; where they are wrong the mistakes are told."""
        self._check_words()
        scenes = {service: self._scene(service, table) for service, table in self._scenes.items() if table is not False}
        if not scenes and not self._table.get("hidden"):
            self._tell("no service makes it (hidden = true takes an effect away)")
        command = self._table.get("command", self._key)
        aliases = self._table.get("aliases", [])
        former = [] if command == self._key else [self._key]  # earlier jobs and buttons have it
        return {
            "command": command,
            **self._words,
            "theme": self._table.get("theme", ""),
            "photos": self._table.get("photos", 1),
            **{
                word: self._table.get(word, False) for word in ("in_turn", "faces", "sound", "prompt", "main", "hidden")
            },
            "aliases": (*(alias for alias in aliases if isinstance(alias, str)), *former),
            "scenes": scenes,
        }

    def _check_words(self) -> None:
        wrong = [word for word, value in self._table.items() if type(value) is not _TYPES[word][0]]  # bool is no int
        for word in wrong:
            self._tell(f"{word} must be {_TYPES[word][1]}", word)
            del self._table[word]
        if self._table.get("photos", 1) not in {1, 2}:
            self._tell("photos must be 1 or 2", "photos")
        if "theme" not in self._table:
            if "theme" not in wrong:
                self._tell("theme is missing")
        elif self._table["theme"] not in self._themes:
            self._tell(f"theme must be one of {', '.join(self._themes)}", "theme")
        self._check_names()

    def _check_names(self) -> None:
        names: list[tuple[Any, tuple[str, ...]]] = [(self._key, ())]
        names += [(self._table[word], (word,)) for word in ("command",) if word in self._table]
        names += [(alias, ("aliases",)) for alias in self._table.get("aliases", [])]
        for name, where in names:
            if not isinstance(name, str) or not _COMMAND.fullmatch(name):
                self._tell(f"{name!r} is no command: 1 to 32 of a-z, 0-9 and _", *where)

    def _scene(self, service: str, table: Any) -> dict[str, Any]:
        if not isinstance(table, dict) or (self._services and service not in self._services):
            self._tell(f"unknown key {service!r}", service)
            return {"name": ""}
        for key in table:
            if key not in {"scene", "durations", "usd"}:
                self._tell(f"{service}: unknown key {key!r}", service, key)
        durations, usd = table.get("durations", [5]), table.get("usd")
        if not isinstance(durations, list) or not durations or not all(type(s) is int and s > 0 for s in durations):
            self._tell(f"{service}: durations must be a list of seconds, like [5, 10]", service, "durations")
            durations = [5]
        if usd is not None and not _is_price(usd):
            self._tell(f"{service}: usd must be US dollars for one video, like 0.35", service, "usd")
        name = _text(table, "scene", lambda words, *inside: self._tell(f"{service}: {words}", service, *inside))
        return {"name": name, "durations": tuple(durations), "usd": usd}


def _text(table: Mapping[str, Any], key: str, tell: ErrorSink) -> str:
    value = table.get(key)
    if key not in table:
        tell(f"{key} is missing")
    elif not isinstance(value, str) or value.splitlines() != [value.strip()]:
        tell(f"{key} must be a text of one line", key)
    elif len(value) > _LONGEST:
        tell(f"{key} must be at most {_LONGEST} characters", key)
    else:
        return value
    return ""


def _is_price(value: object) -> bool:
    return not isinstance(value, bool) and isinstance(value, int | float) and 0 < value < 1000
