"""Who may ask for which video: a group's rules, and the reasons for a refusal as they are stored."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from handlers.context import Dependencies
    from storage.people.groups import GroupRules
    from video.effects.effect import Effect


class GroupRule(StrEnum):
    """A rule of a group that forbids a video. The value is the end of its text's key: `rules-effect-off`."""

    EFFECT_OFF = "effect-off"
    ADMINS_ONLY = "admins-only"
    BANNED = "banned"
    """No rule of a group, but the operator's word about a person."""


@dataclass(frozen=True, slots=True)
class RuleBroken:
    """A group's rule forbids a video: `rules-RULE` in `drafts.reason`."""

    rule: GroupRule

    def encode(self) -> str:
        """Return the text for the column."""
        return f"rules-{self.rule}"

    @classmethod
    def decode(cls, text: str) -> Self | None:
        """Read the column; None if this is another reason."""
        rule = text.removeprefix("rules-")
        return cls(GroupRule(rule)) if rule != text and rule in set(GroupRule) else None


async def broken_rule(deps: Dependencies, chat_id: int, person_id: int, effect: Effect | None) -> RuleBroken | None:
    """Return which rule of the chat forbids a person this effect, or any effect if it is None; None if none does.

    Whoever shows a choice asks this first, so that nobody is asked for photos in vain. What holds is what
    `Jobs.create` checks.

    Raises:
        TelegramError: Telegram can't be reached; the update is handled again later.
    """
    rules = await deps.store.groups.rules(chat_id)
    if effect is not None and not rules.allows(effect.command, effect.theme):
        return RuleBroken(GroupRule.EFFECT_OFF)
    if rules.admins_only and not await deps.chat_members.is_admin(chat_id, person_id):
        return RuleBroken(GroupRule.ADMINS_ONLY)
    return None


async def asks_as_admin(deps: Dependencies, chat_id: int, person_id: int) -> bool:
    """Return True if a person is an admin of a group in which only admins may ask; elsewhere nobody needs to know.

    Raises:
        TelegramError: Telegram can't be reached.
    """
    rules = await deps.store.groups.rules(chat_id)
    return rules.admins_only and await deps.chat_members.is_admin(chat_id, person_id)


def effects_allowed(deps: Dependencies, rules: GroupRules) -> list[Effect]:
    """Return the effects that are offered under these rules, in the catalogue's order."""
    return [effect for effect in deps.catalogue.offered(deps.services) if rules.allows(effect.command, effect.theme)]


class LimitKind(StrEnum):
    """Which limit refuses a job."""

    USER_DAILY = "daily"
    USER_ACTIVE = "active"
    USER_ATTEMPTS = "attempts"
    """The user's videos failed at the service too often."""
    CONTENT_RULES = "content"
    """The user's photos broke the service's content rules too often."""
    GROUP_DAILY = "group"
    GLOBAL_DAILY = "all"
    USER_BUDGET = "budget-user"
    GROUP_BUDGET = "budget-group"
    DAILY_BUDGET = "budget-day"
    MONTHLY_BUDGET = "budget-month"
    RETIRED = "retired"
    """No limit: the service no longer makes the effect."""


@dataclass(frozen=True, slots=True)
class LimitReached:
    """A limit refuses a job: `KIND:LIMIT:MINUTES` in `drafts.reason`.

    Attributes:
        limit: how many videos are allowed.
        minutes: until the next one is; 0 if nobody knows.
    """

    kind: LimitKind
    limit: int = 0
    minutes: int = 0

    def encode(self) -> str:
        """Return the text for the column."""
        return f"{self.kind}:{self.limit}:{self.minutes}"

    @classmethod
    def decode(cls, text: str) -> Self | None:
        """Read the column; None if this is another reason."""
        match text.split(":"):
            case [kind, limit, minutes] if kind in set(LimitKind) and limit.isdecimal() and minutes.isdecimal():
                return cls(LimitKind(kind), int(limit), int(minutes))
        return None


class PictureRefusal(StrEnum):
    """Why somebody's profile picture may not be used."""

    NEVER = "never"
    """The person allows nobody to use it."""
    DENIED = "consent"
    """The person was asked, and said no."""
    AWAY = "away"
    """The person is not in the group, and can't be asked."""
    UNASKED = "unasked"
    """The person has not agreed to this video."""
    BUSY = "busy"
    """Another question to the person stands in the chat."""
    PAUSED = "paused"
    """The person was asked in the chat a short while ago, and did not agree."""


@dataclass(frozen=True, slots=True)
class PersonRefused:
    """Somebody's profile picture may not be used: `refused-WHY:NAME` in `drafts.reason`."""

    why: PictureRefusal
    name: str

    @property
    def key(self) -> str:
        """The key of the text that says so."""
        return f"refused-{self.why}"

    def encode(self) -> str:
        """Return the text for the column."""
        return f"{self.key}:{self.name}"

    @classmethod
    def decode(cls, text: str) -> Self | None:
        """Read the column; None if this is another reason."""
        key, colon, name = text.partition(":")
        why = key.removeprefix("refused-")
        return cls(PictureRefusal(why), name) if colon and why != key and why in set(PictureRefusal) else None


Refusal = LimitReached | RuleBroken | PersonRefused


def decode_refusal(text: str | None) -> Refusal | None:
    """Read `drafts.reason`; None if it is no refusal."""
    return (LimitReached.decode(text) or RuleBroken.decode(text) or PersonRefused.decode(text)) if text else None
