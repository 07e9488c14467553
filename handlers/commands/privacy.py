"""/privacy: what a person says about others using their profile picture."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest

from handlers.message import callback_data_of, language_of
from handlers.messages.view import Button, View
from handlers.reply import reply
from storage.users import PicturePermission, User

if TYPE_CHECKING:
    from telegram import Update

    from handlers.context import Context
    from handlers.localization import Locale


async def privacy(update: Update, context: Context) -> None:
    """The choice, in a private chat; in a group, the way there."""
    message = update.message
    if message is None:
        return
    locale = context.deps.locale(language_of(message))
    if message.chat.type != ChatType.PRIVATE or message.from_user is None:
        link = Button(locale.text("button-private"), url=f"https://t.me/{context.bot.username}?start=privacy")
        await reply(message, View(locale("privacy-in-private"), ((link,),)))
        return
    said = await context.deps.store.users.picture_permission(message.from_user.id)
    await reply(message, _view(locale, said))


async def choose_privacy(update: Update, context: Context) -> None:
    """`picture:ask`, `picture:never` or `picture:always`."""
    query = update.callback_query
    if query is None:
        return
    locale = context.deps.locale(query.from_user.language_code)
    said = (query.data or "").partition(":")[2]
    if said not in set(PicturePermission):
        await query.answer()
        return
    user = query.from_user
    seen = User(user.id, user.username.lower() if user.username else None, user.first_name)
    await context.deps.store.users.set_picture_permission(seen, PicturePermission(said), now=context.deps.clock())
    with suppress(BadRequest):
        await query.answer(locale.text("privacy-kept"))
    if query.message is not None and query.data in callback_data_of(query.message):
        view = _view(locale, PicturePermission(said))
        with suppress(BadRequest):  # not modified: a double tap
            await query.edit_message_text(view.text, parse_mode=ParseMode.HTML, reply_markup=view.reply_markup)  # type: ignore[arg-type]


def _view(locale: Locale, said: PicturePermission) -> View:
    rows = tuple(
        (Button(("● " if one is said else "○ ") + locale.text(f"privacy-{one}"), f"picture:{one}"),)
        for one in PicturePermission
    )
    return View(locale("privacy"), rows)
