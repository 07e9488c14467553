"""How a limit is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.localization import Words


def limit_words(words: Words, reason: str) -> str:
    """A refusal in words, as HTML: of `handlers.orders.refusal`, or `refused-KEY:name`."""
    if reason.startswith("refused-"):
        key, _, name = reason.partition(":")
        return words(key, name=name)
    kind, number, minutes = reason.split(":")
    return words(f"limit-{kind}", limit=int(number), wait=span(words, int(minutes)))


def ago(words: Words, seconds: float) -> str:
    """How long something is past: just now, 5 minutes ago."""
    minutes = round(seconds / 60)
    return words.plain("ago", span=span(words, minutes)) if minutes > 0 else words.plain("just-now")


def span(words: Words, minutes: int) -> str:
    """Some minutes in words: 5 minutes, 3 hours."""
    if minutes < 60:
        return words.plain("span-minutes", count=minutes)
    return words.plain("span-hours", count=round(minutes / 60))
