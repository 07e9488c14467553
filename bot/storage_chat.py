"""Whether videos can be sent to the chat that inline and guest mode take them from, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import ChatMemberAdministrator, ChatMemberRestricted
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, Forbidden

if TYPE_CHECKING:
    from telegram import Bot, ChatMember

_NONE = (
    "STORAGE_CHAT_ID is not set: videos for inline and guest mode go by their address, up to 20 MB; "
    "larger ones, and those whose address Telegram can't fetch, wait in the private chat."
)
_OUTSIDE = frozenset({ChatMemberStatus.LEFT, ChatMemberStatus.BANNED})


async def storage_sentence(bot: Bot, chat_id: int | None) -> tuple[str, bool]:
    """What is to be said of STORAGE_CHAT_ID, and whether it is wrong.

    Raises:
        TelegramError: Telegram can't be reached.
    """
    if chat_id is None:
        return (_NONE, False)
    try:
        chat = await bot.get_chat(chat_id)
        member = await bot.get_chat_member(chat_id, bot.id)
    except (BadRequest, Forbidden) as error:
        return (f"The storage chat {chat_id} can't be reached: {error.message}. Make the bot an admin of it.", True)
    name = chat.title or chat.full_name or chat_id
    if not _may_send(member, channel=chat.type == ChatType.CHANNEL):
        return (f"The bot may not send videos to the storage chat “{name}”. Make it an admin there.", True)
    return (f"Videos for inline and guest mode pass through “{name}”.", False)


def _may_send(member: ChatMember, *, channel: bool) -> bool:
    """As far as it can be told without sending one."""
    match member:
        case ChatMemberAdministrator(can_post_messages=may) if channel:
            return may is not False
        case ChatMemberRestricted(can_send_videos=may):
            return may
        case _:
            return member.status not in _OUTSIDE and (not channel or member.status == ChatMemberStatus.ADMINISTRATOR)
