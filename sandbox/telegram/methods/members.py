"""getChat, getChatMember, getChatAdministrators, getChatMemberCount, leaveChat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.telegram.formats.errors import bad_request
from sandbox.telegram.methods import target

if TYPE_CHECKING:
    from sandbox.telegram.chats.chat import Chat
    from sandbox.telegram.formats.params import Params
    from sandbox.telegram.server_state import ServerState

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


def get_chat(state: ServerState, params: Params) -> dict[str, Any]:
    """Bot API: getChat."""
    chat = target.usable_chat(state, params)
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    full: dict[str, Any] = {
        **chat.api_object,
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }
    if chat.linked_chat is not None:
        full["linked_chat_id"] = chat.linked_chat.id
    if chat.is_protected:
        full["has_protected_content"] = True
    if chat.kind in {"group", "supergroup"}:
        kinds = ("photos", "videos", "documents")
        rights = {f"can_send_{kind}": kind not in chat.forbidden_kinds for kind in kinds}
        rights["can_send_messages"] = "text messages" not in chat.forbidden_kinds
        full["permissions"] = rights
    return full


def get_chat_member(state: ServerState, params: Params) -> dict[str, Any]:
    """Bot API: getChatMember."""
    chat = target.usable_chat(state, params)
    user_id = params.integer("user_id")
    if user_id == state.account.id:
        return bot_chat_member(state, chat)
    if user_id not in state.people:
        raise bad_request("user not found")
    return _chat_member(state, chat, user_id)


def get_chat_administrators(state: ServerState, params: Params) -> list[dict[str, Any]]:
    """Bot API: getChatAdministrators."""
    chat = target.usable_chat(state, params)
    if chat.kind == "private":
        raise bad_request("there are no administrators in the private chat")
    ids = [chat.owner.id] if chat.owner else []
    ids += [user_id for user_id in sorted(chat.admins) if user_id not in ids]
    members = [_chat_member(state, chat, user_id) for user_id in ids]
    return [*members, bot_chat_member(state, chat)] if chat.bot_status == "administrator" else members


def get_chat_member_count(state: ServerState, params: Params) -> int:
    """Bot API: getChatMemberCount."""
    return len(target.usable_chat(state, params).members) + 1


def leave_chat(state: ServerState, params: Params) -> bool:
    """Bot API: leaveChat."""
    chat = target.usable_chat(state, params)
    if chat.kind == "private":
        raise bad_request("chat member status can't be changed in private chats")
    chat.bot_status = "left"
    chat.notify()
    return True


def bot_chat_member(state: ServerState, chat: Chat) -> dict[str, Any]:
    """Return the bot's `ChatMember` in a chat."""
    member: dict[str, Any] = {"status": chat.bot_status, "user": state.account.user()}
    if chat.bot_status == "administrator":
        member |= _admin_rights()
    if chat.bot_status == "kicked":
        member["until_date"] = 0
    return member


def _chat_member(state: ServerState, chat: Chat, user_id: int) -> dict[str, Any]:
    member: dict[str, Any] = {"user": state.people[user_id].user()}
    if chat.owner is not None and chat.owner.id == user_id and chat.kind != "private":
        return member | {"status": "creator", "is_anonymous": False}
    if user_id in chat.admins:
        return member | {"status": "administrator"} | _admin_rights()
    return member | {"status": "member" if user_id in chat.members else "left"}


def _admin_rights() -> dict[str, bool]:
    return dict.fromkeys(_ADMIN_RIGHTS, True) | {"is_anonymous": False}
