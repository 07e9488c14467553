"""Accept and No under the question whether somebody's profile picture may be used; only that person may press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.message import callback_data_of
from handlers.messages.payloads import ConsentButton
from handlers.reply import answer_query, delete_pressed
from handlers.requests import drafts, permissions, requirements
from storage import DraftState

if TYPE_CHECKING:
    from telegram import CallbackQuery, Update

    from handlers.context import Context
    from storage import Draft


async def consent_button(_update: Update, context: Context) -> None:
    """Take a person's answer, and ask the next person, or go on with the draft."""
    query = context.callback_query
    await answer_query(query, await _take_answer(context, ConsentButton.decode(query.data)))


async def _take_answer(context: Context, button: ConsentButton | None) -> str:
    """Store the answer; return the text of the pop-up."""
    deps, locale, query = context.deps, context.locale, context.callback_query
    draft = await deps.store.drafts.get(button.draft_id) if button else None
    if button is None or draft is None:
        return locale("press-over")
    if draft.waits_for != query.from_user.id:
        return locale("consent-not-yours", name=draft.waits_name or "")
    if draft.state is DraftState.OPEN and button.accepted:
        return locale(await _accept(context, draft, button))
    if draft.state is DraftState.OPEN:
        reason = permissions.PersonRefused(permissions.PictureRefusal.DENIED, draft.waits_name or "").encode()
        await deps.store.drafts.end(draft.id, "refused", now=deps.clock(), reason=reason)
        deps.wake()
        return locale("consent-denied")
    if query.message is not None and query.message.message_id != draft.card_id:
        await _delete_question(query)  # asked twice: Telegram's response to the first message was lost
    given = draft.state is DraftState.DONE and button.accepted
    return locale("consent-given" if given else "press-over")


async def _accept(context: Context, draft: Draft, button: ConsentButton) -> str:
    """Store that the person agrees to what the question described, and go on; return the key of the pop-up's text.

    If the draft has changed since, they are asked anew.
    """
    deps = context.deps
    effect = deps.catalogue.by_name(draft.effect or "")
    subject = requirements.consent_subject(draft, effect) if effect is not None else None
    if subject is None or button.subject != subject:
        await deps.store.drafts.redraw(draft.id, at=deps.clock())
        deps.wake()
        return "consent-changed"
    if context.is_late:
        await deps.store.drafts.hold(draft.id)  # the one who asked for the video may no longer want it
    await deps.store.consents.grant(draft.id, context.callback_query.from_user.id, subject, now=deps.clock())
    await drafts.advance(deps, draft.id)
    return "consent-given"


async def _delete_question(query: CallbackQuery) -> None:
    """Delete the question whose button was pressed, unless the press is forged."""
    if query.data in callback_data_of(query.message):
        await delete_pressed(query)
