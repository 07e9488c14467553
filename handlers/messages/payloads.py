"""Callback data: what comes back to the bot from the buttons that it drew. Links and inline results: `links.py`.

Each type encodes itself and decodes what arrives. The strings must stay as they are: buttons in old chats send them.
`decode` returns None for malformed data, as anybody can send any.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import ClassVar, Self

from storage.people.users import PicturePermission


@dataclass(frozen=True, slots=True)
class Payload:
    """Callback data: at most 64 bytes (Bot API), of which the part before the first colon tells the type."""

    PREFIXES: ClassVar[tuple[str, ...]] = ()

    def encode(self) -> str:
        """Return the callback data: the prefix, then the fields, with `-` for None."""
        values = [getattr(self, field.name) for field in fields(self)]
        return _joined(self.PREFIXES[0], *("-" if value is None else value for value in values))


def pattern_of(*types: type[Payload]) -> str:
    """Return a regular expression that fits the callback data of these types."""
    return f"^({'|'.join(prefix for one in types for prefix in one.PREFIXES)}):"


def _parts(data: str | None) -> list[str]:
    """Split at the colons; an empty list if a part is empty."""
    parts = (data or "").split(":")
    return parts if all(parts) else []


def _only_part(data: str | None, prefix: str) -> str | None:
    """Return the part after this prefix if it is the only one."""
    parts = _parts(data)
    return parts[1] if len(parts) == 2 and parts[0] == prefix else None


def _joined(*parts: str | int | None) -> str:
    return ":".join(str(part) for part in parts if part is not None)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


def _or_none(text: str) -> str | None:
    return None if text == "-" else text


# ---------------------------------------------------------------- the catalogue's pages
@dataclass(frozen=True, slots=True)
class ThemeListButton(Payload):
    """Show the list of themes: `shelves:DRAFT`; the draft is the one for whose photos an effect is chosen, or `-`."""

    PREFIXES: ClassVar[tuple[str, ...]] = ("shelves",)

    draft_id: str | None = None

    @classmethod
    def decode(cls, data: str | None) -> Self | None:
        """Read callback data."""
        draft_id = _only_part(data, "shelves")
        return cls(_or_none(draft_id)) if draft_id else None


@dataclass(frozen=True, slots=True)
class ThemePageButton(Payload):
    """Show a page of a theme: `shelf:DRAFT:THEME:PAGE`."""

    PREFIXES: ClassVar[tuple[str, ...]] = ("shelf",)

    draft_id: str | None
    theme: str
    page: int

    @classmethod
    def decode(cls, data: str | None) -> Self | None:
        """Read callback data."""
        match _parts(data):
            case ["shelf", draft_id, theme, number] if (page := _number(number)) is not None:
                return cls(_or_none(draft_id), theme, page)
        return None


@dataclass(frozen=True, slots=True)
class NewDraftButton(Payload):
    """Start a draft for an effect: `want:EFFECT`."""

    PREFIXES: ClassVar[tuple[str, ...]] = ("want",)

    effect: str

    @classmethod
    def decode(cls, data: str | None) -> Self | None:
        """Read callback data."""
        effect = _only_part(data, "want")
        return cls(effect) if effect else None


class DraftAction(StrEnum):
    """What a button does with a draft."""

    CHOOSE_EFFECT = "pick"
    CHOOSE_MODEL = "model"
    RUN = "run"
    CONFIRM = "confirm"
    CANCEL = "drop"


@dataclass(frozen=True, slots=True)
class DraftButton(Payload):
    """Do something with a draft: `ACTION:DRAFT`, or `ACTION:DRAFT:CHOICE` for an effect, a model, or options."""

    PREFIXES: ClassVar[tuple[str, ...]] = tuple(DraftAction)

    action: DraftAction
    draft_id: str
    choice: str | None = None

    def encode(self) -> str:
        """Return the callback data."""
        return _joined(self.action, self.draft_id, self.choice)

    @classmethod
    def decode(cls, data: str | None) -> Self | None:
        """Read callback data."""
        match _parts(data):
            case ["pick" | "model" | "confirm" as action, draft_id, choice]:
                return cls(DraftAction(action), draft_id, choice)
            case ["run" | "drop" as action, draft_id]:
                return cls(DraftAction(action), draft_id)
        return None


@dataclass(frozen=True, slots=True)
class ConsentButton(Payload):
    """Allow with one's profile picture what a question described, or not: `accept:DRAFT:SUBJECT`, `deny:DRAFT`."""

    PREFIXES: ClassVar[tuple[str, ...]] = ("accept", "deny")

    draft_id: str
    accepted: bool
    subject: str | None = None

    def encode(self) -> str:
        """Return the callback data."""
        return _joined("accept" if self.accepted else "deny", self.draft_id, self.subject)

    @classmethod
    def decode(cls, data: str | None) -> Self | None:
        """Read callback data."""
        match _parts(data):
            case ["accept" | "deny" as answer, draft_id, *rest] if len(rest) <= (answer == "accept"):
                return cls(draft_id, answer == "accept", *rest)
        return None


# ---------------------------------------------------------------- jobs
class JobAction(StrEnum):
    """What a button does with a job, or with its photos."""

    CANCEL = "cancel"  # or ask first, if it may be paid for
    WITHHOLD = "withhold"  # don't post a video that may be paid for
    POST = "post"  # post it after all
    RETRY = "retry"  # submit again, although the lost submit may have been charged
    LEAVE = "leave"  # don't submit again
    AGAIN = "again"
    SWAP = "swap"  # again, with the two photos in the other order
    WITH_EFFECT = "with"
    OTHER_EFFECT = "other"
    REWORD = "reword"
    DELETE = "remove"
    FETCH = "fetch"


@dataclass(frozen=True, slots=True)
class JobButton(Payload):
    """Do something with a job: `ACTION:JOB`, `with:JOB:EFFECT`, or `retry:JOB:SUBMIT` to make a lost submit again."""

    PREFIXES: ClassVar[tuple[str, ...]] = tuple(JobAction)

    action: JobAction
    job_id: str
    effect: str | None = None
    submit: int | None = None

    def encode(self) -> str:
        """Return the callback data."""
        return _joined(self.action, self.job_id, self.effect, self.submit)

    @classmethod
    def decode(cls, data: str | None) -> Self | None:
        """Read callback data."""
        match _parts(data):
            case [JobAction.WITH_EFFECT, job_id, effect]:
                return cls(JobAction.WITH_EFFECT, job_id, effect)
            case [action, job_id, *rest] if action in set(JobAction) and len(rest) <= 1:
                return cls(JobAction(action), job_id, submit=_number("".join(rest)))
        return None


# ---------------------------------------------------------------- settings
@dataclass(frozen=True, slots=True)
class PrivacyButton(Payload):
    """Say what others may do with one's profile picture: `picture:PERMISSION`."""

    PREFIXES: ClassVar[tuple[str, ...]] = ("picture",)

    permission: PicturePermission

    @classmethod
    def decode(cls, data: str | None) -> Self | None:
        """Read callback data."""
        permission = _only_part(data, "picture")
        return cls(PicturePermission(permission)) if permission in set(PicturePermission) else None


@dataclass(frozen=True, slots=True)
class SettingButton(Payload):
    """Choose a setting of one's own: `set:NAME:VALUE`; `-` as the value takes the choice back."""

    PREFIXES: ClassVar[tuple[str, ...]] = ("set",)

    name: str
    value: str | None

    @classmethod
    def decode(cls, data: str | None) -> Self | None:
        """Read callback data."""
        found = re.fullmatch(r"set:([a-z_]+):([a-z0-9._-]+)", data or "")
        return cls(found[1], _or_none(found[2])) if found else None


class GroupAction(StrEnum):
    """What a button in a group's /settings does. LIMIT and LANGUAGE show their page if there is no value."""

    MAIN = "main"
    EFFECTS = "effects"
    LIMIT = "limit"
    LANGUAGE = "language"
    THEME = "theme"
    WHO = "who"
    ALL_ON = "all"
    ALL_OFF = "none"
    ON = "on"
    OFF = "off"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class GroupButton(Payload):
    """Change a group's settings, or show a page of them: `group:ACTION[:VALUE[:PAGE]]`.

    Attributes:
        value: who may ask, a limit, a language, a theme or an effect; `-` takes a limit or a language back.
        page: the page of effects to show.
    """

    PREFIXES: ClassVar[tuple[str, ...]] = ("group",)

    action: GroupAction
    value: str | None = None
    page: int | None = None

    def encode(self) -> str:
        """Return the callback data."""
        return _joined("group", self.action, self.value, self.page)

    @classmethod
    def decode(cls, data: str | None) -> Self | None:
        """Read callback data."""
        match _parts(data):
            case ["group", action, *rest] if action in set(GroupAction) and len(rest) <= 2:
                value, page = (*rest, None, None)[:2]
                number = _number(page) if page is not None else None
                return cls(GroupAction(action), value, number) if page is None or number is not None else None
        return None


# ---------------------------------------------------------------- inline and guest mode
@dataclass(frozen=True, slots=True)
class StartButton(Payload):
    """Start the job of a message that inline or guest mode placed: `begin:OFFER:EFFECT`."""

    PREFIXES: ClassVar[tuple[str, ...]] = ("begin",)

    offer_id: str
    effect: str

    @classmethod
    def decode(cls, data: str | None) -> Self | None:
        """Read callback data."""
        match _parts(data):
            case ["begin", offer_id, effect]:
                return cls(offer_id, effect)
        return None


# ---------------------------------------------------------------- a person's data, reports
class Erasure(StrEnum):
    """When a person's data is to be deleted, if at all."""

    NOW = "now"
    LATER = "later"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class ErasureButton(Payload):
    """Answer the question of /deletemydata: `erase:WHEN`."""

    PREFIXES: ClassVar[tuple[str, ...]] = ("erase",)

    when: Erasure

    @classmethod
    def decode(cls, data: str | None) -> Self | None:
        """Read callback data."""
        when = _only_part(data, "erase")
        return cls(Erasure(when)) if when in set(Erasure) else None


class ReportAction(StrEnum):
    """What is done to a reported video."""

    REPORT = "report"
    DELETE = "delete"
    BAN = "ban"


@dataclass(frozen=True, slots=True)
class ReportButton(Payload):
    """Report a video, delete a reported one, or ban who asked for it: `reported:ACTION:JOB`."""

    PREFIXES: ClassVar[tuple[str, ...]] = ("reported",)

    action: ReportAction
    job_id: str

    @classmethod
    def decode(cls, data: str | None) -> Self | None:
        """Read callback data."""
        match _parts(data):
            case ["reported", action, job_id] if action in set(ReportAction):
                return cls(ReportAction(action), job_id)
        return None
