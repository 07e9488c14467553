"""sendMessage, sendPhoto, sendVideo, sendDocument, sendMediaGroup, sendChatAction, copies and forwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from sandbox.telegram.formats import errors as refusals
from sandbox.telegram.formats.errors import bad_request
from sandbox.telegram.formats.keyboards import checked, inline_part
from sandbox.telegram.formats.texts import caption_of, text_of
from sandbox.telegram.methods import target
from sandbox.telegram.methods.attachments import RIGHTS, attachment

if TYPE_CHECKING:
    from sandbox.telegram.chats.chat import Chat
    from sandbox.telegram.chats.messages import Post
    from sandbox.telegram.formats.params import Params
    from sandbox.telegram.server_state import World

Media = Literal["photo", "video", "animation", "document"]
_MEDIA: tuple[Media, ...] = ("photo", "video", "animation", "document")
ACTIONS = frozenset(
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


def send_message(world: World, params: Params) -> dict[str, Any]:
    """Bot API: sendMessage."""
    chat = target.open_room(world, params)
    target.allow(chat, "text messages")
    body = text_of(params.values)
    preview = params.structure("link_preview_options")
    if preview:
        body["link_preview_options"] = preview
    return publish(world, chat, params, body)


async def send_photo(world: World, params: Params) -> dict[str, Any]:
    """Bot API: sendPhoto."""
    return await _send_media(world, params, "photo")


async def send_video(world: World, params: Params) -> dict[str, Any]:
    """Bot API: sendVideo. Bytes that are no MP4 arrive as a document."""
    return await _send_media(world, params, "video")


async def send_document(world: World, params: Params) -> dict[str, Any]:
    """Bot API: sendDocument."""
    return await _send_media(world, params, "document")


async def _send_media(world: World, params: Params, kind: Media) -> dict[str, Any]:
    chat = target.open_room(world, params)
    target.allow(chat, RIGHTS[kind])
    stored = await attachment(world, params, kind, params.values, kind)
    return publish(world, chat, params, {stored.kind: stored.body} | caption_of(params.values))


async def send_media_group(world: World, params: Params) -> list[dict[str, Any]]:
    """Bot API: sendMediaGroup: 2 to 10 items."""
    chat = target.open_room(world, params)
    items = params.structure("media") or []
    if not 2 <= len(items) <= 10:
        raise bad_request("wrong number of items in media group: 2-10 expected")
    bodies = []
    for item in items:
        kind = media_kind(item)
        target.allow(chat, RIGHTS[kind])
        stored = await attachment(world, params, kind, item, "media")
        bodies.append({stored.kind: stored.body} | caption_of(item))
    group = {"media_group_id": str(world.next_number())}
    return [publish(world, chat, params, body | group) for body in bodies]


def media_kind(item: Any) -> Media:
    """Tell which kind an `InputMedia` is.

    Raises:
        RefusalError: none that the stand-in knows.
    """
    named = item.get("type") if isinstance(item, dict) else None
    for kind in _MEDIA:
        if kind == named:
            return kind
    raise bad_request("can't parse InputMedia: type must be photo, video or document")


def publish(world: World, chat: Chat, params: Params, body: dict[str, Any]) -> dict[str, Any]:
    """Show a new message of the bot; returns the `Message`."""
    markup = checked(params.structure("reply_markup"))
    fields = target.place(chat, params)
    raw: dict[str, Any] = {"message_id": chat.next_message_id(), "date": world.now(), "chat": chat.object}
    raw |= {"sender_chat": raw["chat"]} if chat.kind == "channel" else {"from": world.account.user()}
    raw |= fields | body
    keyboard = inline_part(markup)
    if keyboard:
        raw["reply_markup"] = keyboard
    chat.bot_spoke_last = True
    chat.add("bot", raw, markup)
    return raw


def send_chat_action(world: World, params: Params) -> bool:
    """Bot API: sendChatAction."""
    chat = target.open_room(world, params)
    action = params.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.actions.append(action)
    chat.tell()
    return True


def copy_message(world: World, params: Params) -> dict[str, Any]:
    """Bot API: copyMessage."""
    chat, source = _pair(world, params, refusals.COPY_NOT_FOUND, refusals.COPY_FORBIDDEN)
    body = {name: source.raw[name] for name in _COPIED if name in source.raw}
    if params.get("caption") is not None:
        body = {name: body[name] for name in body if not name.startswith("caption")} | caption_of(params.values)
    return {"message_id": publish(world, chat, params, body)["message_id"]}


def forward_message(world: World, params: Params) -> dict[str, Any]:
    """Bot API: forwardMessage."""
    chat, source = _pair(world, params, refusals.FORWARD_NOT_FOUND, refusals.FORWARD_FORBIDDEN)
    body = {name: source.raw[name] for name in _COPIED if name in source.raw}
    author = source.raw.get("from", world.account.user())
    origin = {"type": "user", "sender_user": author, "date": source.raw["date"]}
    return publish(world, chat, params, body | {"forward_origin": origin})


_COPIED = (
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


def _pair(world: World, params: Params, missing: str, forbidden: str) -> tuple[Chat, Post]:
    chat = target.open_room(world, params)
    room = target.room(world, params, "from_chat_id")
    source = room.posts.get(params.integer("message_id"))
    if source is None:
        raise bad_request(missing)
    if room.protected:
        raise bad_request(forbidden)
    return chat, source
