"""deleteMessage, deleteMessages, setMessageReaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.telegram import refusals
from sandbox.telegram.methods import target
from sandbox.telegram.refusals import bad_request

if TYPE_CHECKING:
    from sandbox.telegram.chats import Chat
    from sandbox.telegram.params import Params
    from sandbox.telegram.state import World


def delete_message(world: World, params: Params) -> bool:
    """Bot API: deleteMessage: the bot's own, any in a private chat, others' as an administrator."""
    chat = target.open_room(world, params)
    message_id = params.integer("message_id")
    if message_id not in chat.posts:
        raise bad_request(refusals.DELETE_NOT_FOUND)
    if not _may_delete(chat, message_id):
        raise bad_request(refusals.DELETE_FORBIDDEN)
    chat.remove(message_id)
    return True


def delete_messages(world: World, params: Params) -> bool:
    """Bot API: deleteMessages: what is not found is passed over."""
    chat = target.open_room(world, params)
    for message_id in params.structure("message_ids") or ():
        if message_id in chat.posts and _may_delete(chat, message_id):
            chat.remove(message_id)
    return True


def _may_delete(chat: Chat, message_id: int) -> bool:
    own = chat.posts[message_id].sender == "bot"
    return own or chat.kind == "private" or chat.standing == "administrator"


def set_message_reaction(world: World, params: Params) -> bool:
    """Bot API: setMessageReaction."""
    chat = target.open_room(world, params)
    message_id = params.integer("message_id")
    if message_id not in chat.posts:
        raise bad_request("message to react not found")
    chat.reactions[message_id] = params.structure("reaction") or []
    chat.tell()
    return True
