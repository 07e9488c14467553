"""What the operator has to know reaches the admins once."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.services import SERVICES
from bot.telegram_api.client import ReplyTarget
from bot.telegram_api.results import RetryAfter, TransientError
from handlers.messages.view import View

if TYPE_CHECKING:
    from bot.telegram_api.client import TelegramClient
    from bot.workers.context import WorkerContext
    from handlers.localization import Locales
    from storage.admin_notices import AdminNotice

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _NoticeRow:
    notice: AdminNotice

    @property
    def id(self) -> str:
        return f"{self.notice.admin_id}:{self.notice.kind}"


class AdminNoticeWorker:
    """The lane that writes to admins."""

    name = "tell"

    def __init__(self, context: WorkerContext, telegram: TelegramClient, locales: Locales) -> None:
        self._context = context
        self._telegram = telegram
        self._locales = locales
        self._not_before = 0.0

    async def find_due(self, limit: int) -> list[_NoticeRow]:
        """Notices that nobody was sent yet."""
        if self._context.clock() < self._not_before:
            return []
        return [_NoticeRow(notice) for notice in await self._context.store.admin_notices.unsent()][:limit]

    async def next_due(self) -> float | None:
        """After trouble, when to try again."""
        return self._not_before if await self._context.store.admin_notices.unsent() else None

    async def postpone(self, row: _NoticeRow) -> None:
        """Write later."""
        self._not_before = self._context.clock() + 30
        _LOG.warning("notice %s put off", row.notice.kind)

    async def step(self, row: _NoticeRow) -> None:
        """One notice to one admin."""
        notice = row.notice
        kind, name, about = (*notice.kind.split(".", 2), "", "")[:3]
        service = SERVICES.get(name)
        locale = self._locales.get((await self._context.store.preferences.get(notice.admin_id)).language)
        text = locale(
            f"notice-{kind}",
            detail=notice.detail,
            about=about,
            service=service.title if service else name,
            setting=service.key if service else "",
        )
        outcome = await self._telegram.send(ReplyTarget(notice.admin_id), View(text))
        match outcome:
            case RetryAfter(seconds):
                self._not_before = self._context.clock() + seconds
            case TransientError():
                self._not_before = self._context.clock() + 30
            case _:
                await self._context.store.admin_notices.sent(notice, now=self._context.clock())
                _LOG.warning("operator told admin=%s: %s", notice.admin_id, notice.kind)
