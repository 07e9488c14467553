"""What a locale's file says, taken apart: every way in which a message can come out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel import Locale
from fluent.syntax import FluentParser, ast

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCALES = Path(__file__).parents[2] / "handlers" / "locales"
CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})


@dataclass(frozen=True)
class Wording:
    """One way in which a message can come out: its text, in which a value that is filled in is `{name}`."""

    text: str

    @property
    def tags(self) -> tuple[str, ...]:
        """Its HTML tags; their order is the language's own."""
        return tuple(sorted(re.findall(r"<[^>]+>", self.text)))

    @property
    def commands(self) -> frozenset[str]:
        """The commands that it names."""
        return frozenset(re.findall(r"(?<![\w</])/([a-z0-9_]+)\b", self.text))


class LocaleFile:
    """A language."""

    def __init__(self, code: str) -> None:
        self.code = code
        body = FluentParser().parse((LOCALES / f"{code}.ftl").read_text("utf-8")).body
        self.junk = [entry.content for entry in body if isinstance(entry, ast.Junk)]
        self.entries = [entry for entry in body if isinstance(entry, ast.Message)]
        self.messages = {entry.id.name: entry for entry in self.entries}

    @property
    def words(self) -> set[str]:
        """The keys of what every language has."""
        return {key for key in self.messages if not is_title(key)}

    @property
    def titles(self) -> set[str]:
        """The keys of titles."""
        return {key for key in self.messages if is_title(key)}

    def wordings(self, key: str) -> set[Wording]:
        """Every way in which this message can come out."""
        return {Wording(text) for text in _texts(self.messages[key].value)}

    def variables(self, key: str) -> set[str]:
        """What is filled in, or decided by."""
        return {node.id.name for node in _nodes(self.messages[key]) if isinstance(node, ast.VariableReference)}

    def plurals(self, key: str) -> list[set[str]]:
        """The categories of each choice by number in this message."""
        choices = (node for node in _nodes(self.messages[key]) if isinstance(node, ast.SelectExpression))
        named = ({str(v.key.name) for v in one.variants if isinstance(v.key, ast.Identifier)} for one in choices)
        # `*[other]` alone stands for everything else: of reasons, or beside exact numbers.
        return [keys for keys in named if keys <= CATEGORIES and keys != {"other"}]

    @property
    def categories(self) -> set[str]:
        """The categories of the numbers that are counted here: whole ones."""
        rule = Locale.parse(self.code.replace("-", "_")).plural_form  # as fluent.runtime does
        return {str(rule(number)) for number in range(1000)}


def codes() -> list[str]:
    """The codes of all languages."""
    return sorted(path.stem for path in LOCALES.glob("*.ftl"))


def is_title(key: str) -> bool:
    """Return True if a key is that of an effect's or a theme's title."""
    return key.startswith(("effect-title-", "theme-title-"))


def _texts(pattern: Any) -> Iterator[str]:
    parts = [
        [one.value] if isinstance(one, ast.TextElement) else list(_placed(one.expression)) for one in pattern.elements
    ]
    return ("".join(chosen) for chosen in product(*parts))


def _placed(expression: Any) -> Iterator[str]:
    match expression:
        case ast.SelectExpression():
            for variant in expression.variants:
                yield from _texts(variant.value)
        case ast.VariableReference():
            yield f"{{{expression.id.name}}}"
        case ast.StringLiteral():
            yield expression.value
        case _:
            raise AssertionError(f"a kind of expression that the bot's words have not had before: {expression}")


def _nodes(node: Any) -> Iterator[Any]:
    yield node
    for value in vars(node).values():
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.BaseNode):
                yield from _nodes(child)
