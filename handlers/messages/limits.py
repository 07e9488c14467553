"""How a limit is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.localization import Locale


def refusal_text(locale: Locale, reason: str) -> str:
    """A refusal in words, as HTML: of `handlers.orders.refusal`, or `refused-KEY:name`."""
    if reason.startswith("refused-"):
        key, _, name = reason.partition(":")
        return locale(key, name=name)
    kind, number, minutes = reason.split(":")
    return locale(f"limit-{kind}", limit=int(number), wait=duration_text(locale, int(minutes)))


def time_ago(locale: Locale, seconds: float) -> str:
    """How long something is past: just now, 5 minutes ago."""
    minutes = round(seconds / 60)
    return locale.text("ago", span=duration_text(locale, minutes)) if minutes > 0 else locale.text("just-now")


def duration_text(locale: Locale, minutes: int) -> str:
    """Some minutes in words: 5 minutes, 3 hours."""
    if minutes < 60:
        return locale.text("span-minutes", count=minutes)
    return locale.text("span-hours", count=round(minutes / 60))
