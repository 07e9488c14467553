"""Who is in a group and who administers it: getChatMember, cached for a minute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import ChatMemberRestricted
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, Forbidden

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import Bot

_CACHE_SECONDS = 60.0
_MAX_CACHED = 5_000  # answers
_ADMINS = (ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER)
_RESTRICTED_MEMBER = "restricted member"  # Telegram's "restricted" alone does not say whether the user is a member
_MEMBERS = (*_ADMINS, ChatMemberStatus.MEMBER, _RESTRICTED_MEMBER)


class ChatMembers:
    """Cached answers of getChatMember, once `connect` has said which bot asks."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._bot: Bot | None = None
        self._cache: dict[tuple[int, int], tuple[float, str]] = {}

    def connect(self, bot: Bot) -> None:
        """Ask Telegram through this bot from now on."""
        self._bot = bot

    async def is_admin(self, chat_id: int, user_id: int) -> bool:
        """Return True if the user is an admin. Anonymous admins post as the group itself, so the group's id counts.

        Raises:
            TelegramError: Telegram can't be reached.
        """
        return user_id == chat_id or await self._status(chat_id, user_id) in _ADMINS

    async def is_member(self, chat_id: int, user_id: int) -> bool | None:
        """Return True if the user is in the group; None if Telegram refuses to tell, as it may a bot that is no admin.

        Raises:
            TelegramError: Telegram can't be reached.
        """
        status = await self._status(chat_id, user_id)
        return None if status is None else status in _MEMBERS

    async def _status(self, chat_id: int, user_id: int) -> str | None:
        now = self._clock()
        fetched_at, status = self._cache.get((chat_id, user_id), (0.0, None))
        if status is not None and now - fetched_at < _CACHE_SECONDS:
            return status
        if self._bot is None:
            raise RuntimeError("no bot is connected")
        try:
            member = await self._bot.get_chat_member(chat_id, user_id)
        except (BadRequest, Forbidden):
            return None
        restricted_member = isinstance(member, ChatMemberRestricted) and member.is_member
        status = _RESTRICTED_MEMBER if restricted_member else str(member.status)
        if len(self._cache) >= _MAX_CACHED:
            self._cache.clear()
        self._cache[chat_id, user_id] = (now, status)
        return status
