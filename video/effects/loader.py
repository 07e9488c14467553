"""The catalogue's files: those that come with the bot, and an operator's laid over them, every mistake told at once."""

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
_MOST_MAIN = 24  # buttons under a photo that came without a command; Telegram's command menu takes 100


class CatalogueError(ValueError):
    """The catalogue's files have mistakes; the message lists them all, one a line, with the file and the line."""


@dataclass
class CatalogueData:
    """What is in the files.

    Attributes:
        themes: the fields of `video.effects.Theme`, by key.
        effects: the fields of `video.effects.Effect`, each scene as the fields of `video.effects.Scene`.
        prices: US dollars for one second of video, by service and model.
    """

    themes: dict[str, dict[str, str]] = field(default_factory=dict)
    effects: list[dict[str, Any]] = field(default_factory=list)
    prices: dict[str, dict[str, float]] = field(default_factory=dict)


def read_data(layers: Iterable[Path], *, builtin: bool = True, reserved: Collection[str] = ()) -> CatalogueData:
    """Read the files, each laid over those before it.

    Args:
        layers: an operator's files.
        own: whether they lie over the catalogue that comes with the bot.
        reserved: commands that no effect may have.

    Raises:
        CatalogueError: with every mistake in it.
    """
    ours = [*_own_files()] if builtin else []
    files = [*ours, *(_file(path, str(path)) for path in layers)]
    return _Loader(files, reserved, services=_services(ours), titled=_titled(files[len(ours) :])).contents()


def _titled(layers: Iterable[TomlFile]) -> frozenset[tuple[str, str]]:
    """The themes and effects to which an operator's files give a title: pairs of `themes` or `effects`, and a key."""
    kinds = ((kind, tables) for file in layers for kind, tables in file.document.items() if isinstance(tables, dict))
    return frozenset(
        (kind, key)
        for kind, tables in kinds
        for key, table in tables.items()
        if isinstance(table, dict) and "title" in table
    )


def _own_files() -> Iterator[TomlFile]:
    """`themes.toml`, `main.toml`, and the file of each theme."""
    folder = resources.files("video") / "catalogue"
    themes = _file(folder / "themes.toml", "themes.toml")
    yield themes
    for name in ("main", *themes.document["themes"]):
        yield _file(folder / f"{name}.toml", f"{name}.toml")


def _file(path: Any, name: str) -> TomlFile:
    try:
        return TomlFile.read(path, name)
    except OSError as error:
        raise CatalogueError(f"{name} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise CatalogueError(f"{name}: {error}") from error


def _services(files: Iterable[TomlFile]) -> frozenset[str]:
    """Every service that the catalogue knows."""
    tables = (table for file in files for table in file.document.get("effects", {}).values())
    return frozenset(key for table in tables for key, value in table.items() if isinstance(value, dict))


class _Loader:
    """One reading of the files: what they say together, and every mistake."""

    def __init__(
        self,
        files: list[TomlFile],
        reserved: Collection[str],
        services: frozenset[str],
        titled: frozenset[tuple[str, str]],
    ) -> None:
        self._files = files
        self._titled = titled
        self._reserved = reserved
        self._services = services
        self._mistakes: list[tuple[int, int, str]] = []

    def contents(self) -> CatalogueData:
        """All of it, or all mistakes."""
        document = self._laid_over()
        contents = CatalogueData()
        for key, table in document["themes"].items():
            words = parse_theme(key, table, self._tell("themes", key))
            contents.themes[key] = {**words, "title_key": self._title_key("themes", key)}
        for key, table in document["effects"].items():
            reader = EffectParser(key, table, document["themes"], self._services, self._tell("effects", key))
            contents.effects.append({**reader.parse(), "title_key": self._title_key("effects", key)})
        for key, table in document["prices"].items():
            contents.prices[key] = parse_prices(key, table, self._services, self._tell("prices", key))
        self._check_names(list(document["effects"]), contents.effects)
        if sum(effect["main"] for effect in contents.effects) > _MOST_MAIN:
            self._tell("effects")(f"at most {_MOST_MAIN} effects can be main")
        if self._mistakes:
            raise CatalogueError("\n".join(words for _, _, words in sorted(self._mistakes)))
        return contents

    def _title_key(self, kind: str, key: str) -> str:
        return "" if (kind, key) in self._titled else key

    def _laid_over(self) -> dict[str, dict[str, dict[str, Any]]]:
        """The tables of all files, a later file's keys over an earlier one's."""
        laid: dict[str, dict[str, dict[str, Any]]] = {kind: {} for kind in _KINDS}
        for file in self._files:
            for kind, tables in file.document.items():
                if kind not in _KINDS or not isinstance(tables, dict):
                    self._tell(kind)(f"unknown; there are tables [{'…], ['.join(f'{one}.' for one in _KINDS)}…]")
                    continue
                for key, table in tables.items():
                    if isinstance(table, dict):
                        _merge(laid[kind].setdefault(key, {}), table)
                    else:
                        self._tell(kind, key)("must be a table")
        for kind in ("themes", "effects"):
            if not laid[kind]:
                self._tell(kind)(f"no [{kind}.…] tables")
        return laid

    def _check_names(self, tables: list[str], effects: list[dict[str, Any]]) -> None:
        """No word is two effects', or a command of the bot's own."""
        owners: dict[str, str] = {}
        for table, effect in zip(tables, effects, strict=True):
            for name in (effect["command"], *effect["aliases"]):
                owner = owners.setdefault(name, table)
                if owner != table:
                    self._tell("effects", table, beside=owner)(f"{name!r} already means effects.{owner}")
                if name in self._reserved:
                    self._tell("effects", table)(f"/{name} is a command of the bot's own")

    def _tell(self, *keys: str, beside: str | None = None) -> ErrorSink:
        """What takes down a mistake in this table; `beside`: a table that is as much to blame."""

        def tell(words: str, *inside: str) -> None:
            blamed = [(*keys, *inside), keys, *([(keys[0], beside)] if beside else [])]
            files = reversed([*enumerate(self._files)])
            lines = ((place, file.line(*table) or 0) for place, file in files for table in blamed)
            place, line = next((found for found in lines if found[1]), (0, 0))
            where = f"{self._files[place].name}, line {line}" if line else self._files[-1].name
            self._mistakes.append((place, line, f"{where}: {'.'.join(keys)}: {words}"))

        return tell


def _merge(below: dict[str, Any], above: Mapping[str, Any]) -> None:
    """Change what is given; a service's table key by key."""
    for key, value in above.items():
        if isinstance(value, dict) and isinstance(below.get(key), dict):
            below[key] = {**below[key], **value}
        else:
            below[key] = value
