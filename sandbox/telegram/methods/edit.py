"""editMessageText, …Caption, …Media, …ReplyMarkup; deleteMessage, deleteMessages; setMessageReaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.telegram.formats import errors as refusals
from sandbox.telegram.formats.errors import bad_request
from sandbox.telegram.formats.keyboards import inline_keyboard, validated_markup
from sandbox.telegram.formats.texts import caption_fields, text_fields
from sandbox.telegram.methods import target as chat_target
from sandbox.telegram.methods.attachments import RIGHTS, resolve_file
from sandbox.telegram.methods.send import media_kind

if TYPE_CHECKING:
    from sandbox.telegram.chats.chat import Chat
    from sandbox.telegram.chats.messages import StoredMessage
    from sandbox.telegram.formats.params import Params
    from sandbox.telegram.server_state import ServerState

MEDIA_FIELDS = ("photo", "video", "document", "animation", "video_url", "photo_url", "document_url")
_CONTENT_FIELDS = ("text", "entities", "link_preview_options", "caption", "caption_entities", *MEDIA_FIELDS)


@dataclass(frozen=True, slots=True)
class _EditTarget:
    """The message to edit. `chat` is None for an inline message."""

    message: StoredMessage
    chat: Chat | None

    def has(self, *names: str) -> bool:
        return any(name in self.message.raw for name in names)


def edit_message_text(state: ServerState, params: Params) -> Any:
    """Bot API: editMessageText."""
    target = _edit_target(state, params)
    if not target.has("text"):
        raise bad_request(refusals.NO_TEXT_TO_EDIT)
    return _apply_edit(state, params, target, text_fields(params.values))


def edit_message_caption(state: ServerState, params: Params) -> Any:
    """Bot API: editMessageCaption."""
    target = _edit_target(state, params)
    if not target.has(*MEDIA_FIELDS):
        raise bad_request(refusals.NO_CAPTION_TO_EDIT)
    return _apply_edit(state, params, target, _current(target, MEDIA_FIELDS) | caption_fields(params.values))


async def edit_message_media(state: ServerState, params: Params) -> Any:
    """Bot API: editMessageMedia. A text may become a video; an inline message takes no upload."""
    target = _edit_target(state, params)
    media = params.json("media")
    kind = media_kind(media)
    if target.chat is not None:
        chat_target.require_right(target.chat, RIGHTS[kind])
    stored = await resolve_file(state, params, kind, media, "media", uploads=target.chat is not None)
    if target.chat is not None and not target.message.exists:
        raise bad_request(refusals.EDIT_NOT_FOUND)
    return _apply_edit(state, params, target, {stored.kind: stored.api_object} | caption_fields(media))


def edit_message_reply_markup(state: ServerState, params: Params) -> Any:
    """Bot API: editMessageReplyMarkup."""
    target = _edit_target(state, params)
    return _apply_edit(state, params, target, _current(target, _CONTENT_FIELDS))


def _edit_target(state: ServerState, params: Params) -> _EditTarget:
    inline_id = params.get("inline_message_id")
    if inline_id is not None:
        message = state.inline.stored_messages.get(inline_id)
        if message is None or not message.exists:
            raise bad_request("MESSAGE_ID_INVALID")
        return _EditTarget(message, None)
    chat = chat_target.usable_chat(state, params)
    message = chat.stored_messages.get(params.integer("message_id"))
    if message is None:
        raise bad_request(refusals.EDIT_NOT_FOUND)
    other_markup = message.markup is not None and "inline_keyboard" not in message.markup  # Bot API: Updating messages
    if message.sender != "bot" or other_markup:
        raise bad_request(refusals.EDIT_FORBIDDEN)
    return _EditTarget(message, chat)


def _current(target: _EditTarget, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: target.message.raw[name] for name in names if name in target.message.raw}


def _apply_edit(state: ServerState, params: Params, target: _EditTarget, content: dict[str, Any]) -> Any:
    """Add the new version. Buttons that are not sent again are removed, as in Telegram."""
    markup = validated_markup(params.json("reply_markup"))
    keyboard = inline_keyboard(markup)
    old = target.message.raw
    if content == _current(target, _CONTENT_FIELDS) and keyboard == old.get("reply_markup"):
        raise bad_request(refusals.NOT_MODIFIED)
    raw = {name: old[name] for name in old if name not in _CONTENT_FIELDS and name != "reply_markup"}
    raw |= {"edit_date": state.now()} | content
    if keyboard:
        raw["reply_markup"] = keyboard
    if target.chat is None:
        state.inline.add_version(target.message, raw, markup)
        return True
    target.chat.add_version(target.message, raw, markup)
    return raw


def delete_message(state: ServerState, params: Params) -> bool:
    """Bot API: deleteMessage. The bot may delete its own messages, and any in a private chat or as an administrator."""
    chat = chat_target.usable_chat(state, params)
    message_id = params.integer("message_id")
    if message_id not in chat.stored_messages:
        raise bad_request(refusals.DELETE_NOT_FOUND)
    if not _may_delete(chat, message_id):
        raise bad_request(refusals.DELETE_FORBIDDEN)
    chat.remove_message(message_id)
    return True


def delete_messages(state: ServerState, params: Params) -> bool:
    """Bot API: deleteMessages. Messages that are not found are skipped."""
    chat = chat_target.usable_chat(state, params)
    for message_id in params.json("message_ids") or ():
        if message_id in chat.stored_messages and _may_delete(chat, message_id):
            chat.remove_message(message_id)
    return True


def _may_delete(chat: Chat, message_id: int) -> bool:
    own = chat.stored_messages[message_id].sender == "bot"
    return own or chat.kind == "private" or chat.bot_status == "administrator"


def set_message_reaction(state: ServerState, params: Params) -> bool:
    """Bot API: setMessageReaction."""
    chat = chat_target.usable_chat(state, params)
    message_id = params.integer("message_id")
    if message_id not in chat.stored_messages:
        raise bad_request("message to react not found")
    chat.reactions[message_id] = params.json("reaction") or []
    chat.notify()
    return True
