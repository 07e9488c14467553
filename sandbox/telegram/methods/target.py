"""The target of a call: the chat, the topic and the message replied to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.telegram.chats.chat import as_replied_message
from sandbox.telegram.formats import errors as refusals
from sandbox.telegram.formats.errors import ApiError, bad_request

if TYPE_CHECKING:
    from sandbox.telegram.chats.chat import Chat
    from sandbox.telegram.formats.params import Params
    from sandbox.telegram.server_state import ServerState


GENERAL_TOPIC_ID = 1
"""The topic General. Messages in it may name it, but it is not accepted as a target."""


def known_chat(state: ServerState, params: Params, name: str = "chat_id") -> Chat:
    """Return the chat that a call names.

    Raises:
        ApiError: the bot knows no such chat.
    """
    chat_id = params.get(name)
    if chat_id is None or chat_id == "":
        raise bad_request(refusals.CHAT_ID_EMPTY)
    chat = state.chats.get(chat_id)
    if chat is None or chat.bot_status == "stranger":
        raise refusals.chat_not_started() if chat_id in state.people else bad_request(refusals.CHAT_NOT_FOUND)
    return chat


def usable_chat(state: ServerState, params: Params) -> Chat:
    """Return the chat that a call names, if the bot may act in it.

    Raises:
        ApiError: the chat is unknown, migrated or flood-limited, or the bot is blocked or not in it.
    """
    chat = known_chat(state, params)
    if chat.migrated_to is not None:
        raise refusals.migrated_to(chat.migrated_to)
    if chat.kind == "private" and chat.owner is not None and chat.owner.has_blocked_bot:
        raise refusals.bot_blocked()
    if chat.bot_status == "kicked":
        raise refusals.bot_kicked(chat.kind)
    if chat.bot_status == "left":
        raise ApiError(403, f"Forbidden: bot is not a member of the {chat.kind} chat")
    if chat.flood_wait is not None:
        raise refusals.too_many_requests(chat.flood_wait)
    return chat


def require_right(chat: Chat, kind: str) -> None:
    """Check the right to send `text messages`, `photos`, `videos` or `documents`.

    Raises:
        ApiError: the right is missing.
    """
    if chat.forbidden_kinds and kind in chat.forbidden_kinds:
        raise bad_request(f"not enough rights to send {kind} to the chat")


def placement_fields(chat: Chat, params: Params) -> dict[str, Any]:
    """Return the fields of a message for its topic and the message it replies to.

    Raises:
        ApiError: the message replied to or the topic does not exist, or the topic is closed.
    """
    fields: dict[str, Any] = {}
    thread_id = params.get("message_thread_id")
    replied = _replied_message(chat, params)
    if replied is not None:
        fields["reply_to_message"] = as_replied_message(replied)
        replied_thread_id = replied.get("message_thread_id")
        thread_id = thread_id or (replied_thread_id if replied_thread_id != GENERAL_TOPIC_ID else None)
    if thread_id is not None:
        topic = chat.topics.get(thread_id)
        if topic is None:
            raise bad_request(refusals.THREAD_NOT_FOUND)
        if topic.closed and chat.bot_status != "administrator":
            raise bad_request(refusals.TOPIC_CLOSED)
        fields = {"reply_to_message": topic.root} | fields
        fields |= {"message_thread_id": thread_id, "is_topic_message": True}
    return fields


def _replied_message(chat: Chat, params: Params) -> dict[str, Any] | None:
    reply = params.json("reply_parameters") or {}
    message_id = reply.get("message_id") or params.get("reply_to_message_id")
    if message_id is None:
        return None
    message = chat.stored_messages.get(message_id)
    if message is not None:
        return message.raw
    if reply.get("allow_sending_without_reply") or params.boolean("allow_sending_without_reply"):
        return None
    raise bad_request(refusals.REPLY_NOT_FOUND)
