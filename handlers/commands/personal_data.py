"""/mydata and /deletemydata: a person's data in their own hands, in their private chat."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from telegram import ReplyParameters
from telegram.constants import ChatType, ParseMode

from handlers.message import callback_data_of
from handlers.messages.links import DATA_PARAMETER, start_link
from handlers.messages.payloads import Erasure, ErasureButton
from handlers.messages.view import Button, View
from handlers.reply import answer_query, edit_pressed, reply
from handlers.requests import access

if TYPE_CHECKING:
    from telegram import Update

    from handlers.context import Context

_MAX_SEARCHED = 1000  # jobs


async def my_data(_update: Update, context: Context) -> None:
    """Send everything that is kept about the person as a JSON file."""
    message, deps = context.message, context.deps
    if not await _in_private(context):
        return
    data = await deps.store.personal_data.export(context.sender_id)
    await context.bot.send_document(
        message.chat_id,
        json.dumps(data, ensure_ascii=False, indent=2).encode(),
        filename="mydata.json",
        caption=context.locale("mydata-caption"),
        parse_mode=ParseMode.HTML,
        reply_parameters=ReplyParameters(message.message_id, allow_sending_without_reply=True),
    )


async def delete_my_data(_update: Update, context: Context) -> None:
    """Ask once whether everything is to be deleted, and what becomes of what is under way."""
    locale = context.locale
    if not await _in_private(context):
        return
    open_jobs = sum(
        job.finished_at is None for job in await context.deps.store.jobs.of_user(context.sender_id, limit=_MAX_SEARCHED)
    )
    choices = (Erasure.NOW, Erasure.LATER, Erasure.KEEP) if open_jobs else (Erasure.NOW, Erasure.KEEP)
    rows = tuple((Button(locale.text(f"button-erase-{one}"), ErasureButton(one)),) for one in choices)
    await reply(context.message, View(locale("deletemydata", count=open_jobs), rows))


async def erase(_update: Update, context: Context) -> None:
    """Delete, or note that it is to be done later."""
    query, deps, locale = context.callback_query, context.deps, context.locale
    button = ErasureButton.decode(query.data)
    if button is None or query.data not in callback_data_of(query.message):
        await answer_query(query)
        return
    person_id = query.from_user.id
    if button.when is Erasure.LATER:
        await deps.store.personal_data.ask_for_erasure(person_id, now=deps.clock())
    elif button.when is Erasure.NOW:
        await access.end_everything(deps, person_id, by=person_id)
        await deps.store.personal_data.erase(person_id, now=deps.clock())
        deps.languages.set(person_id, None)
        deps.forgotten.add(person_id)
    await answer_query(query)
    await edit_pressed(query, View(locale(f"erased-{button.when}")))


async def _in_private(context: Context) -> bool:
    message, locale = context.message, context.locale
    if message.chat.type == ChatType.PRIVATE:
        return True
    url = start_link(context.bot.username, DATA_PARAMETER)
    await reply(message, View(locale("mydata-in-private"), ((Button(locale.text("button-private"), url=url),),)))
    return False
