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
        shop: WorkerContext,
        gateway: TelegramClient,
        texts: Locales,
        *,
        hosts: Mapping[str, frozenset[str]],
        storage_chat_id: int | None,
    ) -> None:
        self._shop = shop
        self._gateway = gateway
        self._texts = texts
        self._hosts = hosts
        self._storage = storage_chat_id

    async def deliver(self, job: Job) -> Outcome:
        """Turn the message into the video: repeated, it changes nothing."""
        address = status_message_of(job)
        if address is None:
            return MessageGone()
        refused = check_url(job.video_url or "", self._hosts_of(job))
        if refused is not None:
            return VideoRejected(f"its address was refused: {refused}")
        film = cached_video_of(job)
        if film is None and self._storage is not None:
            kept = await self._keep(job, self._storage)
            if isinstance(kept, RetryAfter | TransientError):
                return kept
            film = kept.video if isinstance(kept, Shown) else None
        view = inline_video_view(job, self._texts.get(job.language), self._shop.catalogue, self._gateway.username)
        return await self._gateway.edit_video(address, film or job.video_url or "", view)

    async def _keep(self, job: Job, storage: int) -> Outcome:
        """Send the video to the storage chat, and commit its file_id before anything is edited."""
        url = job.video_url or ""
        outcome: Outcome | TooLarge = await self._gateway.store_video(storage, url, job.id)
        if isinstance(outcome, VideoRejected):
            outcome = await upload_from_url(
                url, self._hosts_of(job), lambda file: self._gateway.store_video(storage, file, job.id)
            )
        match outcome:
            case Shown(video=CachedVideo(file_id, animation)):
                await self._shop.store.status_messages.file_id_stored(job.id, file_id, animation=animation)
                await self._shop.store.admin_notices.resolve(_STORAGE)
            case ChatMigrated(chat_id):
                self._storage = chat_id
                return RetryAfter(0.0)
            case TooLarge() | VideoRejected() | Shown():
                return VideoRejected("the storage chat got no video")
            case RetryAfter() | TransientError():
                pass
            case _:
                _LOG.warning("the storage chat takes no videos: %s", outcome)
                await self._shop.notify_admins(_STORAGE, getattr(outcome, "detail", "no right to send videos"))
        return outcome

    def _hosts_of(self, job: Job) -> frozenset[str]:
        return self._hosts.get(job.service, frozenset())
