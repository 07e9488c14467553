"""The catalogue's files: those that come with the bot, and an operator's own merged into them.

Every mistake is reported at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING, Any

from video.effects.schema import EffectParser, parse_prices, parse_theme
from video.effects.toml_lines import TomlFile

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from video.effects.schema import ErrorSink

_KINDS = ("themes", "effects", "prices")
_MAX_MAIN = 24  # buttons under a photo that came without a command; Telegram's command menu takes 100


class CatalogueError(ValueError):
    """The catalogue's files have mistakes; the message lists them all, one a line, with the file and the line."""


@dataclass
class CatalogueData:
    """What is in the files.

    Attributes:
        themes: the fields of `Theme`, by key.
        effects: the fields of `Effect`, each scene as the fields of `Scene`.
        prices: US dollars for one second of video, by service and model.
    """

    themes: dict[str, dict[str, str]] = field(default_factory=dict)
    effects: list[dict[str, Any]] = field(default_factory=list)
    prices: dict[str, dict[str, float]] = field(default_factory=dict)


def read_data(
    layers: Iterable[Path], *, builtin: bool = True, reserved: Collection[str] = (), services: Collection[str] = ()
) -> CatalogueData:
    """Read the files, and merge each into those before it.

    Args:
        layers: an operator's files.
        builtin: whether to begin with the catalogue that comes with the bot.
        reserved: commands that no effect may have.
        services: names of services that files may use, beside those in the bot's catalogue.

    Raises:
        CatalogueError: with every mistake in it.
    """
    ours = [*_builtin_files()] if builtin else []
    own = [_read_file(path, str(path)) for path in layers]
    known = {*_services(ours), *services}
    return _Loader([*ours, *own], reserved, services=known, own_titles=_own_titles(own)).load()


def _own_titles(layers: Iterable[TomlFile]) -> frozenset[tuple[str, str]]:
    """Return what an operator's files give a title: pairs of `themes` or `effects`, and a key."""
    kinds = ((kind, tables) for file in layers for kind, tables in file.document.items() if isinstance(tables, dict))
    return frozenset(
        (kind, key)
        for kind, tables in kinds
        for key, table in tables.items()
        if isinstance(table, dict) and "title" in table
    )


def _builtin_files() -> Iterator[TomlFile]:
    """Yield `themes.toml`, `main.toml`, and the file of each theme."""
    folder = resources.files("video") / "catalogue"
    themes = _read_file(folder / "themes.toml", "themes.toml")
    yield themes
    for name in ("main", *themes.document["themes"]):
        yield _read_file(folder / f"{name}.toml", f"{name}.toml")


def _read_file(path: Any, name: str) -> TomlFile:
    try:
        return TomlFile.read(path, name)
    except OSError as error:
        raise CatalogueError(f"{name} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise CatalogueError(f"{name}: {error}") from error


def _services(files: Iterable[TomlFile]) -> frozenset[str]:
    """Return every service that these files name."""
    tables = (table for file in files for table in file.document.get("effects", {}).values())
    return frozenset(key for table in tables for key, value in table.items() if isinstance(value, dict))


class _Loader:
    """Merges the files once, and collects every mistake."""

    def __init__(
        self,
        files: list[TomlFile],
        reserved: Collection[str],
        services: Collection[str],
        own_titles: frozenset[tuple[str, str]],
    ) -> None:
        self._files = files
        self._reserved = reserved
        self._services = services
        self._own_titles = own_titles
        self._mistakes: list[tuple[int, int, str]] = []  # file, line, message

    def load(self) -> CatalogueData:
        """Return what the files say together.

        Raises:
            CatalogueError: with every mistake in them.
        """
        document = self._merged()
        data = CatalogueData()
        for key, table in document["themes"].items():
            texts = parse_theme(key, table, self._sink("themes", key))
            data.themes[key] = {**texts, "title_key": self._title_key("themes", key)}
        for key, table in document["effects"].items():
            parser = EffectParser(key, table, document["themes"], self._services, self._sink("effects", key))
            data.effects.append({**parser.parse(), "title_key": self._title_key("effects", key)})
        for key, table in document["prices"].items():
            data.prices[key] = parse_prices(key, table, self._services, self._sink("prices", key))
        self._check_names(list(document["effects"]), data.effects)
        if sum(effect["main"] for effect in data.effects) > _MAX_MAIN:
            self._sink("effects")(f"at most {_MAX_MAIN} effects can be main")
        if self._mistakes:
            raise CatalogueError("\n".join(message for _, _, message in sorted(self._mistakes)))
        return data

    def _title_key(self, kind: str, key: str) -> str:
        return "" if (kind, key) in self._own_titles else key

    def _merged(self) -> dict[str, dict[str, dict[str, Any]]]:
        """Return the tables of all files; a later file's keys replace an earlier one's."""
        merged: dict[str, dict[str, dict[str, Any]]] = {kind: {} for kind in _KINDS}
        for file in self._files:
            for kind, tables in file.document.items():
                if kind not in _KINDS or not isinstance(tables, dict):
                    self._sink(kind)(f"unknown; there are tables [{'…], ['.join(f'{one}.' for one in _KINDS)}…]")
                    continue
                for key, table in tables.items():
                    if isinstance(table, dict):
                        _merge(merged[kind].setdefault(key, {}), table)
                    else:
                        self._sink(kind, key)("must be a table")
        for kind in ("themes", "effects"):
            if not merged[kind]:
                self._sink(kind)(f"no [{kind}.…] tables")
        return merged

    def _check_names(self, keys: list[str], effects: list[dict[str, Any]]) -> None:
        """Report a command or alias that two effects have, or that is a command of the bot's own."""
        owners: dict[str, str] = {}
        for key, effect in zip(keys, effects, strict=True):
            for name in (effect["command"], *effect["aliases"]):
                owner = owners.setdefault(name, key)
                if owner != key:
                    self._sink("effects", key, beside=owner)(f"{name!r} already means effects.{owner}")
                if name in self._reserved:
                    self._sink("effects", key)(f"/{name} is a command of the bot's own")

    def _sink(self, *keys: str, beside: str | None = None) -> ErrorSink:
        """Return what notes a mistake in this table; `beside` is another table that may be to blame as well."""

        def report(message: str, *inside: str) -> None:
            blamed = [(*keys, *inside), keys, *([(keys[0], beside)] if beside else [])]
            files = reversed([*enumerate(self._files)])
            lines = ((index, file.line(*table) or 0) for index, file in files for table in blamed)
            index, line = next((found for found in lines if found[1]), (0, 0))
            place = f"{self._files[index].name}, line {line}" if line else self._files[-1].name
            self._mistakes.append((index, line, f"{place}: {'.'.join(keys)}: {message}"))

        return report


def _merge(below: dict[str, Any], above: Mapping[str, Any]) -> None:
    """Replace the values that are given; within a service's table, key by key."""
    for key, value in above.items():
        if isinstance(value, dict) and isinstance(below.get(key), dict):
            below[key] = {**below[key], **value}
        else:
            below[key] = value
