"""What a person writes after /animate: a prompt, and options anywhere in it, in any order.

    10s, 5s       how long the video is
    --no THINGS   what should not be seen, up to the next option or the end
    --cfg 0.5     how closely the words are followed, 0 to 1
    --model v2    which model: v1.6 or v2

Phones make a dash of two hyphens: `—no` means `--no`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from video.effects.models import MAX_PROMPT_LENGTH, ImageToVideoModel

if TYPE_CHECKING:
    from storage import ImageToVideoOptions

_OPTION = re.compile(r"(?:--|—|–)(no|cfg|model)(?:[=:](.*))?", re.IGNORECASE)
_STRANGE = re.compile(r"--[^\W\d_][\w-]*.*")
_SECONDS = re.compile(r"(?:--|—|–)?(\d{1,3})s(?:ec)?[.,;!]?", re.IGNORECASE)
_DECADES = range(20, 100, 10)  # "dances like in the 80s" asks for no length
_DURATIONS = (5, 10)
_SHARE = re.compile(r"\d*[.,]?\d+|\d+[.,]")
_MODELS = {"1.6": ImageToVideoModel.V1_6, "2": ImageToVideoModel.V2, "2.0": ImageToVideoModel.V2}
_QUOTED = 40  # characters of a mistake that are quoted


def parse_prompt(said: str, before: ImageToVideoOptions) -> ImageToVideoOptions:
    """`before` as these words change it; what is wrong with them is its `mistake`."""
    return _OptionParser(said).over(before)


class _OptionParser:
    """One text, read word by word."""

    def __init__(self, said: str) -> None:
        whole = said.replace("\0", "").encode("utf-8", "ignore").decode()  # half of an emoji is no text
        self._ahead = whole.split()[::-1]
        self._prompt: list[str] = []
        self._unwanted: list[str] | None = None
        self._found: dict[str, str | float | int] = {}
        self._mistake: str | None = None
        into = self._prompt
        while self._ahead:
            into = self._word(self._ahead.pop(), into)

    def over(self, before: ImageToVideoOptions) -> ImageToVideoOptions:
        """`before` with what was found here in its place; a text that is too long changes nothing but that."""
        if self._unwanted == []:
            self._wrong("no", "")
        texts = {"prompt": " ".join(self._prompt), "negative_prompt": " ".join(self._unwanted or ())}
        for name, text in texts.items():
            if len(text) > MAX_PROMPT_LENGTH:
                self._wrong("long", str(len(text)))
            elif text:
                self._found[name] = text
        return replace(before, **self._found, mistake=self._mistake)  # type: ignore[arg-type] # each of its field's type

    def _word(self, word: str, into: list[str]) -> list[str]:
        """One word, or an option with its value; the list that the words behind it go to."""
        if option := _OPTION.fullmatch(word):
            return self._option(option[1].lower(), option[2])
        if seconds := _SECONDS.fullmatch(word):
            return self._seconds(word, int(seconds[1]), into)
        if _STRANGE.fullmatch(word):
            self._wrong("option", word)
        else:
            into.append(word)
        return into

    def _option(self, name: str, value: str | None) -> list[str]:
        """One option; the list that the words behind it go to."""
        if name == "no":
            self._unwanted = [] if self._unwanted is None else self._unwanted
            self._unwanted.extend([value] if value else ())
            return self._unwanted
        if not value and self._ahead and not _OPTION.fullmatch(self._ahead[-1]):
            value = self._ahead.pop()
        (self._share if name == "cfg" else self._model)(value or "")
        return self._prompt

    def _share(self, value: str) -> None:
        number = float(value.replace(",", ".")) if _SHARE.fullmatch(value) else -1.0
        if 0 <= number <= 1:
            self._found["cfg_scale"] = number
        else:
            self._wrong("cfg", value)

    def _model(self, value: str) -> None:
        model = _MODELS.get(value.lower().removeprefix("v"))
        if model is not None:
            self._found["model"] = str(model)
        else:
            self._wrong("model", value)

    def _seconds(self, word: str, seconds: int, into: list[str]) -> list[str]:
        """A length ends a list of things too; a decade is a word like any other."""
        if seconds in _DURATIONS:
            self._found["duration"] = seconds
            return self._prompt
        if seconds in _DECADES:
            into.append(word)
        else:
            self._wrong("seconds", word)
        return into

    def _wrong(self, kind: str, value: str) -> None:
        """The first mistake is told."""
        value = value if len(value) <= _QUOTED else f"{value[:_QUOTED]}…"
        self._mistake = self._mistake or f"{kind}:{value}"
