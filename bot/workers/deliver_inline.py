"""Videos for messages of inline and guest mode, which take no upload: by way of the storage chat, or by URL."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.telegram_api.client import status_message_of
from bot.telegram_api.media import cached_video_of, upload_from_url
from bot.telegram_api.results import (
    CachedVideo,
    ChatMigrated,
    MessageGone,
    Outcome,
    RetryAfter,
    Shown,
    TransientError,
    VideoRejected,
)
from handlers.messages.job_status import inline_video_view
from video.download import TooLarge
from video.url_policy import check_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.telegram_api.client import TelegramClient
    from bot.workers.context import WorkerContext
    from handlers.localization import Locales
    from storage import Job

_LOG = logging.getLogger(__name__)
_STORAGE = "storage"  # what the operator is told of a storage chat that takes nothing


class InlineDelivery:
    """One attempt at showing one video; see `bot.deliver`, which commits what comes of it."""

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
        self._hosts = hosts
        self._storage_chat_id = storage_chat_id

    async def deliver(self, job: Job) -> Outcome:
        """Turn the message into the video: repeated, it changes nothing."""
        message = status_message_of(job)
        if message is None:
            return MessageGone()
        refusal = check_url(job.video_url or "", self._hosts_of(job))
        if refusal is not None:
            return VideoRejected(f"its address was refused: {refusal}")
        cached = cached_video_of(job)
        if cached is None and self._storage_chat_id is not None:
            stored = await self._store_video(job, self._storage_chat_id)
            if isinstance(stored, RetryAfter | TransientError):
                return stored
            cached = stored.video if isinstance(stored, Shown) else None
        view = inline_video_view(job, self._locales.get(job.language), self._context.catalogue, self._telegram.username)
        return await self._telegram.edit_video(message, cached or job.video_url or "", view)

    async def _store_video(self, job: Job, storage_chat_id: int) -> Outcome:
        """Send the video to the storage chat, and commit its file_id before anything is edited."""
        url = job.video_url or ""
        outcome: Outcome | TooLarge = await self._telegram.store_video(storage_chat_id, url, job.id)
        if isinstance(outcome, VideoRejected):
            outcome = await upload_from_url(
                url, self._hosts_of(job), lambda file: self._telegram.store_video(storage_chat_id, file, job.id)
            )
        match outcome:
            case Shown(video=CachedVideo(file_id, animation)):
                await self._context.store.status_messages.file_id_stored(job.id, file_id, animation=animation)
                await self._context.store.admin_notices.resolve(_STORAGE)
            case ChatMigrated(chat_id):
                self._storage_chat_id = chat_id
                return RetryAfter(0.0)
            case TooLarge() | VideoRejected() | Shown():
                return VideoRejected("the storage chat got no video")
            case RetryAfter() | TransientError():
                pass
            case _:
                _LOG.warning("the storage chat takes no videos: %s", outcome)
                await self._context.notify_admins(_STORAGE, getattr(outcome, "detail", "no right to send videos"))
        return outcome

    def _hosts_of(self, job: Job) -> frozenset[str]:
        return self._hosts.get(job.service, frozenset())
