"""Delivers finished videos: edits the status message into the video. Repeating that shows no second video.

Inline and guest messages take no upload. Their videos go through the operator's storage chat, or by URL.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot import pacing
from bot.telegram_api import results
from bot.telegram_api.client import MessageRef, ReplyTarget, TelegramClient, status_message_of
from bot.telegram_api.media import cached_video_of, upload_from_url
from handlers.messages.job_status import closed_view, delivered_view, inline_video_view, link_view
from handlers.messages.view import View
from storage import Job, State
from storage.admin_notices import NoticeKind
from video.download import TooLarge
from video.services.protocol import Completed
from video.url_policy import check_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.workers.context import WorkerContext
    from handlers.localization import Locales

_LOG = logging.getLogger(__name__)
_MAX_REJECTIONS = 12  # with delays that double up to five minutes: about half an hour
_MAX_INLINE_REJECTIONS = 2  # if an inline message refuses the video, or videos altogether
_MAX_URL_FAILURES = 2  # calls by URL without an answer, before the video is uploaded
_MAX_STATUS_MESSAGES = 2  # in one step, if one is deleted meanwhile
_STORAGE_NOTICE = NoticeKind("storage")


class DeliveryWorker:
    """The worker that delivers videos: one attempt a step."""

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
        """Make the worker.

        Args:
            context: what the workers share.
            telegram: sends and edits messages.
            locales: the texts.
            hosts: by service, its own hosts, which may serve videos beside public https hosts.
            storage_chat_id: the setting `STORAGE_CHAT_ID`.
        """
        self._context = context
        self._telegram = telegram
        self._locales = locales
        self._inline = InlineDelivery(context, telegram, locales, hosts=hosts, storage_chat_id=storage_chat_id)
        self._hosts = hosts

    async def find_due(self, limit: int) -> list[Job]:
        """Return jobs whose video is due to be delivered."""
        return await self._context.store.jobs.due(State.READY, State.DELIVERING, now=self._context.clock(), limit=limit)

    async def next_due(self) -> float | None:
        """Return when the next delivery is due."""
        return await self._context.store.jobs.next_due(State.READY, State.DELIVERING)

    async def postpone(self, row: Job) -> None:
        """Try again later, as after trouble of transport."""
        if await self._retry_later(row, self._delay_of(row)) is None:  # it happened before the state changed
            await self._context.store.transitions.reschedule(row, due_at=self._context.clock() + self._delay_of(row))

    async def step(self, row: Job) -> None:
        """Make one attempt to deliver one video."""
        job = row
        if row.state is State.READY:
            if row.tries and (row.rejections or not row.video_file_id):
                await self._refresh_url(row)
            started = await self._context.store.transitions.deliver(row.id, now=self._context.clock())
            if started is None:
                return  # cancelled
            job = started
        await self._commit_outcome(job, await self._deliver(job))

    async def _deliver(self, job: Job) -> results.Outcome:
        """Edit the status message into the video; if it is gone, send a new one and edit that."""
        if job.inline_message_id is not None:
            return await self._inline.deliver(job)
        message_id = job.card_id
        outcome: results.Outcome = results.MessageGone()
        for _ in range(_MAX_STATUS_MESSAGES):
            if message_id is None:
                sent = await self._send_status_message(job)
                if not isinstance(sent, results.Shown):
                    return sent
                message_id = sent.message_id
            outcome = await self._edit_into_video(job, message_id)
            if not isinstance(outcome, results.MessageGone):
                return outcome
            message_id = None
        return outcome

    async def _send_status_message(self, job: Job) -> results.Outcome:
        """Send a status message, and commit its id before it is edited, so that no repeat shows a second video."""
        locale = self._locales.get(job.language)
        target = ReplyTarget(job.chat_id, job.thread_id, job.message_id)
        sent = await self._telegram.send(target, View(locale("status-arriving")))
        if isinstance(sent, results.Shown):
            await self._context.store.status_messages.message_sent(job.id, sent.message_id)
        return sent

    async def _edit_into_video(self, job: Job, message_id: int) -> results.Outcome:
        """Edit the message into the video: by file_id or URL, by upload if that is rejected, as a link if too large."""
        share = self._telegram.supports_inline and job.chat_id > 0
        view = delivered_view(
            job, self._locales.get(job.language), self._context.catalogue, share=share, ai_label=self._context.ai_label
        )
        message = MessageRef(job.chat_id, message_id)
        cached = cached_video_of(job)
        if cached is not None:
            outcome = await self._telegram.edit_video(message, cached, view)
            if not isinstance(outcome, results.VideoRejected):
                return outcome
            _LOG.info("not taken by file_id job=%s: %s", job.id, outcome.detail)
        url = job.video_url or ""
        hosts = self._hosts.get(job.service, frozenset())
        refusal = check_url(url, hosts)
        if refusal is not None:
            return results.VideoRejected(f"its address was refused: {refusal}", by_telegram=False)
        if job.url_failures < _MAX_URL_FAILURES:
            outcome = await self._telegram.edit_video(message, url, view)
            await count_url_failure(self._context, job, outcome)
            if not isinstance(outcome, results.VideoRejected):
                return outcome
            _LOG.info("not taken by URL job=%s: %s", job.id, outcome.detail)
        uploaded = await upload_from_url(url, hosts, lambda file: self._telegram.edit_video(message, file, view))
        if not isinstance(uploaded, TooLarge):
            return uploaded
        link = link_view(job, self._locales.get(job.language), self._context.catalogue, ai_label=self._context.ai_label)
        return await self._telegram.edit(message, link)

    async def _commit_outcome(self, job: Job, outcome: results.Outcome) -> None:
        """Commit what Telegram's answer means."""
        now, inline = self._context.clock(), job.inline_message_id is not None
        match outcome:
            case results.Shown():
                await self._mark_delivered(job, outcome)
            case results.ChatMigrated(chat_id):
                await self._context.store.move_chat(job.chat_id, chat_id, now=now)
                await self._retry_later(job, 0.0, count_try=False)
            case results.MessageGone() | results.ChatUnavailable() if inline:
                await self._context.store.status_messages.move_to_private_chat(job.id, now=now)
                await self._retry_later(job, 0.0, count_try=False)
            case results.MissingRights() | results.VideoRejected() if (
                inline and job.rejections + 1 >= _MAX_INLINE_REJECTIONS
            ):
                await self._give_up(job, "not_here", getattr(outcome, "detail", "no videos there"))
            case results.MissingRights() if not inline:
                await self._give_up(job, "no_rights", "the bot may not send videos there")
            case results.ChatUnavailable(detail):
                await self._give_up(job, "closed", detail)
                await self._redirect_to_private_chat(job)
            case results.RetryAfter() | results.TransientError() if not isinstance(outcome, results.Refused):
                await self._wait_for_telegram(job, outcome)
            case _:
                await self._count_rejection(job, outcome)

    async def _wait_for_telegram(self, job: Job, outcome: results.RetryAfter | results.TransientError) -> None:
        """Trouble of transport counts towards no limit: try again for as long as the service keeps the video."""
        detail = getattr(outcome, "detail", "Telegram asked to wait")
        if self._age_of(job) > pacing.VIDEO_KEPT_S:
            await self._give_up(job, "unreachable", detail)
        elif job.inline_message_id is not None and self._age_of(job) > pacing.DAY_S:
            await self._give_up(job, "not_here", detail)  # an inline message takes no upload
        elif isinstance(outcome, results.RetryAfter):
            await self._retry_later(job, outcome.seconds, count_try=False)
        else:
            _LOG.warning("not delivered job=%s: %s", job.id, detail)
            await self._retry_later(job, self._delay_of(job))

    async def _count_rejection(self, job: Job, outcome: results.Outcome) -> None:
        """The video or its message was refused, or there was no video at its URL: try again for half an hour."""
        detail = getattr(outcome, "detail", "the status message vanished twice")
        _LOG.warning("not delivered job=%s: %s", job.id, detail)
        if job.rejections + 1 < _MAX_REJECTIONS:
            await self._retry_later(job, self._delay_of(job), rejected=True)
        elif isinstance(outcome, results.VideoRejected):
            await self._give_up(job, "rejected" if outcome.by_telegram else "no_video", detail)
        else:  # a status message can't be sent there, or vanishes
            await self._give_up(job, "closed", detail)
            await self._redirect_to_private_chat(job)

    async def _mark_delivered(self, job: Job, shown: results.Shown) -> None:
        file_id, animation = shown.video or (None, False)
        await self._context.store.transitions.mark_delivered(
            job.id,
            file_id=file_id,
            animation=animation,
            card_id=shown.message_id if job.inline_message_id is None else None,
            now=self._context.clock(),
        )
        _LOG.info("delivered job=%s chat=%s", job.id, job.chat_id)

    async def _retry_later(
        self, job: Job, seconds: float, *, count_try: bool = True, rejected: bool = False
    ) -> Job | None:
        now = self._context.clock()
        return await self._context.store.transitions.postpone_delivery(
            job.id, due_at=now + seconds, count_try=count_try, rejected=rejected, now=now
        )

    def _age_of(self, job: Job) -> float:
        """Return the seconds since the service accepted the job."""
        now = self._context.clock()
        return now - (job.accepted_at or now)

    def _delay_of(self, job: Job) -> float:
        """Return the seconds to wait after a failed try."""
        return pacing.delivery_delay(job.tries, self._age_of(job), self._context.jitter)

    async def _give_up(self, job: Job, reason: str, detail: str) -> None:
        """Mark the job as undeliverable; its video stays available. `reason` names the text that the person reads."""
        await self._context.store.transitions.mark_undeliverable(
            job.id, reason=reason, detail=detail, now=self._context.clock()
        )
        _LOG.warning("undeliverable job=%s chat=%s: %s", job.id, job.chat_id, detail)

    async def _redirect_to_private_chat(self, job: Job) -> None:
        """The group can't be written to: deliver to the private chat of the person who asked, if there is one.

        The group's message says so, if it may still be edited.
        """
        if job.chat_id < 0 < job.person_id:
            if job.card_id is not None:
                view = closed_view(
                    job, self._locales.get(job.language), self._context.catalogue, self._telegram.username
                )
                await self._telegram.edit(MessageRef(job.chat_id, job.card_id), view)
            await self._context.store.transitions.redeliver_to(
                job.id, job.person_id, message_id=None, now=self._context.clock()
            )

    async def _refresh_url(self, job: Job) -> None:
        """Poll the job again, since its URL may have expired: the service may give the same video a new URL."""
        outcome = await self._context.service_of(job).poll(job.service_job_id or "")
        if isinstance(outcome, Completed) and outcome.url != job.video_url:
            await self._context.store.transitions.refresh_url(job.id, outcome.url)


async def count_url_failure(context: WorkerContext, job: Job, outcome: results.Outcome) -> None:
    """Count a call by URL that had no answer: Telegram may take longer to fetch the video than the bot waits."""
    if isinstance(outcome, results.TransientError) and outcome.sent:
        await context.store.transitions.count_url_failure(job.id)


class InlineDelivery:
    """Shows videos in messages of inline and guest mode. `DeliveryWorker` commits what comes of it."""

    def __init__(
        self,
        context: WorkerContext,
        telegram: TelegramClient,
        locales: Locales,
        *,
        hosts: Mapping[str, frozenset[str]],
        storage_chat_id: int | None,
    ) -> None:
        """Take the same arguments as `DeliveryWorker`."""
        self._context = context
        self._telegram = telegram
        self._locales = locales
        self._hosts = hosts
        self._storage_chat_id = storage_chat_id

    async def deliver(self, job: Job) -> results.Outcome:
        """Edit the message into the video: by the file_id that the storage chat gave it, else by URL."""
        message = status_message_of(job)
        if message is None:
            return results.MessageGone()
        refusal = check_url(job.video_url or "", self._hosts_of(job))
        if refusal is not None:
            return results.VideoRejected(f"its address was refused: {refusal}", by_telegram=False)
        cached = cached_video_of(job)
        if cached is None and self._storage_chat_id is not None:
            stored = await self._store_video(job, self._storage_chat_id)
            if isinstance(stored, results.RetryAfter | results.TransientError):
                return stored
            cached = stored.video if isinstance(stored, results.Shown) else None
        locale, context = self._locales.get(job.language), self._context
        view = inline_video_view(job, locale, context.catalogue, self._telegram.username, ai_label=context.ai_label)
        outcome: results.Outcome = results.VideoRejected("it is not stored")
        if cached is not None:
            outcome = await self._telegram.edit_video(message, cached, view)
        if isinstance(outcome, results.VideoRejected):
            outcome = await self._telegram.edit_video(message, job.video_url or "", view)
        return outcome

    async def _store_video(self, job: Job, storage_chat_id: int) -> results.Outcome:
        """Send the video to the storage chat, and commit its file_id before anything is edited."""
        url = job.video_url or ""
        outcome: results.Outcome | TooLarge = results.VideoRejected("no answer to its URL")
        if job.url_failures < _MAX_URL_FAILURES:
            outcome = await self._telegram.store_video(storage_chat_id, url, job.id)
            await count_url_failure(self._context, job, outcome)
        if isinstance(outcome, results.VideoRejected):
            outcome = await upload_from_url(
                url, self._hosts_of(job), lambda file: self._telegram.store_video(storage_chat_id, file, job.id)
            )
        match outcome:
            case results.Shown(video=results.CachedVideo(file_id, is_animation)):
                await self._context.store.status_messages.file_id_stored(job.id, file_id, animation=is_animation)
                await self._context.store.admin_notices.resolve(_STORAGE_NOTICE.encode())
            case results.ChatMigrated(chat_id):
                self._storage_chat_id = chat_id
                return results.RetryAfter(0.0)
            case TooLarge() | results.VideoRejected() | results.Shown():
                return results.VideoRejected("the storage chat got no video")
            case results.RetryAfter() | results.TransientError():
                pass
            case _:
                _LOG.warning("the storage chat takes no videos: %s", outcome)
                detail = getattr(outcome, "detail", "no right to send videos")
                await self._context.notify_admins(_STORAGE_NOTICE, detail)
        return outcome

    def _hosts_of(self, job: Job) -> frozenset[str]:
        return self._hosts.get(job.service, frozenset())
