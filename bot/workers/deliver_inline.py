"""Videos for messages of inline and guest mode, which take no upload: by way of the storage chat, or by URL."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.telegram_api.client import card_of
from bot.telegram_api.media import film_of, with_video
from bot.telegram_api.results import BadVideo, Film, Gone, Later, Moved, Outcome, Shown, Trouble
from handlers.messages.job_status import inline_video_view
from video.download import TooBig
from video.url_policy import vet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.telegram_api.client import Gateway
    from bot.workers.context import WorkerContext
    from handlers.localization import Texts
    from storage import Job

_LOG = logging.getLogger(__name__)
_STORAGE = "storage"  # what the operator is told of a storage chat that takes nothing


class DeliverInline:
    """One attempt at showing one video; see `bot.deliver`, which commits what comes of it."""

    def __init__(
        self,
        shop: WorkerContext,
        gateway: Gateway,
        texts: Texts,
        *,
        hosts: Mapping[str, frozenset[str]],
        storage_chat_id: int | None,
    ) -> None:
        self._shop = shop
        self._gateway = gateway
        self._texts = texts
        self._hosts = hosts
        self._storage = storage_chat_id

    async def show(self, job: Job) -> Outcome:
        """Turn the message into the video: repeated, it changes nothing."""
        address = card_of(job)
        if address is None:
            return Gone()
        refused = vet(job.video_url or "", self._hosts_of(job))
        if refused is not None:
            return BadVideo(f"its address was refused: {refused}")
        film = film_of(job)
        if film is None and self._storage is not None:
            kept = await self._keep(job, self._storage)
            if isinstance(kept, Later | Trouble):
                return kept
            film = kept.film if isinstance(kept, Shown) else None
        view = inline_video_view(job, self._texts.of(job.language), self._shop.catalogue, self._gateway.username)
        return await self._gateway.edit_video(address, film or job.video_url or "", view)

    async def _keep(self, job: Job, storage: int) -> Outcome:
        """Send the video to the storage chat, and commit its file_id before anything is edited."""
        url = job.video_url or ""
        outcome: Outcome | TooBig = await self._gateway.store(storage, url, job.id)
        if isinstance(outcome, BadVideo):
            outcome = await with_video(
                url, self._hosts_of(job), lambda file: self._gateway.store(storage, file, job.id)
            )
        match outcome:
            case Shown(film=Film(file_id, animation)):
                await self._shop.store.cards.kept(job.id, file_id, animation=animation)
                await self._shop.store.notices.mended(_STORAGE)
            case Moved(chat_id):
                self._storage = chat_id
                return Later(0.0)
            case TooBig() | BadVideo() | Shown():
                return BadVideo("the storage chat got no video")
            case Later() | Trouble():
                pass
            case _:
                _LOG.warning("the storage chat takes no videos: %s", outcome)
                await self._shop.tell_operator(_STORAGE, getattr(outcome, "detail", "no right to send videos"))
        return outcome

    def _hosts_of(self, job: Job) -> frozenset[str]:
        return self._hosts.get(job.service, frozenset())
