"""Who is in a group, and who runs it, as Telegram said within the last minute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import ChatMemberRestricted
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, Forbidden

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import Bot

_KEPT = 60.0  # seconds
_MOST = 5_000  # answers kept
_ADMINS = (ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER)
_PRESENT = (*_ADMINS, ChatMemberStatus.MEMBER)
_HERE_RESTRICTED = "restricted, and here"


class ChatMembers:
    """Answers of getChatMember, kept for a minute."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._answers: dict[tuple[int, int], tuple[float, str | None]] = {}

    async def is_admin(self, bot: Bot, chat_id: int, person_id: int) -> bool:
        """Whether the person is an admin of the group; the group itself, as an anonymous admin speaks, is.

        Raises:
            TelegramError: Telegram can't be reached.
        """
        return person_id == chat_id or await self._status(bot, chat_id, person_id) in _ADMINS

    async def is_member(self, bot: Bot, chat_id: int, person_id: int) -> bool | None:
        """Whether the person is in the group; None where Telegram does not tell a bot that is no admin.

        Raises:
            TelegramError: Telegram can't be reached.
        """
        standing = await self._status(bot, chat_id, person_id)
        return None if standing is None else standing in (*_PRESENT, _HERE_RESTRICTED)

    async def _status(self, bot: Bot, chat_id: int, person_id: int) -> str | None:
        now = self._clock()
        at, standing = self._answers.get((chat_id, person_id), (-_KEPT, None))
        if now - at < _KEPT:
            return standing
        try:
            member = await bot.get_chat_member(chat_id, person_id)
        except (BadRequest, Forbidden):
            return None
        here = isinstance(member, ChatMemberRestricted) and member.is_member
        standing = _HERE_RESTRICTED if here else str(member.status)
        if len(self._answers) >= _MOST:
            self._answers.clear()
        self._answers[chat_id, person_id] = (now, standing)
        return standing
