"""A draft's message: a question for what is missing, or how the draft ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.messages import limits, names
from handlers.messages.payloads import ConsentButton, DraftAction, DraftButton, ThemeListButton
from handlers.messages.view import Button, View, in_rows
from handlers.requests import image_to_video, people, permissions, requirements
from storage import DraftState, ImageToVideoOptions
from video.effects.models import MODELS

if TYPE_CHECKING:
    from collections.abc import Collection

    from handlers.localization import Locale
    from storage import Draft
    from video.effects.catalogue import Catalogue
    from video.effects.effect import Effect

_UNKNOWN_REFUSAL = permissions.LimitReached(permissions.LimitKind.USER_ACTIVE, 1)
_MAX_SHOWN = 1500  # characters of a prompt that is shown before the video is made
_MAX_VALUES = 8  # mistakes of one kind that are quoted
_UNKNOWN_MISTAKE = image_to_video.Mistake(image_to_video.MistakeKind.UNKNOWN_OPTION, "")


@dataclass(frozen=True, slots=True)
class DeleteQuestion:
    """The question is answered, and its message is to be deleted."""


def draft_question(
    draft: Draft, locale: Locale, catalogue: Catalogue, services: Collection[str]
) -> View | DeleteQuestion | None:
    """Return the message of a draft in its present state, None to leave it as it is."""
    private = draft.chat_id > 0
    match draft.state:
        case DraftState.OPEN:
            return _question(draft, locale, catalogue, services, private=private)
        case DraftState.EXPIRED if draft.waits_for is not None and draft.card_id is not None:
            return View(locale("consent-expired", name=draft.waits_name))
        case DraftState.REFUSED:
            return View(limits.refusal_text(locale, permissions.decode_refusal(draft.reason) or _UNKNOWN_REFUSAL))
        case DraftState.EXPIRED if draft.inline_query is not None and missing_photos(draft, catalogue) <= 0:
            return None  # keep the button back to inline mode
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
    cancel = Button(locale.text("button-cancel"), DraftButton(DraftAction.CANCEL, draft.id))
    if draft.inline_query is not None and effect is None:
        return _inline_photos_question(draft, locale, catalogue, cancel)
    if effect is None:
        return _effect_question(draft, locale, catalogue, services, cancel)
    title = names.title_args_of(effect.command, catalogue, locale)
    if draft.held:
        run = Button(locale.text("button-run"), DraftButton(DraftAction.RUN, draft.id))
        return View(locale("draft-held", **title), ((run, cancel),))
    if draft.waits_for is not None:
        return _consent_question(draft, locale, effect)
    missing = requirements.missing_part(draft, effect)
    if missing is None:
        return None  # wait for the end of the album
    if missing is requirements.MissingPart.MODEL:
        models = tuple(
            Button(
                locale.text(f"button-model-{model.replace('.', '-')}"),
                DraftButton(DraftAction.CHOOSE_MODEL, draft.id, model),
            )
            for model in MODELS
        )
        return View(locale("ask-model", **title), (models, (cancel,)), resend=True)
    if missing is requirements.MissingPart.CONFIRMATION:
        return _confirmation(draft, locale, title, cancel)
    if missing is requirements.MissingPart.CORRECTION:
        text = _correction(draft, locale, title)
    else:
        text = locale(f"ask-{missing}", order=names.photo_order_key(effect), **title)
    if note := people.Note.decode(draft.note):
        text = f"{locale(note.kind, name=note.name or '', kind=note.name or '')}\n{text}"
    if private:
        return View(text, ((cancel,),), resend=effect.prompt)
    by_reply = "ask-words-by-reply" if missing in requirements.ANSWERED_BY_TEXT else "ask-by-reply"
    return View(f"{text}\n{locale(by_reply)}", force_reply=True)


def _correction(draft: Draft, locale: Locale, title: dict[str, str]) -> str:
    """Return what is wrong with the prompt, and what to send instead."""
    motion = draft.motion
    mistakes = image_to_video.decode_mistakes(motion.mistake) if motion else []
    has_prompt = 1 if motion and motion.prompt else 0
    values: dict[str, list[str]] = {}
    for one in mistakes or [_UNKNOWN_MISTAKE]:
        values.setdefault(one.kind, []).append(one.value)
    wrong = [locale(f"wrong-{kind}", value=_joined(found), **title) for kind, found in values.items()]
    return "\n".join([*wrong, locale("ask-mended", kept=has_prompt)])


def _joined(values: list[str]) -> str:
    """Return mistakes of one kind for one sentence."""
    return ", ".join(values[:_MAX_VALUES]) + (" …" if len(values) > _MAX_VALUES else "")


def _confirmation(draft: Draft, locale: Locale, title: dict[str, str], cancel: Button) -> View:
    """Show the corrected words and options, and ask whether they are right; the button is for these alone."""
    motion = draft.motion or ImageToVideoOptions(model="")
    run = DraftButton(DraftAction.CONFIRM, draft.id, image_to_video.digest(motion))
    words = motion.prompt or ""
    prompt = words if len(words) <= _MAX_SHOWN else f"{words[:_MAX_SHOWN]}…"
    text = locale("ask-confirm", prompt=prompt, options=image_to_video.options_text(motion), **title)
    return View(text, ((Button(locale.text("button-run"), run), cancel),), resend=True)


def _effect_question(
    draft: Draft, locale: Locale, catalogue: Catalogue, services: Collection[str], cancel: Button
) -> View:
    """Offer the main effects for photos that came without a command; those that fit their number come first."""
    count = len(draft.photos)
    buttons = [
        Button(
            locale.text(
                "button-effect-needs-second" if count < effect.photos else "button-effect",
                **names.title_args(effect, locale),
            ),
            DraftButton(DraftAction.CHOOSE_EFFECT, draft.id, effect.command),
        )
        for effect in sorted(catalogue.main, key=lambda effect: effect.photos != min(count, 2))
        if effect.first_service(services)
    ]
    more = Button(locale.text("button-more"), ThemeListButton(draft.id))
    return View(locale("choose-effect", count=count), (*in_rows(buttons, 2), (more, cancel)))


def _consent_question(draft: Draft, locale: Locale, effect: Effect) -> View:
    """Ask a person whether their profile picture may be used; their name is a mention, so Telegram notifies them.

    An edit notifies nobody, so each person is asked in a message of their own. What they agree to is in the button.
    """
    words = names.excerpt(draft.motion.prompt) if draft.motion else None
    text = locale(
        "consent-ask-words" if words else "consent-ask",
        id=str(draft.waits_for),
        name=draft.waits_name,
        asker=draft.asker,
        prompt=words,
        **names.title_args(effect, locale),
    )
    subject = requirements.consent_subject(draft, effect)
    accept = Button(locale.text("button-accept"), ConsentButton(draft.id, accepted=True, subject=subject))
    deny = Button(locale.text("button-deny"), ConsentButton(draft.id, accepted=False))
    return View(text, ((accept, deny),), resend=draft.card_for != draft.waits_for)


def _inline_photos_question(draft: Draft, locale: Locale, catalogue: Catalogue, cancel: Button) -> View:
    """Ask for the photos that inline mode lacks; once they are there, lead back."""
    effect = catalogue.by_name(draft.inline_query or "")
    missing = missing_photos(draft, catalogue)
    if missing > 0:
        if effect is None:
            return View(locale("inline-send-any"), ((cancel,),))
        key = "ask-photo" if effect.photos == 1 else "ask-second-photo" if missing == 1 else "ask-two-photos"
        return View(locale(key, order=names.photo_order_key(effect), **names.title_args(effect, locale)), ((cancel,),))
    back = Button(locale.text("button-to-a-chat"), inline_query=draft.inline_query or "")
    return View(locale("inline-go-back", count=effect.photos if effect else 1), ((back,),))


def missing_photos(draft: Draft, catalogue: Catalogue) -> int:
    """Return how many photos the effect that was typed in inline mode still needs; 0 or less means none."""
    effect = catalogue.by_name(draft.inline_query or "")
    return (effect.photos if effect else 1) - len(draft.photos)
