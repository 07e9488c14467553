"""The tables of the catalogue's files, checked key by key."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Protocol

from video.effects.models import PRICED_MODELS, durations_at

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


_COMMAND = re.compile(r"[a-z0-9_]{1,32}")  # Bot API: BotCommand.command
_TEXTS = ("title", "emoji")
_MAX_TEXT_LENGTH = 64  # characters of a title, an emoji or a scene's name
_MAX_USD = 1000
_DEFAULT_DURATIONS = (5,)  # seconds
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
_FLAGS = tuple(key for key, (kind, _) in _TYPES.items() if kind is bool)


class ErrorSink(Protocol):
    """Takes a mistake in a table; `inside` are the keys in the table that the mistake is about."""

    def __call__(self, message: str, *inside: str) -> None:
        """Note the mistake."""
        ...


def parse_theme(key: str, table: Mapping[str, Any], report: ErrorSink) -> dict[str, str]:
    """Return the texts of a theme."""
    if not _COMMAND.fullmatch(key):
        report(f"{key!r} is no name for a theme: 1 to 32 of a-z, 0-9 and _")
    for name in table:
        if name not in _TEXTS:
            report(f"unknown key {name!r}", name)
    return {text: _parse_text(table, text, report) for text in _TEXTS}


def parse_prices(
    service: str, table: Mapping[str, Any], services: Collection[str], report: ErrorSink
) -> dict[str, float]:
    """Return US dollars for one second of video, by model."""
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
    """Parses the table of one effect, merged from all files."""

    def __init__(
        self,
        key: str,
        table: Mapping[str, Any],
        themes: Collection[str],
        services: Collection[str],
        report: ErrorSink,
    ) -> None:
        self._key = key
        self._texts = {text: _parse_text(table, text, report) for text in _TEXTS}
        self._table = {name: value for name, value in table.items() if name in _TYPES}
        self._scenes = {name: value for name, value in table.items() if name not in {*_TYPES, *_TEXTS}}
        self._themes = themes
        self._services = services
        self._report = report

    def parse(self) -> dict[str, Any]:
        """Return the fields of an effect; report what is wrong with them."""
        self._check_values()
        self._check_names()
        table = self._table
        scenes = {name: self._parse_scene(name, scene) for name, scene in self._scenes.items() if scene is not False}
        if not scenes and not table.get("hidden"):
            self._report("no service makes it (hidden = true takes an effect away)")
        command = table.get("command", self._key)
        former = [] if command == self._key else [self._key]  # earlier jobs and buttons have it
        return {
            "command": command,
            **self._texts,
            "theme": table.get("theme", ""),
            "photos": table.get("photos", 1),
            **{flag: table.get(flag, False) for flag in _FLAGS},
            "aliases": (*(alias for alias in table.get("aliases", []) if isinstance(alias, str)), *former),
            "scenes": scenes,
        }

    def _check_values(self) -> None:
        """Report wrong values; leave out those of a wrong type."""
        mistyped = [name for name, value in self._table.items() if type(value) is not _TYPES[name][0]]  # bool is no int
        for name in mistyped:
            self._report(f"{name} must be {_TYPES[name][1]}", name)
            del self._table[name]
        if self._table.get("photos", 1) not in {1, 2}:
            self._report("photos must be 1 or 2", "photos")
        if "theme" in mistyped:
            return
        if "theme" not in self._table:
            self._report("theme is missing")
        elif self._table["theme"] not in self._themes:
            self._report(f"theme must be one of {', '.join(self._themes)}", "theme")

    def _check_names(self) -> None:
        names: list[tuple[Any, tuple[str, ...]]] = [(self._key, ())]
        names += [(self._table[key], (key,)) for key in ("command",) if key in self._table]
        names += [(alias, ("aliases",)) for alias in self._table.get("aliases", [])]
        for name, inside in names:
            if not isinstance(name, str) or not _COMMAND.fullmatch(name):
                self._report(f"{name!r} is no command: 1 to 32 of a-z, 0-9 and _", *inside)

    def _parse_scene(self, service: str, table: Any) -> dict[str, Any]:
        if not isinstance(table, dict) or (self._services and service not in self._services):
            self._report(f"unknown key {service!r}", service)
            return {"name": ""}
        for key in table:
            if key not in {"scene", "durations", "usd"}:
                self._report(f"{service}: unknown key {key!r}", service, key)
        default = self._default_durations(service)
        durations, usd = table.get("durations", default), table.get("usd")
        if not isinstance(durations, list) or not durations or not all(type(s) is int and s > 0 for s in durations):
            self._report(f"{service}: durations must be a list of seconds, like [5, 10]", service, "durations")
            durations = default
        if usd is not None and not _is_price(usd):
            self._report(f"{service}: usd must be US dollars for one video, like 0.35", service, "usd")
        name = _parse_text(
            table, "scene", lambda message, *inside: self._report(f"{service}: {message}", service, *inside)
        )
        return {"name": name, "durations": tuple(durations), "usd": usd}

    def _default_durations(self, service: str) -> list[int]:
        """Return the durations if the table has none: for image-to-video, what the service's models make."""
        from_models = durations_at(service) if self._table.get("prompt") else ()
        return [*(from_models or _DEFAULT_DURATIONS)]


def _parse_text(table: Mapping[str, Any], key: str, report: ErrorSink) -> str:
    value = table.get(key)
    if key not in table:
        report(f"{key} is missing")
    elif not isinstance(value, str) or value.splitlines() != [value.strip()]:
        report(f"{key} must be a text of one line", key)
    elif len(value) > _MAX_TEXT_LENGTH:
        report(f"{key} must be at most {_MAX_TEXT_LENGTH} characters", key)
    else:
        return value
    return ""


def _is_price(value: object) -> bool:
    return not isinstance(value, bool) and isinstance(value, int | float) and 0 < value < _MAX_USD
