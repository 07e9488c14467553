"""What a draft's card shows: a question for what is missing, or how the draft ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.consent_card import consent_card
from handlers.inline_photos import inline_photos_view, missing_photos
from handlers.limit_words import limit_words
from handlers.missing import WORDS, missing
from handlers.title import order_of, title_of, titled
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


def _question(
    draft: Draft, words: Words, catalogue: Catalogue, services: Collection[str], *, private: bool
) -> View | None:
    effect = catalogue.named(draft.effect) if draft.effect else None
    cancel = Button(words.plain("button-cancel"), f"drop:{draft.id}")
    if draft.inline_query is not None and effect is None:
        return inline_photos_view(draft, words, catalogue, cancel)
    if effect is None:
        return _choice(draft, words, catalogue, services)
    title = title_of(effect.command, catalogue, words)
    if draft.held:
        run = Button(words.plain("button-run"), f"run:{draft.id}")
        return View(words("draft-held", **title), ((run, cancel),))
    if draft.waits_for is not None:
        return consent_card(draft, words, effect)
    lacking = missing(draft, effect)
    if lacking is None:
        return None  # the end of an album is waited for
    if lacking == "model":
        models = [
            Button(words.plain(f"button-model-{key.replace('.', '-')}"), f"model:{draft.id}:{key}")
            for key in ("v1.6", "v2")
        ]
        return View(words("ask-model", **title), (tuple(models), (cancel,)), fresh=True)
    text = (
        _mistake(draft, words, title)
        if lacking == "mistake"
        else words(f"ask-{lacking}", order=order_of(effect), **title)
    )
    if draft.note:
        key, _, name = draft.note.partition(":")
        text = f"{words(key, name=name)}\n{text}"
    if private:
        return View(text, ((cancel,),), fresh=effect.prompt)
    by_reply = "ask-words-by-reply" if lacking in WORDS else "ask-by-reply"
    return View(f"{text}\n{words(by_reply)}", force_reply=True)


def _mistake(draft: Draft, words: Words, title: dict[str, str]) -> str:
    """What was wrong with an animation's words, in the right form."""
    motion = draft.motion
    kind, _, value = (motion.mistake if motion and motion.mistake else "option:").partition(":")
    kept = 1 if motion and motion.prompt else 0
    return f"{words(f'wrong-{kind}', value=value, **title)}\n{words('ask-mended', kept=kept)}"


def _choice(draft: Draft, words: Words, catalogue: Catalogue, services: Collection[str]) -> View:
    """The main effects for photos that came without a command."""
    count = len(draft.photos)
    fitting = sorted(catalogue.main, key=lambda effect: effect.photos != min(count, 2))
    buttons = [
        Button(
            words.plain(
                "button-effect-needs-second" if count < effect.photos else "button-effect",
                **titled(effect, words),
            ),
            f"pick:{draft.id}:{effect.command}",
        )
        for effect in fitting
        if effect.made_by(services)
    ]
    more = Button(words.plain("button-more"), f"shelves:{draft.id}")
    cancel = Button(words.plain("button-cancel"), f"drop:{draft.id}")
    return View(words("choose-effect", count=count), (*in_rows(buttons, 2), (more, cancel)))
