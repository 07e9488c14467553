"""The search for effects by what people type: in plain words, in any of the bot's languages, with typing mistakes."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from handlers.localization import Locales
    from video.effects.catalogue import Catalogue
    from video.effects.effect import Effect

_EXACT, _ENDING, _PREFIX, _TYPO = 1.0, 0.9, 0.8, 0.7  # how well a typed word matches a word of a name
_THEME_SHARE = 0.6  # of the score of a title: the effect does not have the word itself
_SHARE_OF_BEST = 0.6  # an effect that has one of three words is no answer if another one has all of them
_ENDINGS = 4  # letters that a form of a word may have more: hugging
_PLURAL = 2  # letters that the typed beginning of a word may lack to be that word: wing, wings
_MIN_STEM = 3  # letters of a word of which another one may be a longer form
_MIN_TYPO = 4  # letters: in shorter words, a mistake makes another word
_SIMILARITY = 0.75  # as `difflib` measures it: one wrong letter of four, two swapped letters of six
_MAX_TEXT = 200  # characters: whoever writes more does not name an effect
_MAX_WORDS = 12


class EffectSearch:
    """Finds effects by their commands, aliases, and titles in every language, and by the titles of their themes."""

    def __init__(self, catalogue: Catalogue, locales: Locales) -> None:
        """Index a catalogue.

        Args:
            catalogue: the effects.
            locales: the languages of their titles.
        """
        self._effects = {effect.command: effect for effect in catalogue.effects}
        self._order = {command: number for number, command in enumerate(self._effects)}
        self._by_phrase: dict[frozenset[str], set[str]] = defaultdict(set)
        self._by_word: dict[str, dict[str, float]] = defaultdict(dict)
        languages = [locales.get(code) for code in locales.languages]
        self._fillers = frozenset(word for locale in languages for word in _all_words(locale.text("search-fillers")))
        themes = {one.key: _all_words(" ".join(locale.title(one) for locale in languages)) for one in catalogue.themes}
        for effect in catalogue.effects:
            for name in (*effect.names, *(locale.title(effect) for locale in languages)):
                self._add(effect.command, _words(name))
            for word in themes.get(effect.theme, ()):
                self._by_word[word].setdefault(effect.command, _THEME_SHARE)

    def _add(self, command: str, words: list[str]) -> None:
        if words:
            self._by_phrase[frozenset(words)].add(command)
        for word in words:
            self._by_word[word][command] = 1.0

    def named(self, text: str) -> Effect | None:
        """Return the one effect that a text names, besides words such as "please make us a …"; None if it names none.

        Typing mistakes are not forgiven here: a video may follow without another question.
        """
        words = _words(text)
        return self._the_one(words) or self._the_one(self._content(words))

    def _content(self, words: list[str]) -> list[str]:
        """Return the words that say something; all of them if none does."""
        return [word for word in words if word not in self._fillers] or words

    def _the_one(self, words: list[str]) -> Effect | None:
        commands = self._by_phrase.get(frozenset(words), set())
        return self._effects[next(iter(commands))] if len(commands) == 1 else None

    def find(self, text: str, among: Iterable[Effect], *, limit: int | None = None) -> list[Effect]:
        """Return the effects that a text may mean, the best match first.

        Args:
            text: what somebody typed.
            among: the effects to choose from.
            limit: the most to return; None for all.
        """
        words = self._content(_words(text))
        scores: dict[str, float] = defaultdict(float)
        for word in words:
            for command, score in self._matching(word).items():
                scores[command] += score
        least = _SHARE_OF_BEST * max(scores.values(), default=0.0)
        if (named := self.named(text)) is not None:
            scores[named.command] = len(words) + 1.0
        offered = {effect.command for effect in among}
        good = [command for command, score in scores.items() if command in offered and score >= least]
        good.sort(key=lambda command: (-scores[command], self._order[command]))
        return [self._effects[command] for command in good[:limit]]

    def _matching(self, word: str) -> dict[str, float]:
        """Return how well each effect matches one typed word; only the best kind of match counts."""
        found: dict[str, float] = {}
        for known, quality in _similar(word, self._by_word):
            for command, share in self._by_word[known].items():
                if share < 1 and quality < _ENDING:
                    continue  # half a word or a mistake is enough for a title, not for a theme
                found[command] = max(found.get(command, 0.0), quality * share)
        return found


@lru_cache(maxsize=4)
def effect_search(catalogue: Catalogue, locales: Locales) -> EffectSearch:
    """Return the search of a catalogue, which is indexed once."""
    return EffectSearch(catalogue, locales)


def _words(text: str) -> list[str]:
    """Return a text's words as `_all_words`; none if it is too long to be the name of an effect."""
    words = _all_words(text) if len(text) <= _MAX_TEXT else []
    return words if len(words) <= _MAX_WORDS else []


def _all_words(text: str) -> list[str]:
    """Return a text's words without case, accents and apostrophes."""
    bare = re.sub("['’‘`]", "", text.casefold()).replace("ё", "е")
    letters = "".join(char for char in unicodedata.normalize("NFKD", bare) if unicodedata.category(char) != "Mn")
    return re.findall(r"[^\W_]+", letters)


def _similar(word: str, known: Collection[str]) -> list[tuple[str, float]]:
    """Return the known words that a typed one may be, with the quality of the match.

    Other forms of the word and what it is the beginning of count, unless it is known itself; typing mistakes count if
    nothing else is found.
    """
    forms = [(one, quality) for one in known if (quality := _form(word, one)) > 0]
    if forms or len(word) < _MIN_TYPO:
        return forms
    return [(one, _TYPO) for one in difflib.get_close_matches(word, known, n=8, cutoff=_SIMILARITY)]


def _form(typed: str, known: str) -> float:
    """Return how well a typed word matches a known one as another form of it, or as its beginning; 0 for neither."""
    if typed == known:
        return _EXACT
    if known.startswith(typed):
        return _ENDING if len(typed) >= _MIN_STEM and len(known) - len(typed) <= _PLURAL else _PREFIX
    if typed.startswith(known):
        return _ENDING if len(known) >= _MIN_STEM and len(typed) - len(known) <= _ENDINGS else 0.0
    shared = next(n for n, (a, b) in enumerate(zip(typed, known, strict=False)) if a != b)
    return _ENDING if shared >= _MIN_TYPO and max(len(typed), len(known)) - shared <= _MIN_STEM else 0.0
