"""The prompt of an image-to-video request and the options in it, which may stand anywhere, in any order.

    10s, 5s       duration of the video
    --no THINGS   negative prompt, up to the next option or the end
    --cfg 0.5     how closely to follow the prompt, 0 to 1
    --model v2    model: v1.6 or v2

Phones turn two hyphens into a dash, so `—no` means `--no`.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from handlers.requests import options, requirements
from storage import ImageToVideoOptions
from video.effects.models import MAX_PROMPT_LENGTH, MODELS, find_model

if TYPE_CHECKING:
    from handlers.context import Dependencies
    from storage import Draft, Job
    from video.effects.effect import Effect

_OPTION = re.compile(r"(?:--|—|–)(no|cfg|model)(?:[=:](.*))?", re.IGNORECASE)
_UNKNOWN_OPTION = re.compile(r"(--|—|–|-)(\w[\w-]*)([=:].*)?.*")
_TAKES_VALUE = ("model", "cfg")
_LIKE_NO = ("neg", "no", "without", "exclu")  # beginnings of what people write for `--no`
_MAX_SHOWN = 300  # characters of a negative prompt that are shown before a corrected video is made
_SECONDS = re.compile(r"(?:--|—|–)?(\d{1,3})s(?:ec)?[.,;!]?", re.IGNORECASE)
_DECADES = range(20, 100, 10)  # "dances like in the 80s" is no duration
_DURATIONS = frozenset(seconds for model in MODELS.values() for seconds in model.durations)  # seconds
_DECIMAL = re.compile(r"\d*[.,]?\d+|\d+[.,]")
_MAX_QUOTE = 40  # characters of a mistake that are quoted


class MistakeKind(StrEnum):
    """What is wrong with a prompt's options. The value is the end of its text's key: `wrong-cfg`."""

    EMPTY_NEGATIVE_PROMPT = "no"
    TOO_LONG = "long"
    UNKNOWN_OPTION = "option"
    CFG = "cfg"
    MODEL = "model"
    DURATION = "seconds"
    NOT_ALLOWED = "fixed"
    """The user may not choose a model or a duration."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake in a prompt: a line `KIND:VALUE` in the column `motion`; the value is quoted in the text."""

    kind: MistakeKind
    value: str

    def encode(self) -> str:
        """Return the line for the column."""
        return f"{self.kind}:{self.value}"

    @classmethod
    def decode(cls, line: str) -> Self | None:
        """Read a line; None if its kind is not known."""
        kind, _, value = line.partition(":")
        return cls(MistakeKind(kind), value) if kind in set(MistakeKind) else None


def decode_mistakes(column: str | None) -> list[Mistake]:
    """Return the mistakes that are known in the column."""
    return [mistake for line in (column or "").split("\n") if (mistake := Mistake.decode(line))]


def options_text(motion: ImageToVideoOptions) -> str:
    """Return the options as a person would write them, without the prompt."""
    parts = [
        f"{motion.duration}s" if motion.duration is not None else "",
        f"--model {motion.model}",
        f"--cfg {motion.cfg_scale:g}" if motion.cfg_scale is not None else "",
        f"--no {motion.negative_prompt[:_MAX_SHOWN]}" if motion.negative_prompt else "",
    ]
    return " ".join(filter(None, parts))


def digest(motion: ImageToVideoOptions) -> str:
    """Return a short digest of the options, by which a button names those that were shown with it."""
    return hashlib.sha256(motion.encode().encode()).hexdigest()[:16]


async def initial_options(
    deps: Dependencies, effect: Effect, user_id: int, text: str = ""
) -> ImageToVideoOptions | None:
    """Return the options that a command's text names; None for an effect that takes no prompt."""
    return _parse(deps, user_id, text, await _defaults(deps, user_id)) if effect.prompt else None


def awaits_text(deps: Dependencies, draft: Draft, user_id: int) -> bool:
    """Return True if the draft asks for text and this user began it; nobody else may complete it."""
    effect = deps.catalogue.by_name(draft.effect) if draft.effect else None
    return (
        effect is not None
        and draft.person_id == user_id
        and requirements.missing_part(draft, effect) in requirements.ANSWERED_BY_TEXT
    )


async def updated_options(deps: Dependencies, draft: Draft, text: str) -> ImageToVideoOptions:
    """Return the draft's options with what this text changes."""
    before = draft.motion or await _defaults(deps, draft.person_id)
    corrected = before.corrected or bool(before.mistake)
    return replace(_parse(deps, draft.person_id, text, before), corrected=corrected)


def repeated_options(deps: Dependencies, job: Job) -> ImageToVideoOptions | None:
    """Return an earlier job's options, as far as the user still may choose them."""
    model = MODELS[deps.policy.animate_model]
    if job.motion is None or len(job.photos) > model.max_photos:
        return job.motion
    if options.may_choose(deps, job.person_id, duration=job.motion.duration, model=job.motion.model):
        return job.motion
    return replace(job.motion, model=model.name, duration=None)


async def _defaults(deps: Dependencies, user_id: int) -> ImageToVideoOptions:
    chosen = (await options.preferences_of(deps, user_id)).animate_model
    return ImageToVideoOptions(model=chosen if chosen is not None and chosen in MODELS else deps.policy.animate_model)


def _parse(deps: Dependencies, user_id: int, text: str, before: ImageToVideoOptions) -> ImageToVideoOptions:
    """Parse the text. If the user may not choose what costs more, such an option in it is a mistake."""
    parsed, model = parse_prompt(text, before), deps.policy.animate_model
    if options.may_choose(deps, user_id, duration=parsed.duration, model=parsed.model):
        return parsed
    not_allowed = Mistake(MistakeKind.NOT_ALLOWED, model).encode()
    return replace(parsed, model=model, duration=None, mistake="\n".join(filter(None, [parsed.mistake, not_allowed])))


def parse_prompt(text: str, before: ImageToVideoOptions) -> ImageToVideoOptions:
    """Return `before` with what the text says, and the mistakes in the text, if any."""
    return _OptionParser(text).apply_to(before)


class _OptionParser:
    """Reads one text word by word."""

    def __init__(self, text: str) -> None:
        clean = text.replace("\0", "").encode("utf-8", "ignore").decode()  # drop NUL and half surrogate pairs
        self._remaining = clean.split()[::-1]
        self._prompt: list[str] = []
        self._negative_prompt: list[str] | None = None
        self._found: dict[str, str | float | int] = {}
        self._mistakes: list[Mistake] = []
        target = self._prompt
        while self._remaining:
            target = self._read_word(self._remaining.pop(), target)

    def apply_to(self, before: ImageToVideoOptions) -> ImageToVideoOptions:
        """Return `before` with what was found. A text that is too long is a mistake, and leaves its field as it was."""
        if self._negative_prompt == []:
            self._note_mistake(MistakeKind.EMPTY_NEGATIVE_PROMPT, "")
        texts = {"prompt": " ".join(self._prompt), "negative_prompt": " ".join(self._negative_prompt or ())}
        for name, text in texts.items():
            if len(text) > MAX_PROMPT_LENGTH:
                self._note_mistake(MistakeKind.TOO_LONG, str(len(text)))
            elif text:
                self._found[name] = text
        mistake = "\n".join(dict.fromkeys(one.encode() for one in self._mistakes)) or None
        return replace(before, **self._found, mistake=mistake)  # type: ignore[arg-type] # each has its field's type

    def _read_word(self, word: str, target: list[str]) -> list[str]:
        """Read a word, or an option with its value; return the list that the words after it belong to."""
        if option := _OPTION.fullmatch(word):
            return self._read_option(option[1].lower(), option[2])
        if seconds := _SECONDS.fullmatch(word):
            return self._read_seconds(word, int(seconds[1]), target)
        unknown = _UNKNOWN_OPTION.fullmatch(word)
        if unknown and (unknown[1] == "--" or _is_misspelt(unknown[1], unknown[2])):
            self._read_unknown_option(unknown)
        else:
            target.append(word)
        return target

    def _read_unknown_option(self, option: re.Match[str]) -> None:
        """Note an option that is not known, with its value, which is never a part of the prompt.

        That is the next word, or all up to the next option if it seems to mean `--no`.
        """
        words, many = [option[0]], option[2].lower().startswith(_LIKE_NO)
        while option[3] is None and self._remaining and not self._starts_option(self._remaining[-1]):
            words.append(self._remaining.pop())
            if not many:
                break
        self._note_mistake(MistakeKind.UNKNOWN_OPTION, " ".join(words))

    def _starts_option(self, word: str) -> bool:
        """Return True if a word is an option of its own, known or not."""
        return bool(_OPTION.fullmatch(word) or _SECONDS.fullmatch(word) or word.startswith("--"))

    def _read_option(self, name: str, value: str | None) -> list[str]:
        """Read an option; return the list that the words after it belong to."""
        if name == "no":
            self._negative_prompt = [] if self._negative_prompt is None else self._negative_prompt
            self._negative_prompt.extend([value] if value else ())
            return self._negative_prompt
        if not value and self._remaining and not _OPTION.fullmatch(self._remaining[-1]):
            value = self._remaining.pop()
        (self._read_cfg if name == "cfg" else self._read_model)(value or "")
        return self._prompt

    def _read_cfg(self, value: str) -> None:
        number = float(value.replace(",", ".")) if _DECIMAL.fullmatch(value) else -1.0
        if 0 <= number <= 1:
            self._found["cfg_scale"] = number
        else:
            self._note_mistake(MistakeKind.CFG, value)

    def _read_model(self, value: str) -> None:
        model = find_model(value)
        if model is not None:
            self._found["model"] = model.name
        else:
            self._note_mistake(MistakeKind.MODEL, value)

    def _read_seconds(self, word: str, seconds: int, target: list[str]) -> list[str]:
        """Read a duration, which ends a negative prompt. A decade is an ordinary word."""
        if seconds in _DURATIONS:
            self._found["duration"] = seconds
            return self._prompt
        if seconds in _DECADES:
            target.append(word)
        else:
            self._note_mistake(MistakeKind.DURATION, word)
        return target

    def _note_mistake(self, kind: MistakeKind, value: str) -> None:
        """Keep a mistake, with as much of its value as is quoted."""
        value = value if len(value) <= _MAX_QUOTE else f"{value[:_MAX_QUOTE]}…"
        self._mistakes.append(Mistake(kind, value))


def _is_misspelt(hyphens: str, name: str) -> bool:
    """Return True if a word behind one hyphen or a dash means an option: dashes begin ordinary words, too."""
    name = name.lower()
    if hyphens == "-" and name in {"no", *_TAKES_VALUE}:
        return True
    return sorted(name) == sorted("cfg") or bool(difflib.get_close_matches(name, ["model"], cutoff=0.75))
