"""Why a request is refused, and durations in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.requests.permissions import LimitReached, RuleBroken

if TYPE_CHECKING:
    from handlers.localization import Locale
    from handlers.requests.permissions import Refusal


def refusal_text(locale: Locale, refusal: Refusal) -> str:
    """Return the refusal as HTML."""
    if isinstance(refusal, LimitReached):
        wait = duration_text(locale, refusal.minutes)
        return locale(f"limit-{refusal.kind}", limit=refusal.limit, wait=wait, minutes=refusal.minutes)
    if isinstance(refusal, RuleBroken):
        return locale(f"rules-{refusal.rule}")
    return locale(refusal.key, name=refusal.name)


def time_ago(locale: Locale, seconds: float) -> str:
    """Return how long ago something was: "just now", "5 minutes ago"."""
    minutes = round(seconds / 60)
    return locale.text("ago", span=duration_text(locale, minutes)) if minutes > 0 else locale.text("just-now")


def duration_text(locale: Locale, minutes: int) -> str:
    """Return a duration: "5 minutes", "3 hours", "4 days"."""
    if minutes < 60:
        return locale.text("span-minutes", count=minutes)
    hours = round(minutes / 60)
    return locale.text("span-hours", count=hours) if hours < 48 else locale.text("span-days", count=round(hours / 24))
