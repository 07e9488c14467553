"""ready -> delivered: the status message is turned into the video, which may be repeated without harm."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.pacing import backoff
from bot.telegram_api.client import MessageRef, ReplyTarget
from bot.telegram_api.media import cached_video_of, upload_from_url
from bot.telegram_api.results import (
    ChatMigrated,
    ChatUnavailable,
    MessageGone,
    MissingRights,
    Outcome,
    RetryAfter,
    Shown,
    TransientError,
    VideoRejected,
)
from bot.workers.deliver_inline import InlineDelivery
from handlers.messages.job_status import delivered_view, link_view
from handlers.messages.view import View
from storage import State
from video.download import TooLarge
from video.services.protocol import Completed
from video.url_policy import check_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.telegram_api.client import TelegramClient
    from bot.workers.context import WorkerContext
    from handlers.localization import Locales
    from storage import Job

_LOG = logging.getLogger(__name__)
_MAX_TRIES = 12
_MAX_INLINE_TRIES = 2  # tries of what a message of inline or guest mode does not take
_MAX_STATUS_MESSAGES = 2  # status messages tried in one step, when one is deleted meanwhile


class DeliveryWorker:
    """The lane that brings videos into chats."""

    name = "deliver"

    def __init__(
        self,
        context: WorkerContext,
        telegram: TelegramClient,
        locales: Locales,
        *,
        hosts: Mapping[str, frozenset[str]],
        storage_chat_id: int | None,
    ) -> None:
        self._context = context
        self._telegram = telegram
        self._locales = locales
        self._inline = InlineDelivery(context, telegram, locales, hosts=hosts, storage_chat_id=storage_chat_id)
        self._hosts = hosts  # beside public https, what may serve videos: each configured service its own, by name

    async def find_due(self, limit: int) -> list[Job]:
        """Videos that are due to be delivered."""
        return await self._context.store.jobs.due(State.READY, State.DELIVERING, now=self._context.clock(), limit=limit)

    async def next_due(self) -> float | None:
        """When the next one is."""
        return await self._context.store.jobs.next_due(State.READY, State.DELIVERING)

    async def postpone(self, row: Job) -> None:
        """Deliver later."""
        await self._retry_later(row, 30.0, counts=True)

    async def step(self, row: Job) -> None:
        """One attempt at one delivery."""
        job = row
        if row.state is State.READY:
            if row.tries and not row.video_file_id:
                await self._refresh_url(row)
            started = await self._context.store.transitions.deliver(row.id, now=self._context.clock())
            if started is None:
                return  # cancelled
            job = started
        await self._commit_outcome(job, await self._deliver(job))

    async def _deliver(self, job: Job) -> Outcome:
        """Turn the status message into the video; where it is gone, into one sent anew."""
        if job.inline_message_id is not None:
            return await self._inline.deliver(job)
        message_id = job.card_id
        outcome: Outcome = MessageGone()
        for _ in range(_MAX_STATUS_MESSAGES):
            if message_id is None:
                sent = await self._send_status_message(job)
                if not isinstance(sent, Shown):
                    return sent
                message_id = sent.message_id
            outcome = await self._edit_into_video(job, message_id)
            if not isinstance(outcome, MessageGone):
                return outcome
            message_id = None
        return outcome

    async def _send_status_message(self, job: Job) -> Outcome:
        """Send a status message, and commit its id before it is edited: then no repeat shows a second video."""
        words = self._locales.get(job.language)
        target = ReplyTarget(job.chat_id, job.thread_id, job.message_id)
        sent = await self._telegram.send(target, View(words("status-arriving")))
        if isinstance(sent, Shown):
            await self._context.store.status_messages.message_sent(job.id, sent.message_id)
        return sent

    async def _edit_into_video(self, job: Job, message_id: int) -> Outcome:
        share = self._telegram.supports_inline and job.chat_id > 0
        view = delivered_view(job, self._locales.get(job.language), self._context.catalogue, share=share)
        card = MessageRef(job.chat_id, message_id)
        film = cached_video_of(job)
        if film is not None:
            return await self._telegram.edit_video(card, film, view)
        url = job.video_url or ""
        hosts = self._hosts.get(job.service, frozenset())
        refused = check_url(url, hosts)
        if refused is not None:
            return VideoRejected(f"its address was refused: {refused}")
        outcome = await self._telegram.edit_video(card, url, view)
        if not isinstance(outcome, VideoRejected):
            return outcome
        _LOG.info("not taken by URL job=%s: %s", job.id, outcome.detail)
        fetched = await upload_from_url(url, hosts, lambda file: self._telegram.edit_video(card, file, view))
        if not isinstance(fetched, TooLarge):
            return fetched
        link = link_view(job, self._locales.get(job.language), self._context.catalogue)
        return await self._telegram.edit(card, link)

    async def _commit_outcome(self, job: Job, outcome: Outcome) -> None:
        """Commit what Telegram's answer means."""
        now = self._context.clock()
        match outcome:
            case Shown(message_id, film):
                card_id = message_id if job.inline_message_id is None else None
                file_id, animation = film or (None, False)
                await self._context.store.transitions.mark_delivered(
                    job.id, file_id=file_id, animation=animation, card_id=card_id, now=now
                )
                _LOG.info("delivered job=%s chat=%s", job.id, job.chat_id)
            case RetryAfter(seconds):
                await self._retry_later(job, seconds, counts=False)
            case ChatMigrated(chat_id):
                await self._context.store.move_chat(job.chat_id, chat_id, now=now)
                await self._retry_later(job, 0.0, counts=False)
            case MessageGone() | ChatUnavailable() if job.inline_message_id is not None:
                await self._context.store.status_messages.move_to_private_chat(job.id, now=now)
                await self._retry_later(job, 0.0, counts=False)
            case MissingRights() | VideoRejected() if (
                job.inline_message_id is not None and job.tries + 1 >= _MAX_INLINE_TRIES
            ):
                await self._give_up(job, "not_here", getattr(outcome, "detail", "no videos there"))
            case MissingRights() if job.inline_message_id is None:
                await self._give_up(job, "no_rights", "the bot may not send videos there")
            case ChatUnavailable(detail):
                await self._give_up(job, "closed", detail)
                await self._redirect_to_private_chat(job)
            case MessageGone() | MissingRights() | VideoRejected() | TransientError():
                detail = getattr(outcome, "detail", "the status message vanished twice")
                _LOG.warning("not delivered job=%s: %s", job.id, detail)
                if job.tries + 1 >= _MAX_TRIES:
                    await self._give_up(job, "no_video", detail)
                else:
                    await self._retry_later(job, backoff(job.tries, self._context.jitter, first=2.0), counts=True)

    async def _retry_later(self, job: Job, seconds: float, *, counts: bool) -> None:
        now = self._context.clock()
        await self._context.store.transitions.postpone_delivery(job.id, due_at=now + seconds, count_try=counts, now=now)

    async def _give_up(self, job: Job, reason: str, detail: str) -> None:
        await self._context.store.transitions.mark_undeliverable(
            job.id, reason=reason, detail=detail, now=self._context.clock()
        )
        _LOG.warning("undeliverable job=%s chat=%s: %s", job.id, job.chat_id, detail)

    async def _redirect_to_private_chat(self, job: Job) -> None:
        """A group shut the bot out: the person who asked gets their video in private, as far as that is open."""
        if job.chat_id < 0 < job.person_id:
            await self._context.store.transitions.redeliver_to(
                job.id, job.person_id, message_id=None, now=self._context.clock()
            )

    async def _refresh_url(self, job: Job) -> None:
        """The address may have expired: the service gives the same video a new one."""
        outcome = await self._context.service_of(job).poll(job.service_job_id or "")
        if isinstance(outcome, Completed) and outcome.url != job.video_url:
            await self._context.store.transitions.refresh_url(job.id, outcome.url)
