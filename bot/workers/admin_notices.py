"""Sends notices to the admins: each notice once to each admin."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.telegram_api.client import ReplyTarget, TelegramClient
from bot.telegram_api.results import RetryAfter, TransientError
from handlers.messages.reports import NOTICE, report_view
from handlers.messages.view import View
from storage.admin_notices import AdminNotice, NoticeKind

if TYPE_CHECKING:
    from bot.workers.context import WorkerContext
    from handlers.localization import Locales

_LOG = logging.getLogger(__name__)
_RETRY_DELAY_S = 30.0


@dataclass(frozen=True, slots=True)
class _NoticeRow:
    """A notice as a row of a worker loop, which needs an id."""

    notice: AdminNotice

    @property
    def id(self) -> str:
        return f"{self.notice.admin_id}:{self.notice.kind}"


class AdminNoticeWorker:
    """The worker that sends notices. After a failure it sends none for a while."""

    name = "tell"

    def __init__(self, context: WorkerContext, telegram: TelegramClient, locales: Locales) -> None:
        self._context = context
        self._telegram = telegram
        self._locales = locales
        self._not_before = 0.0  # Unix time in seconds

    async def find_due(self, limit: int) -> list[_NoticeRow]:
        """Return unsent notices; none while the worker waits after a failure."""
        if self._context.clock() < self._not_before:
            return []
        return [_NoticeRow(notice) for notice in await self._context.store.admin_notices.unsent()][:limit]

    async def next_due(self) -> float | None:
        """Return when the next try may be made, None if every notice was sent."""
        return self._not_before if await self._context.store.admin_notices.unsent() else None

    async def postpone(self, row: _NoticeRow) -> None:
        """Send nothing for 30 s."""
        self._not_before = self._context.clock() + _RETRY_DELAY_S
        _LOG.warning("notice %s put off", row.notice.kind)

    async def step(self, row: _NoticeRow) -> None:
        """Send one notice. If the admin can't be reached at all, it counts as sent."""
        notice = row.notice
        outcome = await self._telegram.send(ReplyTarget(notice.admin_id), await self._view_of(notice))
        match outcome:
            case RetryAfter(seconds):
                self._not_before = self._context.clock() + seconds
            case TransientError():
                self._not_before = self._context.clock() + _RETRY_DELAY_S
            case _:
                await self._context.store.admin_notices.sent(notice, now=self._context.clock())
                _LOG.warning("operator told admin=%s: %s", notice.admin_id, notice.kind)

    async def _view_of(self, notice: AdminNotice) -> View:
        """Return the notice in the language that the admin chose."""
        kind = NoticeKind.decode(notice.kind)
        service = self._context.service_specs.get(kind.service)
        locale = self._locales.get((await self._context.store.preferences.get(notice.admin_id)).language)
        text = locale(
            f"notice-{kind.cause}",
            detail=notice.detail,
            about=kind.scene,
            service=service.title if service else kind.service,
            setting=service.keys_text if service else "",
        )
        return report_view(text, kind.service, locale) if kind.cause == NOTICE else View(text)
