"""sendMessage, sendPhoto, sendVideo, sendDocument, sendMediaGroup, sendChatAction, copyMessage, forwardMessage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from sandbox.telegram.formats import errors as refusals
from sandbox.telegram.formats.errors import bad_request
from sandbox.telegram.formats.keyboards import inline_keyboard, validated_markup
from sandbox.telegram.formats.texts import caption_fields, text_fields
from sandbox.telegram.methods import target
from sandbox.telegram.methods.attachments import RIGHTS, resolve_file

if TYPE_CHECKING:
    from sandbox.telegram.chats.chat import Chat
    from sandbox.telegram.chats.messages import StoredMessage
    from sandbox.telegram.formats.params import Params
    from sandbox.telegram.server_state import ServerState

MediaKind = Literal["photo", "video", "animation", "document"]
_MEDIA_KINDS: tuple[MediaKind, ...] = ("photo", "video", "animation", "document")
CHAT_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def send_message(state: ServerState, params: Params) -> dict[str, Any]:
    """Bot API: sendMessage."""
    chat = target.usable_chat(state, params)
    target.require_right(chat, "text messages")
    body = text_fields(params.values)
    preview = params.json("link_preview_options")
    if preview:
        body["link_preview_options"] = preview
    return post_message(state, chat, params, body)


async def send_photo(state: ServerState, params: Params) -> dict[str, Any]:
    """Bot API: sendPhoto."""
    return await _send_media(state, params, "photo")


async def send_video(state: ServerState, params: Params) -> dict[str, Any]:
    """Bot API: sendVideo. Bytes that are not an MP4 arrive as a document."""
    return await _send_media(state, params, "video")


async def send_document(state: ServerState, params: Params) -> dict[str, Any]:
    """Bot API: sendDocument."""
    return await _send_media(state, params, "document")


async def _send_media(state: ServerState, params: Params, kind: MediaKind) -> dict[str, Any]:
    chat = target.usable_chat(state, params)
    target.require_right(chat, RIGHTS[kind])
    stored = await resolve_file(state, params, kind, params.values, kind)
    return post_message(state, chat, params, {stored.kind: stored.api_object} | caption_fields(params.values))


async def send_media_group(state: ServerState, params: Params) -> list[dict[str, Any]]:
    """Bot API: sendMediaGroup, 2 to 10 items."""
    chat = target.usable_chat(state, params)
    items = params.json("media") or []
    if not 2 <= len(items) <= 10:
        raise bad_request("wrong number of items in media group: 2-10 expected")
    bodies = []
    for item in items:
        kind = media_kind(item)
        target.require_right(chat, RIGHTS[kind])
        stored = await resolve_file(state, params, kind, item, "media")
        bodies.append({stored.kind: stored.api_object} | caption_fields(item))
    group = {"media_group_id": str(state.next_number())}
    return [post_message(state, chat, params, body | group) for body in bodies]


def media_kind(item: Any) -> MediaKind:
    """Return the kind of an `InputMedia`.

    Raises:
        ApiError: the fake server does not support this kind.
    """
    type_ = item.get("type") if isinstance(item, dict) else None
    for kind in _MEDIA_KINDS:
        if kind == type_:
            return kind
    raise bad_request("can't parse InputMedia: type must be photo, video or document")


def post_message(state: ServerState, chat: Chat, params: Params, body: dict[str, Any]) -> dict[str, Any]:
    """Add a new message of the bot; return the `Message`."""
    markup = validated_markup(params.json("reply_markup"))
    fields = target.placement_fields(chat, params)
    raw: dict[str, Any] = {"message_id": chat.next_message_id(), "date": state.now(), "chat": chat.api_object}
    raw |= {"sender_chat": raw["chat"]} if chat.kind == "channel" else {"from": state.account.user()}
    raw |= fields | body
    keyboard = inline_keyboard(markup)
    if keyboard:
        raw["reply_markup"] = keyboard
    chat.bot_spoke_last = True
    chat.add_message("bot", raw, markup)
    return raw


def send_chat_action(state: ServerState, params: Params) -> bool:
    """Bot API: sendChatAction."""
    chat = target.usable_chat(state, params)
    action = params.string("action")
    if action not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.chat_actions.append(action)
    chat.notify()
    return True


def copy_message(state: ServerState, params: Params) -> dict[str, Any]:
    """Bot API: copyMessage."""
    chat, source = _target_and_source(state, params, refusals.COPY_NOT_FOUND, refusals.COPY_FORBIDDEN)
    body = {name: source.raw[name] for name in _COPIED_FIELDS if name in source.raw}
    if params.get("caption") is not None:
        body = {name: body[name] for name in body if not name.startswith("caption")} | caption_fields(params.values)
    return {"message_id": post_message(state, chat, params, body)["message_id"]}


def forward_message(state: ServerState, params: Params) -> dict[str, Any]:
    """Bot API: forwardMessage."""
    chat, source = _target_and_source(state, params, refusals.FORWARD_NOT_FOUND, refusals.FORWARD_FORBIDDEN)
    body = {name: source.raw[name] for name in _COPIED_FIELDS if name in source.raw}
    author = source.raw.get("from", state.account.user())
    origin = {"type": "user", "sender_user": author, "date": source.raw["date"]}
    return post_message(state, chat, params, body | {"forward_origin": origin})


_COPIED_FIELDS = (
    "text",
    "entities",
    "caption",
    "caption_entities",
    "photo",
    "video",
    "document",
    "animation",
    "sticker",
    "voice",
)


def _target_and_source(
    state: ServerState, params: Params, not_found: str, forbidden: str
) -> tuple[Chat, StoredMessage]:
    chat = target.usable_chat(state, params)
    source_chat = target.known_chat(state, params, "from_chat_id")
    source = source_chat.stored_messages.get(params.integer("message_id"))
    if source is None:
        raise bad_request(not_found)
    if source_chat.is_protected:
        raise bad_request(forbidden)
    return chat, source
