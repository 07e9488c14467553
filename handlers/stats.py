"""/stats, for admins in private: what is being made, how the videos went, and what became of lost answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.answer import answer
from handlers.message import language_of
from handlers.spans import DAY, spans
from handlers.view import View
from storage import State
from storage.models import FINAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from telegram import Update

    from handlers.context import Context
    from handlers.texts import Words
    from storage.tally import Counts


async def stats(update: Update, context: Context) -> None:
    """Answer with what the rows know."""
    message = update.message
    if message is None:
        return
    desk = context.desk
    words = desk.words(language_of(message))
    counts = await desk.store.jobs.counts()
    now = [_line(words, state, counts[state]) for state in State if state in counts and state not in FINAL]
    parts = [[words("stats-now"), *(now or [words("stats-quiet")])]]
    for days in spans(desk):
        went = await desk.store.tally.since(desk.clock() - days * DAY)
        parts.append([words("stats-span", days=days), *_span(words, went)])
    await answer(message, View("\n\n".join("\n".join(part) for part in parts)))


def _span(words: Words, counts: Counts) -> Iterator[str]:
    yield words("stats-asked", count=sum(counts.states.values()), people=counts.people)
    for state, count in counts.states.items():
        if state in FINAL:
            why = counts.reasons if state is State.FAILED else {}
            reasons = ", ".join(f"<code>{reason}</code> {number}" for reason, number in why.items())
            yield _line(words, state, count) + (f" ({reasons})" if reasons else "")
    if counts.lost:
        yield words("stats-lost", count=counts.lost, found=counts.found, asked=counts.asked)


def _line(words: Words, state: State, count: int) -> str:
    name = "stats-needs-decision" if state is State.NEEDS_DECISION else f"state-{state.replace('_', '-')}"
    return words("stats-line", state=words.plain(name), count=count)
