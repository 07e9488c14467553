"""What a draft's card shows: a question for what is missing, or how the draft ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.messages.limits import refusal_text
from handlers.messages.names import photo_order_key, title_args, title_args_of
from handlers.messages.view import Button, View, in_rows
from handlers.requests.requirements import ANSWERED_BY_TEXT, missing_part
from storage import DraftState

if TYPE_CHECKING:
    from collections.abc import Collection

    from handlers.localization import Locale
    from storage import Draft
    from video.effects.catalogue import Catalogue
    from video.effects.effect import Effect


@dataclass(frozen=True, slots=True)
class DeleteQuestion:
    """The card has served its purpose, and is deleted."""


def draft_question(
    draft: Draft, locale: Locale, catalogue: Catalogue, services: Collection[str]
) -> View | DeleteQuestion | None:
    """The card of a draft as it is now; None where there is nothing to show."""
    private = draft.chat_id > 0
    match draft.state:
        case DraftState.OPEN:
            return _question(draft, locale, catalogue, services, private=private)
        case DraftState.EXPIRED if draft.waits_for is not None and draft.card_id is not None:
            return View(locale("consent-expired", name=draft.waits_name))
        case DraftState.REFUSED:
            return View(refusal_text(locale, draft.reason or "active:1:0"))
        case DraftState.EXPIRED if draft.inline_query is not None and missing_photos(draft, catalogue) <= 0:
            return None  # the way back stays
        case DraftState.EXPIRED if private and draft.card_id is not None:
            return View(locale("draft-expired"))
        case DraftState.CANCELLED if private and draft.card_id is not None:
            return View(locale("draft-cancelled"))
        case _:
            return DeleteQuestion() if draft.card_id is not None else None


def _question(
    draft: Draft, locale: Locale, catalogue: Catalogue, services: Collection[str], *, private: bool
) -> View | None:
    effect = catalogue.by_name(draft.effect) if draft.effect else None
    cancel = Button(locale.text("button-cancel"), f"drop:{draft.id}")
    if draft.inline_query is not None and effect is None:
        return inline_photos_view(draft, locale, catalogue, cancel)
    if effect is None:
        return _choice(draft, locale, catalogue, services)
    title = title_args_of(effect.command, catalogue, locale)
    if draft.held:
        run = Button(locale.text("button-run"), f"run:{draft.id}")
        return View(locale("draft-held", **title), ((run, cancel),))
    if draft.waits_for is not None:
        return consent_card(draft, locale, effect)
    lacking = missing_part(draft, effect)
    if lacking is None:
        return None  # the end of an album is waited for
    if lacking == "model":
        models = [
            Button(locale.text(f"button-model-{key.replace('.', '-')}"), f"model:{draft.id}:{key}")
            for key in ("v1.6", "v2")
        ]
        return View(locale("ask-model", **title), (tuple(models), (cancel,)), resend=True)
    text = (
        _mistake(draft, locale, title)
        if lacking == "mistake"
        else locale(f"ask-{lacking}", order=photo_order_key(effect), **title)
    )
    if draft.note:
        key, _, name = draft.note.partition(":")
        text = f"{locale(key, name=name)}\n{text}"
    if private:
        return View(text, ((cancel,),), resend=effect.prompt)
    by_reply = "ask-words-by-reply" if lacking in ANSWERED_BY_TEXT else "ask-by-reply"
    return View(f"{text}\n{locale(by_reply)}", force_reply=True)


def _mistake(draft: Draft, locale: Locale, title: dict[str, str]) -> str:
    """What was wrong with an animation's words, in the right form."""
    motion = draft.motion
    kind, _, value = (motion.mistake if motion and motion.mistake else "option:").partition(":")
    kept = 1 if motion and motion.prompt else 0
    return f"{locale(f'wrong-{kind}', value=value, **title)}\n{locale('ask-mended', kept=kept)}"


def _choice(draft: Draft, locale: Locale, catalogue: Catalogue, services: Collection[str]) -> View:
    """The main effects for photos that came without a command."""
    count = len(draft.photos)
    fitting = sorted(catalogue.main, key=lambda effect: effect.photos != min(count, 2))
    buttons = [
        Button(
            locale.text(
                "button-effect-needs-second" if count < effect.photos else "button-effect",
                **title_args(effect, locale),
            ),
            f"pick:{draft.id}:{effect.command}",
        )
        for effect in fitting
        if effect.first_service(services)
    ]
    more = Button(locale.text("button-more"), f"shelves:{draft.id}")
    cancel = Button(locale.text("button-cancel"), f"drop:{draft.id}")
    return View(locale("choose-effect", count=count), (*in_rows(buttons, 2), (more, cancel)))


def consent_card(draft: Draft, locale: Locale, effect: Effect) -> View:
    """Who wants to do what with whose picture; the name is a mention, so that its person is notified."""
    text = locale(
        "consent-ask",
        id=str(draft.waits_for),
        name=draft.waits_name,
        asker=draft.asker,
        **title_args(effect, locale),
    )
    accept = Button(locale.text("button-accept"), f"accept:{draft.id}")
    deny = Button(locale.text("button-deny"), f"deny:{draft.id}")
    return View(text, ((accept, deny),))


def inline_photos_view(draft: Draft, locale: Locale, catalogue: Catalogue, cancel: Button) -> View:
    """What such a draft shows: how many photos are missing, or the way back."""
    effect = catalogue.by_name(draft.inline_query or "")
    missing = missing_photos(draft, catalogue)
    if missing > 0:
        if effect is None:
            return View(locale("inline-send-any"), ((cancel,),))
        key = "ask-photo" if effect.photos == 1 else "ask-second-photo" if missing == 1 else "ask-two-photos"
        return View(locale(key, order=photo_order_key(effect), **title_args(effect, locale)), ((cancel,),))
    back = Button(locale.text("button-to-a-chat"), switch=draft.inline_query or "")
    return View(locale("inline-go-back", count=effect.photos if effect else 1), ((back,),))


def missing_photos(draft: Draft, catalogue: Catalogue) -> int:
    """How many photos the effect that was typed still needs; 0 or less: none."""
    effect = catalogue.by_name(draft.inline_query or "")
    return (effect.photos if effect else 1) - len(draft.photos)
