"""/start and /help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.constants import ChatType

from handlers import request
from handlers.answer import answer
from handlers.message import command_of, language_of, person_of
from handlers.privacy import privacy
from handlers.view import Button, View, in_rows

if TYPE_CHECKING:
    from telegram import Message, Update

    from handlers.context import Context

_JOB = "job_"


async def start(update: Update, context: Context) -> None:
    """The greeting; or, through a link, a video that could not be sent to a group, or an effect to begin with."""
    message = update.message
    if message is None:
        return
    command = command_of(message, context.bot.username)
    parameter = command.argument if command else ""
    if parameter.startswith(_JOB) and await _fetch(context, message, parameter.removeprefix(_JOB)):
        return
    if parameter == "privacy":
        await privacy(update, context)
        return
    effect = context.desk.catalogue.named(parameter) if parameter else None
    person = person_of(message)
    if effect is not None and person is not None and context.desk.offers(effect):
        await request.ask(context.desk, message, person, effect)
        return
    await answer(message, _greeting(context, message))


async def help_(update: Update, context: Context) -> None:
    """How to use the bot, here: in a group with the bot's name in the commands."""
    if update.message is not None:
        await answer(update.message, _greeting(context, update.message))


async def _fetch(context: Context, message: Message, job_id: str) -> bool:
    """Deliver a video here that its group did not take; True where it is on its way."""
    job = await context.desk.store.jobs.get(job_id)
    if job is None or job.person_id != person_of(message) or message.chat.type != ChatType.PRIVATE:
        return False
    moved = await context.desk.store.lifecycle.deliver_to(
        job_id, message.chat_id, message_id=message.message_id, now=context.desk.clock()
    )
    context.desk.wake()
    return moved is not None


def _greeting(context: Context, message: Message) -> View:
    desk = context.desk
    words = desk.words(language_of(message))
    private = message.chat.type == ChatType.PRIVATE
    at = "" if private else f"@{context.bot.username}"
    offered = [effect for effect in desk.catalogue.main if desk.offers(effect)]
    lines = [
        words("help-effect", emoji=one.emoji, command=f"/{one.command}{at}", title=one.title, count=one.photos)
        for one in offered
    ]
    text = words(
        "help" if private else "help-group",
        total=len(desk.catalogue.offered(desk.services)),
        daily=desk.limits.daily,
        at=at,
    )
    buttons = [
        Button(words.plain("button-effect", emoji=one.emoji, title=one.title), f"want:{one.command}") for one in offered
    ]
    more = Button(words.plain("button-more"), "shelves:-")
    rows = (*in_rows(buttons, 3), (more,)) if private else ()
    return View(text.replace("EFFECT-LINES", "\n".join(lines)), rows)
