"""Accept and No under the question whether somebody's profile picture may be used; only that person may press."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from telegram.error import BadRequest

from handlers.message import callback_data_of
from handlers.requests import drafts as request
from storage import DraftState

if TYPE_CHECKING:
    from telegram import CallbackQuery, Update

    from handlers.context import Context
    from handlers.localization import Locale


async def consent(update: Update, context: Context) -> None:
    """`accept:DRAFT` or `deny:DRAFT`."""
    query = update.callback_query
    if query is None:
        return
    locale = context.deps.locale(query.from_user.language_code)
    said = await _consent(context, query, locale)
    with suppress(BadRequest):  # "query is too old": the press itself has had its effect
        await query.answer(said)


async def _consent(context: Context, query: CallbackQuery, locale: Locale) -> str | None:
    deps = context.deps
    action, _, draft_id = (query.data or "").partition(":")
    draft = await deps.store.drafts.get(draft_id)
    if draft is None:
        return locale.text("press-over")
    if draft.waits_for != query.from_user.id:
        return locale.text("consent-not-yours", name=draft.waits_name or "")
    if draft.state is DraftState.OPEN and action == "accept":
        await deps.store.consents.grant(draft.id, query.from_user.id)
        if await deps.store.consents.next_request(draft.id) is not None:
            await _take_away(query)  # the next person gets a question of their own, with a notification
        await request.advance(deps, draft.id)
        return locale.text("consent-given")
    if draft.state is DraftState.OPEN:
        reason = f"refused-consent:{draft.waits_name}"
        await deps.store.drafts.end(draft.id, "refused", now=deps.clock(), reason=reason)
        deps.wake()
        return locale.text("consent-denied")
    if query.message is not None and query.message.message_id != draft.card_id:
        await _take_away(query)  # a question whose answer was lost on the way, and which was asked again
    given = draft.state is DraftState.DONE and action == "accept"
    return locale.text("consent-given" if given else "press-over")


async def _take_away(query: CallbackQuery) -> None:
    """Delete a question that is answered; a message that sends other data was never one."""
    if query.message is not None and query.data in callback_data_of(query.message):
        with suppress(BadRequest):
            await query.get_bot().delete_message(query.message.chat.id, query.message.message_id)
