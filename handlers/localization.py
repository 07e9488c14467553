"""The texts that people read, from `locales/*.ftl` (Fluent), and the languages that they chose."""

from __future__ import annotations

import html
import logging
import re
import unicodedata
from functools import cache, cached_property, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from fluent.runtime import FluentBundle, FluentResource

from video.effects.effect import Theme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from video.effects.effect import Effect

_LOG = logging.getLogger(__name__)
_DEFAULT = "en"
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Mc", "Me", "Mn", "Zl", "Zp", "Zs"})
"""Unicode categories of characters that can't be seen, or not without another one."""
_BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800\ufffc\U0001d159")
"""Letters and symbols that look like nothing: fillers of Hangul, the blank of Braille, the placeholder of an object."""
_ENTRY = re.compile(r"^(-?[a-zA-Z][\w-]*) *=", re.MULTILINE)
_REFERENCE = re.compile(r"\{\s*(-?[a-zA-Z][\w-]*)\s*[.}]")
_BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that can turn around the words after them."""


class Locale:
    """The texts of one language. Call it to get a text as HTML; values are escaped, whoever wrote them.

    Texts that this language lacks come from `fallback`. Each text is parsed when it is first used: parsing all texts of
    all languages takes 12 MB and some tenths of a second, and most are never shown.
    """

    def __init__(self, language: str, source: str, fallback: Locale | None = None) -> None:
        self.language = language
        self._fallback = fallback
        self._sources = _entries(source)  # those that are not parsed yet
        self._parsed: set[str] = set()
        self._cached_format = lru_cache(maxsize=512)(self._format)  # the same texts are sent again and again
        self._cached_title = lru_cache(maxsize=1024)(self._translate)  # a search looks at every title

    def __call__(self, key: str, **values: str | float | None) -> str:
        """Return the text of this key, as HTML.

        Raises:
            KeyError: there is no such text.
        """
        return self._cached_format(key, tuple(values.items()))

    def _format(self, key: str, values: tuple[tuple[str, str | float | None], ...]) -> str:
        if self._fallback is not None and not self._knows(key):
            return self._fallback(key, **dict(values))
        if not self._knows(key):
            raise KeyError(key)
        safe = {name: html.escape(value) if isinstance(value, str) else value for name, value in values}
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise KeyError(key)
        text, errors = self._bundle.format_pattern(pattern, safe)
        for error in errors:
            _LOG.error("text %s in %s: %s", key, self.language, error)
        return str(text)

    def text(self, key: str, **values: str | float | None) -> str:
        """Return the text of this key without HTML, for a button or a pop-up."""
        return html.unescape(self(key, **values))

    def has(self, key: str) -> bool:
        """Return True if there is a text of this key."""
        return self._knows(key) or (self._fallback is not None and self._fallback.has(key))

    @cached_property
    def _bundle(self) -> FluentBundle:
        return FluentBundle([self.language], use_isolating=False)  # loads Babel's data of this language, 2 MB

    def _knows(self, key: str) -> bool:
        """Return True if this language has the text, which is parsed now if it was not yet."""
        if key in self._sources:
            self._parse(key)
        return key in self._parsed

    def _parse(self, key: str) -> None:
        source = self._sources.pop(key)
        self._bundle.add_resource(FluentResource(source))
        if self._bundle.has_message(key):
            self._parsed.add(key)
        for reference in _REFERENCE.findall(source):
            if reference in self._sources:
                self._parse(reference)

    def title(self, one: Effect | Theme) -> str:
        """Return the title of an effect or a theme, without HTML. An operator's own title is used in every language."""
        return self._cached_title(f"{'theme' if isinstance(one, Theme) else 'effect'}-title-{one.title_key}", one.title)

    def name_of(self, person_id: int, name: str) -> str:
        """Return a name as it can be shown to others, without HTML: on one line, in its own direction of writing.

        If nothing of it can be seen, the id stands for it.
        """
        shown = " ".join("".join(char for char in name if char not in _BIDI_CONTROLS).split())
        seen = any(unicodedata.category(char) not in _UNSEEN and char not in _BLANKS for char in shown)
        return shown if seen else self.text("someone", id=str(person_id))

    def _translate(self, key: str, title: str) -> str:
        return self.text(key) if self.has(key) else title


def _entries(source: str) -> dict[str, str]:
    """Split a file of texts into its entries, by their keys, without parsing them."""
    starts = [(match[1], match.start()) for match in _ENTRY.finditer(source)]
    ends = [start for _, start in starts[1:]] + [len(source)]
    return {key: source[start:end] for (key, start), end in zip(starts, ends, strict=True)}


class Locales:
    """Every language that the bot speaks."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        default = Locale(_DEFAULT, sources[_DEFAULT])
        others = {code: Locale(code, source, default) for code, source in sources.items() if code != _DEFAULT}
        self._locales = {_DEFAULT: default, **others}

    @classmethod
    @cache
    def load(cls) -> Locales:
        """Read the languages that come with the bot, once for a process."""
        folder = resources.files("handlers") / "locales"
        files = [file for file in folder.iterdir() if file.name.endswith(".ftl")]
        return cls({file.name.removesuffix(".ftl"): file.read_text("utf-8") for file in files})

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages, the default first."""
        return tuple(sorted(self._locales, key=lambda code: (code != _DEFAULT, code)))

    def get(self, language: str | None) -> Locale:
        """Return the locale of a language (an IETF tag such as `pt-br`), or English."""
        code = (language or _DEFAULT).lower()
        return self._locales.get(code) or self._locales.get(code.split("-")[0]) or self._locales[_DEFAULT]


class LanguageOverrides:
    """The languages that users and groups chose in /settings, by the id of the user or the group, in memory."""

    def __init__(self) -> None:
        self._chosen: dict[int, str] = {}

    def load(self, chosen: Mapping[int, str]) -> None:
        """Add the choices that are stored; called at start."""
        self._chosen |= chosen

    def set(self, chat_id: int, language: str | None) -> None:
        """Choose a language from the next update on; None means the one that Telegram reports."""
        if language is None:
            self._chosen.pop(chat_id, None)
        else:
            self._chosen[chat_id] = language

    def first_of(self, *ids: int | None) -> str | None:
        """Return the language of the first of these users or groups that chose one, None if none did."""
        return next((self._chosen[one] for one in ids if one is not None and one in self._chosen), None)
