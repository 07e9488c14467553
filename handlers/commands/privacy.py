"""/privacy: what a person says about others using their profile picture."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest

from handlers.message import data_of, language_of
from handlers.messages.view import Button, View
from handlers.reply import answer
from storage.users import Picture, Seen

if TYPE_CHECKING:
    from telegram import Update

    from handlers.context import Context
    from handlers.localization import Words


async def privacy(update: Update, context: Context) -> None:
    """The choice, in a private chat; in a group, the way there."""
    message = update.message
    if message is None:
        return
    words = context.desk.words(language_of(message))
    if message.chat.type != ChatType.PRIVATE or message.from_user is None:
        link = Button(words.plain("button-private"), url=f"https://t.me/{context.bot.username}?start=privacy")
        await answer(message, View(words("privacy-in-private"), ((link,),)))
        return
    said = await context.desk.store.people.picture_of(message.from_user.id)
    await answer(message, _view(words, said))


async def choose_privacy(update: Update, context: Context) -> None:
    """`picture:ask`, `picture:never` or `picture:always`."""
    query = update.callback_query
    if query is None:
        return
    words = context.desk.words(query.from_user.language_code)
    said = (query.data or "").partition(":")[2]
    if said not in set(Picture):
        await query.answer()
        return
    user = query.from_user
    seen = Seen(user.id, user.username.lower() if user.username else None, user.first_name)
    await context.desk.store.people.set_picture(seen, Picture(said), now=context.desk.clock())
    with suppress(BadRequest):
        await query.answer(words.plain("privacy-kept"))
    if query.message is not None and query.data in data_of(query.message):
        view = _view(words, Picture(said))
        with suppress(BadRequest):  # not modified: a double tap
            await query.edit_message_text(view.text, parse_mode=ParseMode.HTML, reply_markup=view.markup)  # type: ignore[arg-type]


def _view(words: Words, said: Picture) -> View:
    rows = tuple(
        (Button(("● " if one is said else "○ ") + words.plain(f"privacy-{one}"), f"picture:{one}"),) for one in Picture
    )
    return View(words("privacy"), rows)
