"""Where a call is aimed: the chat, the topic and the message that is replied to, or why it can't be."""

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
"""The topic General, as messages in it may name it; as a place to send to it is not known."""


def known_chat(state: ServerState, params: Params, name: str = "chat_id") -> Chat:
    """Find the chat that a call names.

    Raises:
        RefusalError: there is none that the bot knows.
    """
    chat_id = params.get(name)
    if chat_id is None or chat_id == "":
        raise bad_request(refusals.CHAT_ID_EMPTY)
    found = state.chats.get(chat_id)
    if found is None or found.bot_status == "stranger":
        raise refusals.chat_not_started() if chat_id in state.people else bad_request(refusals.CHAT_NOT_FOUND)
    return found


def usable_chat(state: ServerState, params: Params) -> Chat:
    """Find the chat that a call names, and that the bot may act in.

    Raises:
        RefusalError: unknown, blocked, kicked, migrated or flooded.
    """
    found = known_chat(state, params)
    if found.migrated_to is not None:
        raise refusals.migrated_to(found.migrated_to)
    if found.kind == "private" and found.owner is not None and found.owner.has_blocked_bot:
        raise refusals.bot_blocked()
    if found.bot_status == "kicked":
        raise refusals.bot_kicked(found.kind)
    if found.bot_status == "left":
        raise ApiError(403, f"Forbidden: bot is not a member of the {found.kind} chat")
    if found.flood_wait is not None:
        raise refusals.too_many_requests(found.flood_wait)
    return found


def require_right(chat: Chat, kind: str) -> None:
    """Check the right to send `text messages`, `photos`, `videos` or `documents`.

    Raises:
        RefusalError: not enough rights.
    """
    if chat.forbidden_kinds and kind in chat.forbidden_kinds:
        raise bad_request(f"not enough rights to send {kind} to the chat")


def placement_fields(chat: Chat, params: Params) -> dict[str, Any]:
    """Return the fields of a message that say which topic it is in and what it replies to.

    Raises:
        RefusalError: the message replied to or the topic is gone, or the topic is closed.
    """
    fields: dict[str, Any] = {}
    thread = params.get("message_thread_id")
    original = _replied_message(chat, params)
    if original is not None:
        fields["reply_to_message"] = as_replied_message(original)
        inside = original.get("message_thread_id")
        thread = thread or (inside if inside != GENERAL_TOPIC_ID else None)
    if thread is not None:
        topic = chat.topics.get(thread)
        if topic is None:
            raise bad_request(refusals.THREAD_NOT_FOUND)
        if topic.closed and chat.bot_status != "administrator":
            raise bad_request(refusals.TOPIC_CLOSED)
        fields = {"reply_to_message": topic.root} | fields
        fields |= {"message_thread_id": thread, "is_topic_message": True}
    return fields


def _replied_message(chat: Chat, params: Params) -> dict[str, Any] | None:
    reply = params.json("reply_parameters") or {}
    message_id = reply.get("message_id") or params.get("reply_to_message_id")
    if message_id is None:
        return None
    post = chat.stored_messages.get(message_id)
    if post is not None:
        return post.raw
    if reply.get("allow_sending_without_reply") or params.boolean("allow_sending_without_reply"):
        return None
    raise bad_request(refusals.REPLY_NOT_FOUND)
