"""Start a job for a message in another chat: a chosen inline result, or the Start button under the message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.context import STALE_AFTER
from handlers.messages import limits
from handlers.messages.links import EffectResult
from handlers.messages.payloads import StartButton
from handlers.messages.view import Button, View
from handlers.reply import answer_query, edit_inline
from handlers.requests import jobs
from storage.limits import Duplicate

if TYPE_CHECKING:
    from telegram import Update

    from handlers.context import Context
    from handlers.localization import Locale
    from storage.inline import Offer
    from video.effects.effect import Effect


async def inline_result_chosen(update: Update, context: Context) -> None:
    """On inline feedback, enqueue the job; if the offer is stale by now, wait for the Start button."""
    result = update.chosen_inline_result
    if result is None or result.inline_message_id is None:
        return  # the result was a finished video
    chosen = EffectResult.decode(result.result_id)
    found = await _load_offer(context, chosen) if chosen else None
    if found is None or found[0].person_id != result.from_user.id:
        return
    offer, effect = found
    if not context.is_late and context.deps.clock() - offer.made_at <= STALE_AFTER:
        await start_job(context, offer, effect, result.inline_message_id)


async def start_pressed(_update: Update, context: Context) -> None:
    """Handle the Start button."""
    query = context.callback_query
    await answer_query(query, await _start(context, StartButton.decode(query.data)))


async def _start(context: Context, button: StartButton | None) -> str | None:
    """Start the job of the message with the button; return a text for a pop-up, if there is one to show."""
    query = context.callback_query
    found = await _load_offer(context, button) if button else None
    if found is None or query.inline_message_id is None:
        return context.locale("press-over")
    offer, effect = found
    if offer.person_id != query.from_user.id:
        return context.locale("press-not-yours")
    if context.is_late:
        return context.locale("press-late")
    return await start_job(context, offer, effect, query.inline_message_id)


def start_button(locale: Locale, offer: Offer, effect: Effect) -> Button:
    """Return the button that starts the job if inline feedback is off, or after a refusal."""
    return Button(locale.text("button-start"), StartButton(offer.id, effect.command))


async def _load_offer(context: Context, chosen: EffectResult | StartButton) -> tuple[Offer, Effect] | None:
    """Return the offer and its effect; None if the offer is unknown, or does not fit the effect."""
    offer = await context.deps.store.inline.get_offer(chosen.offer_id)
    effect = context.deps.catalogue.by_name(chosen.effect)
    if offer is None or effect is None or effect.prompt or effect.photos > len(offer.photos):
        return None
    return (offer, effect) if context.deps.offers(effect) else None


async def start_job(context: Context, offer: Offer, effect: Effect, inline_message_id: str) -> str | None:
    """Enqueue the job of a message, or show in it what forbids that; return a text for a pop-up, or None."""
    deps, locale = context.deps, context.deps.locales.get(offer.language)
    if not await deps.store.inline.claim_message(inline_message_id, offer, now=deps.clock()):
        return locale("press-not-yours")
    result = await jobs.enqueue_inline(deps, offer, effect, inline_message_id)
    refusal = await jobs.refusal_of(deps, result, offer.language)
    if refusal is None:
        return locale("press-already") if isinstance(result, Duplicate) else None
    view = View(limits.refusal_text(locale, refusal), ((start_button(locale, offer, effect),),))
    await edit_inline(context.bot, inline_message_id, view)
    return view.text
