"""What a draft's card shows: a question for what is missing, or how the draft ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.consent_card import consent_card
from handlers.inline_photos import inline_photos_view, missing_photos
from handlers.limit_words import limit_words
from handlers.view import Button, View, in_rows
from storage import DraftState

if TYPE_CHECKING:
    from collections.abc import Collection

    from handlers.texts import Words
    from storage import Draft
    from video.effects import Catalogue


@dataclass(frozen=True, slots=True)
class Remove:
    """The card has served its purpose, and is deleted."""


def draft_card(draft: Draft, words: Words, catalogue: Catalogue, services: Collection[str]) -> View | Remove | None:
    """The card of a draft as it is now; None where there is nothing to show."""
    private = draft.chat_id > 0
    match draft.state:
        case DraftState.OPEN:
            return _question(draft, words, catalogue, services, private=private)
        case DraftState.EXPIRED if draft.waits_for is not None and draft.card_id is not None:
            return View(words("consent-expired", name=draft.waits_name))
        case DraftState.REFUSED:
            return View(limit_words(words, draft.reason or "active:1:0"))
        case DraftState.EXPIRED if draft.inline_query is not None and missing_photos(draft, catalogue) <= 0:
            return None  # the way back stays
        case DraftState.EXPIRED if private and draft.card_id is not None:
            return View(words("draft-expired"))
        case DraftState.CANCELLED if private and draft.card_id is not None:
            return View(words("draft-cancelled"))
        case _:
            return Remove() if draft.card_id is not None else None


def _question(draft: Draft, words: Words, catalogue: Catalogue, services: Collection[str], *, private: bool) -> View:
    effect = catalogue.named(draft.effect) if draft.effect else None
    cancel = Button(words.plain("button-cancel"), f"drop:{draft.id}")
    if draft.inline_query is not None and effect is None:
        return inline_photos_view(draft, words, catalogue, cancel)
    if effect is None:
        return _choice(draft, words, catalogue, services)
    title = {"emoji": effect.emoji, "title": effect.title}
    if draft.held:
        run = Button(words.plain("button-run"), f"run:{draft.id}")
        return View(words("draft-held", **title), ((run, cancel),))
    if draft.waits_for is not None:
        return consent_card(draft, words, effect)
    if effect.photos - len(draft.photos) == 1 and (effect.photos == 1 or draft.note):
        text = words("ask-photo", **title)
    else:
        text = words("ask-second-photo" if draft.photos else "ask-two-photos", **title)
    if draft.note:
        key, _, name = draft.note.partition(":")
        text = f"{words(key, name=name)}\n{text}"
    if private:
        return View(text, ((cancel,),))
    return View(f"{text}\n{words('ask-by-reply')}", force_reply=True)


def _choice(draft: Draft, words: Words, catalogue: Catalogue, services: Collection[str]) -> View:
    """The main effects for photos that came without a command."""
    count = len(draft.photos)
    fitting = sorted(catalogue.main, key=lambda effect: effect.photos != min(count, 2))
    buttons = [
        Button(
            words.plain(
                "button-effect-needs-second" if count < effect.photos else "button-effect",
                emoji=effect.emoji,
                title=effect.title,
            ),
            f"pick:{draft.id}:{effect.command}",
        )
        for effect in fitting
        if effect.made_by(services)
    ]
    more = Button(words.plain("button-more"), f"shelves:{draft.id}")
    cancel = Button(words.plain("button-cancel"), f"drop:{draft.id}")
    return View(words("choose-effect", count=count), (*in_rows(buttons, 2), (more, cancel)))
