"""The question whether somebody's profile picture may be used, and how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.title import titled
from handlers.view import Button, View

if TYPE_CHECKING:
    from handlers.texts import Words
    from storage import Draft
    from video.effects import Effect


def consent_card(draft: Draft, words: Words, effect: Effect) -> View:
    """Who wants to do what with whose picture; the name is a mention, so that its person is notified."""
    text = words(
        "consent-ask",
        id=str(draft.waits_for),
        name=draft.waits_name,
        asker=draft.asker,
        **titled(effect, words),
    )
    accept = Button(words.plain("button-accept"), f"accept:{draft.id}")
    deny = Button(words.plain("button-deny"), f"deny:{draft.id}")
    return View(text, ((accept, deny),))
