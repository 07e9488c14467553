"""getChat, getChatMember, getChatAdministrators, getChatMemberCount, leaveChat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.telegram.formats.errors import bad_request
from sandbox.telegram.methods import target

if TYPE_CHECKING:
    from sandbox.telegram.chats.chat import Chat
    from sandbox.telegram.formats.params import Params
    from sandbox.telegram.server_state import World

_ADMIN_RIGHTS = (
    "can_be_edited",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)


def get_chat(world: World, params: Params) -> dict[str, Any]:
    """Bot API: getChat."""
    chat = target.open_room(world, params)
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    full: dict[str, Any] = {
        **chat.object,
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }
    if chat.linked is not None:
        full["linked_chat_id"] = chat.linked.id
    if chat.protected:
        full["has_protected_content"] = True
    if chat.kind in {"group", "supergroup"}:
        kinds = ("photos", "videos", "documents")
        rights = {f"can_send_{kind}": kind not in chat.forbidden for kind in kinds}
        rights["can_send_messages"] = "text messages" not in chat.forbidden
        full["permissions"] = rights
    return full


def get_chat_member(world: World, params: Params) -> dict[str, Any]:
    """Bot API: getChatMember."""
    chat = target.open_room(world, params)
    user_id = params.integer("user_id")
    if user_id == world.account.id:
        return bot_member(world, chat)
    if user_id not in world.people:
        raise bad_request("user not found")
    return _member(world, chat, user_id)


def get_chat_administrators(world: World, params: Params) -> list[dict[str, Any]]:
    """Bot API: getChatAdministrators."""
    chat = target.open_room(world, params)
    if chat.kind == "private":
        raise bad_request("there are no administrators in the private chat")
    ids = [chat.owner.id] if chat.owner else []
    ids += [user_id for user_id in sorted(chat.admins) if user_id not in ids]
    members = [_member(world, chat, user_id) for user_id in ids]
    return [*members, bot_member(world, chat)] if chat.standing == "administrator" else members


def get_chat_member_count(world: World, params: Params) -> int:
    """Bot API: getChatMemberCount."""
    return len(target.open_room(world, params).members) + 1


def leave_chat(world: World, params: Params) -> bool:
    """Bot API: leaveChat."""
    chat = target.open_room(world, params)
    if chat.kind == "private":
        raise bad_request("chat member status can't be changed in private chats")
    chat.standing = "left"
    chat.tell()
    return True


def bot_member(world: World, chat: Chat) -> dict[str, Any]:
    """Describe what the bot is in a chat."""
    member: dict[str, Any] = {"status": chat.standing, "user": world.account.user()}
    if chat.standing == "administrator":
        member |= _admin()
    if chat.standing == "kicked":
        member["until_date"] = 0
    return member


def _member(world: World, chat: Chat, user_id: int) -> dict[str, Any]:
    member: dict[str, Any] = {"user": world.people[user_id].user()}
    if chat.owner is not None and chat.owner.id == user_id and chat.kind != "private":
        return member | {"status": "creator", "is_anonymous": False}
    if user_id in chat.admins:
        return member | {"status": "administrator"} | _admin()
    return member | {"status": "member" if user_id in chat.members else "left"}


def _admin() -> dict[str, bool]:
    return dict.fromkeys(_ADMIN_RIGHTS, True) | {"is_anonymous": False}
