"""/start and /help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.constants import ChatType

from handlers import request
from handlers.answer import answer
from handlers.failure_words import failure_view
from handlers.greeting import greeting
from handlers.inline_photos import ask_for_photos
from handlers.inline_query import START
from handlers.message import command_of, language_of, person_of
from handlers.privacy import privacy
from handlers.title import title_of
from handlers.view import View
from storage import State

if TYPE_CHECKING:
    from telegram import Message, Update

    from handlers.context import Context
    from storage import Job

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
    person = person_of(message)
    for_inline = parameter == START or parameter.startswith(f"{START}-")
    if for_inline and person is not None and message.chat.type == ChatType.PRIVATE:
        await ask_for_photos(context, message, person, parameter)
        return
    effect = context.desk.catalogue.named(parameter) if parameter else None
    if effect is not None and person is not None and context.desk.offers(effect):
        await request.ask(context.desk, message, person, effect)
        return
    await answer(message, await greeting(context, message))


async def help_(update: Update, context: Context) -> None:
    """How to use the bot, here: in a group with the bot's name in the commands."""
    if update.message is not None:
        await answer(update.message, await greeting(context, update.message))


async def _fetch(context: Context, message: Message, job_id: str) -> bool:
    """Deliver a video here that its group did not take; True where it is on its way."""
    job = await context.desk.store.jobs.get(job_id)
    if job is None or job.person_id != person_of(message) or message.chat.type != ChatType.PRIVATE:
        return False
    if job.state is State.FAILED:
        await answer(message, _what_now(context, message, job))
        return True
    if job.state is State.DELIVERED and job.chat_id == message.chat_id:
        await answer(message, View(context.desk.words(language_of(message))("fetch-here-already")))
        return True
    moved = await context.desk.store.lifecycle.deliver_to(
        job_id, message.chat_id, message_id=message.message_id, now=context.desk.clock()
    )
    context.desk.wake()
    return moved is not None


def _what_now(context: Context, message: Message, job: Job) -> View:
    """Why a video of inline or guest mode is not there, with what can be done about it."""
    desk = context.desk
    words = desk.words(language_of(message))
    title = title_of(job.effect, desk.catalogue, words)
    return failure_view(job, words, desk.catalogue, desk.services, title)
