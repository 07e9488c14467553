"""/start and /help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.constants import ChatType

from handlers import request
from handlers.answer import answer
from handlers.greeting import greeting
from handlers.message import command_of, person_of
from handlers.privacy import privacy

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
    await answer(message, greeting(context, message))


async def help_(update: Update, context: Context) -> None:
    """How to use the bot, here: in a group with the bot's name in the commands."""
    if update.message is not None:
        await answer(update.message, greeting(context, update.message))


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
