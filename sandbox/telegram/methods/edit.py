"""editMessageText, …Caption, …Media, …ReplyMarkup for messages in chats and for inline messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.telegram.formats import errors as refusals
from sandbox.telegram.formats.errors import bad_request
from sandbox.telegram.formats.keyboards import checked, inline_part
from sandbox.telegram.formats.texts import caption_of, text_of
from sandbox.telegram.methods import target
from sandbox.telegram.methods.attachments import RIGHTS, attachment
from sandbox.telegram.methods.send import media_kind

if TYPE_CHECKING:
    from sandbox.telegram.chats.chat import Chat
    from sandbox.telegram.chats.messages import Post
    from sandbox.telegram.formats.params import Params
    from sandbox.telegram.server_state import World

MEDIA = ("photo", "video", "document", "animation", "video_url", "photo_url", "document_url")
_CONTENT = ("text", "entities", "link_preview_options", "caption", "caption_entities", *MEDIA)


@dataclass(frozen=True, slots=True)
class _Edited:
    """The message to change. `chat` is None for an inline message."""

    post: Post
    chat: Chat | None

    def has(self, *names: str) -> bool:
        return any(name in self.post.raw for name in names)


def edit_message_text(world: World, params: Params) -> Any:
    """Bot API: editMessageText."""
    edited = _edited(world, params)
    if not edited.has("text"):
        raise bad_request(refusals.NO_TEXT_TO_EDIT)
    return _change(world, params, edited, text_of(params.values))


def edit_message_caption(world: World, params: Params) -> Any:
    """Bot API: editMessageCaption."""
    edited = _edited(world, params)
    if not edited.has(*MEDIA):
        raise bad_request(refusals.NO_CAPTION_TO_EDIT)
    return _change(world, params, edited, _kept(edited, MEDIA) | caption_of(params.values))


async def edit_message_media(world: World, params: Params) -> Any:
    """Bot API: editMessageMedia. A text may become a video; an inline message takes no upload."""
    edited = _edited(world, params)
    media = params.structure("media")
    kind = media_kind(media)
    if edited.chat is not None:
        target.allow(edited.chat, RIGHTS[kind])
    stored = await attachment(world, params, kind, media, "media", uploads=edited.chat is not None)
    if edited.chat is not None and not edited.post.alive:
        raise bad_request(refusals.EDIT_NOT_FOUND)
    return _change(world, params, edited, {stored.kind: stored.body} | caption_of(media))


def edit_message_reply_markup(world: World, params: Params) -> Any:
    """Bot API: editMessageReplyMarkup."""
    edited = _edited(world, params)
    return _change(world, params, edited, _kept(edited, _CONTENT))


def _edited(world: World, params: Params) -> _Edited:
    inline_id = params.get("inline_message_id")
    if inline_id is not None:
        post = world.inline.posts.get(inline_id)
        if post is None or not post.alive:
            raise bad_request("MESSAGE_ID_INVALID")
        return _Edited(post, None)
    chat = target.open_room(world, params)
    post = chat.posts.get(params.integer("message_id"))
    if post is None:
        raise bad_request(refusals.EDIT_NOT_FOUND)
    other_markup = post.markup is not None and "inline_keyboard" not in post.markup  # Bot API: Updating messages
    if post.sender != "bot" or other_markup:
        raise bad_request(refusals.EDIT_FORBIDDEN)
    return _Edited(post, chat)


def _kept(edited: _Edited, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: edited.post.raw[name] for name in names if name in edited.post.raw}


def _change(world: World, params: Params, edited: _Edited, content: dict[str, Any]) -> Any:
    """Show the new version. Buttons that are not sent again are gone, as in Telegram."""
    markup = checked(params.structure("reply_markup"))
    keyboard = inline_part(markup)
    old = edited.post.raw
    if content == _kept(edited, _CONTENT) and keyboard == old.get("reply_markup"):
        raise bad_request(refusals.NOT_MODIFIED)
    raw = {name: old[name] for name in old if name not in _CONTENT and name != "reply_markup"}
    raw |= {"edit_date": world.now()} | content
    if keyboard:
        raw["reply_markup"] = keyboard
    if edited.chat is None:
        world.inline.change(edited.post, raw, markup)
        return True
    edited.chat.change(edited.post, raw, markup)
    return raw


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
