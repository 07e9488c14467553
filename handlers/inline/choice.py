"""An inline result was chosen, or Start was pressed under the message that came of it: one job for each message."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from telegram.constants import ParseMode
from telegram.error import BadRequest

from handlers.messages.limits import refusal_text
from handlers.messages.payloads import start_button
from handlers.messages.view import View
from handlers.requests.drafts import STALE
from handlers.requests.jobs import enqueue_inline, limit_reached
from storage.limits import Duplicate

if TYPE_CHECKING:
    from telegram import CallbackQuery, Update

    from handlers.context import Context
    from handlers.localization import Locale
    from storage.inline import Offer
    from video.effects.effect import Effect


async def chosen(update: Update, context: Context) -> None:
    """Inline feedback: the work begins by itself. Found after a long outage, it waits for Start."""
    result = update.chosen_inline_result
    if result is None or result.inline_message_id is None:
        return  # a video, which is there already
    found = await load_offer(context, result.result_id.split(":"))
    if found is None or found[0].person_id != result.from_user.id:
        return
    offer, effect = found
    if context.deps.clock() - offer.made_at <= STALE:
        await start_job(context, offer, effect, result.inline_message_id)


async def press_start(context: Context, query: CallbackQuery, rest: list[str], locale: Locale) -> str | None:
    """Start was pressed: the pop-up says what came of it."""
    found = await load_offer(context, rest)
    if found is None or query.inline_message_id is None:
        return locale("press-over")
    offer, effect = found
    if offer.person_id != query.from_user.id:
        return locale("press-not-yours")
    return await start_job(context, offer, effect, query.inline_message_id)


async def load_offer(context: Context, parts: list[str]) -> tuple[Offer, Effect] | None:
    """What `OFFER:EFFECT` stands for: None where that was never described, or is forgotten."""
    if len(parts) != 2:
        return None
    offer = await context.deps.store.inline.get_offer(parts[0])
    effect = context.deps.catalogue.by_name(parts[1])
    if offer is None or effect is None or effect.prompt or effect.photos > len(offer.photos):
        return None
    if not context.deps.offers(effect):
        return None
    return offer, effect


async def start_job(context: Context, offer: Offer, effect: Effect, inline_message_id: str) -> str | None:
    """Queue the job of this message, or tell in the message which limit forbids it; what a pop-up says of that."""
    deps, locale = context.deps, context.deps.locale(offer.language)
    if not await deps.store.inline.claim_message(inline_message_id, offer, now=deps.clock()):
        return locale("press-not-yours")
    outcome = await enqueue_inline(deps, offer, effect, inline_message_id)
    reason = limit_reached(outcome, deps.limits, now=deps.clock())
    if reason is None:
        return locale("press-already") if isinstance(outcome, Duplicate) else None
    refused = View(refusal_text(locale, reason), ((start_button(locale, offer, effect),),))
    with suppress(BadRequest):  # not modified, or deleted meanwhile
        await context.bot.edit_message_text(
            refused.text,
            inline_message_id=inline_message_id,
            parse_mode=ParseMode.HTML,
            reply_markup=refused.reply_markup,  # type: ignore[arg-type] # no forced reply
        )
    return refused.text
