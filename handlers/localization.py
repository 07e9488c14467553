"""Every word that a person reads, from `locales/*.ftl` (Fluent)."""

from __future__ import annotations

import html
import logging
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from fluent.runtime import FluentBundle, FluentResource

from video.effects.effect import Theme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from video.effects.effect import Effect

_LOG = logging.getLogger(__name__)
_DEFAULT = "en"


class Locale:
    """One language. Calling it gives a text as HTML: what is filled in is escaped, whoever wrote it.

    What it has no words for, `fallback` says.
    """

    def __init__(self, language: str, source: str, fallback: Locale | None = None) -> None:
        self.language = language
        self._fallback = fallback
        self._bundle = FluentBundle([language], use_isolating=False)
        self._bundle.add_resource(FluentResource(source))
        self._format = lru_cache(maxsize=512)(self._fill_in)  # the same texts are said over and over
        self._title = lru_cache(maxsize=1024)(self._translated)  # searches look at them all

    def __call__(self, key: str, **values: str | float | None) -> str:
        """The text of this key.

        Raises:
            KeyError: there is no such text.
        """
        return self._format(key, tuple(values.items()))

    def _fill_in(self, key: str, values: tuple[tuple[str, str | float | None], ...]) -> str:
        if self._fallback is not None and not self._bundle.has_message(key):
            return self._fallback(key, **dict(values))
        safe = {name: html.escape(value) if isinstance(value, str) else value for name, value in values}
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise KeyError(key)
        text, errors = self._bundle.format_pattern(pattern, safe)
        for error in errors:
            _LOG.error("text %s in %s: %s", key, self.language, error)
        return str(text)

    def text(self, key: str, **values: str | float | None) -> str:
        """The text of this key for a button or a pop-up, where there is no HTML."""
        return html.unescape(self(key, **values))

    def has(self, key: str) -> bool:
        """Whether there is a text of this key."""
        return bool(self._bundle.has_message(key)) or (self._fallback is not None and self._fallback.has(key))

    def title(self, one: Effect | Theme) -> str:
        """What an effect or a theme is called, without HTML; an operator's own title is the same in every language."""
        return self._title(f"{'theme' if isinstance(one, Theme) else 'effect'}-title-{one.title_key}", one.title)

    def _translated(self, key: str, title: str) -> str:
        return self.text(key) if self.has(key) else title


class Locales:
    """All languages."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        default = Locale(_DEFAULT, sources[_DEFAULT])
        others = {code: Locale(code, source, default) for code, source in sources.items() if code != _DEFAULT}
        self._locales = {_DEFAULT: default, **others}

    @classmethod
    @cache
    def load(cls) -> Locales:
        """The languages that come with the bot, read once in a process: that takes some tenths of a second."""
        folder = resources.files("handlers") / "locales"
        files = [file for file in folder.iterdir() if file.name.endswith(".ftl")]
        return cls({file.name.removesuffix(".ftl"): file.read_text("utf-8") for file in files})

    @property
    def languages(self) -> tuple[str, ...]:
        """Their codes, the default first."""
        return tuple(sorted(self._locales, key=lambda code: (code != _DEFAULT, code)))

    def get(self, language: str | None) -> Locale:
        """The person's language (an IETF tag such as `pt-br`), or English."""
        code = (language or _DEFAULT).lower()
        return self._locales.get(code) or self._locales.get(code.split("-")[0]) or self._locales[_DEFAULT]
