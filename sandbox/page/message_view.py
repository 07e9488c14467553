"""Messages as the page shows them. A text is sent with its entities, never as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.telegram import Chat
    from sandbox.telegram.chats.messages import StoredMessage

_MEDIA = ("photo", "video", "animation", "document", "sticker", "voice")
_MAX_QUOTE_LENGTH = 120  # characters


def message_view(chat: Chat, message: StoredMessage) -> dict[str, Any]:
    """Return the newest version of a message."""
    raw = message.raw
    sender = raw.get("sender_chat") or raw.get("from") or {}
    quoted = _replied_message(raw)
    return {
        "chat": chat.id,
        "id": raw["message_id"],
        "thread": raw.get("message_thread_id"),
        "from": None if message.sender == "bot" else sender.get("id"),
        "name": name_of(sender),
        "via": raw.get("via_bot", {}).get("username"),
        "date": raw["date"],
        "edited": "edit_date" in raw and message.sender != "bot" and message.inline_id is None,
        "album": raw.get("media_group_id"),
        "text": raw.get("text", raw.get("caption", "")),
        "entities": raw.get("entities", raw.get("caption_entities", [])),
        "media": _media_view(raw),
        "reply": _quote_view(quoted) if quoted else None,
        "keyboard": raw.get("reply_markup", {}).get("inline_keyboard", []),
        "asks": _force_reply(chat, message),
        "event": _service_text(raw, name_of(sender)),
    }


def name_of(account: Mapping[str, Any]) -> str:
    """Return the name of a person, bot or chat as Telegram's apps show it."""
    return (
        account.get("title")
        or " ".join(account[key] for key in ("first_name", "last_name") if account.get(key))
        or "Deleted"
    )


def _service_text(raw: Mapping[str, Any], name: str) -> str | None:
    """Return the text of a service message, or None for any other message."""
    if "new_chat_members" in raw:
        return f"{name} added {', '.join(map(name_of, raw['new_chat_members']))}"
    if "left_chat_member" in raw:
        return f"{name_of(raw['left_chat_member'])} left"
    if "forum_topic_created" in raw:
        return f"{name} opened the topic {raw['forum_topic_created']['name']}"
    sentences = {
        "new_chat_title": "changed the group's name",
        "pinned_message": "pinned a message",
        "migrate_to_chat_id": "made this group a supergroup",
        "migrate_from_chat_id": "made this a supergroup",
        "forum_topic_closed": "closed the topic",
        "forum_topic_reopened": "opened the topic again",
    }
    return next((f"{name} {text}" for field, text in sentences.items() if field in raw), None)


def _media_view(raw: Mapping[str, Any]) -> dict[str, Any] | None:
    kind = next((name for name in _MEDIA if name in raw), None)
    if kind is None:
        return None
    body = raw[kind][-1] if kind == "photo" else raw[kind]
    thumbnail = body.get("thumbnail") or {}
    return {
        "kind": "video" if kind == "animation" else kind,
        "url": f"/media/{body['file_id']}",
        "small": f"/media/{thumbnail['file_id']}" if thumbnail else None,
        "width": body.get("width"),
        "height": body.get("height"),
        "name": body.get("file_name"),
        "size": body.get("file_size"),
    }


def _replied_message(raw: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the message that this one replies to, or None. In topics, other messages name the topic's first one."""
    quoted: dict[str, Any] | None = raw.get("reply_to_message")
    return None if quoted is None or "forum_topic_created" in quoted else quoted


def _quote_view(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return the message that another one replies to: its author, the beginning of its text, its thumbnail."""
    media = _media_view(raw)
    text = raw.get("text", raw.get("caption", ""))
    thumbnail = raw["photo"][0] if "photo" in raw else (media or {}).get("small")
    return {
        "id": raw["message_id"],
        "name": name_of(raw.get("sender_chat") or raw.get("from") or {}),
        "text": text[:_MAX_QUOTE_LENGTH] or (media["kind"].capitalize() if media else "Message"),
        "small": f"/media/{thumbnail['file_id']}" if isinstance(thumbnail, dict) else thumbnail,
    }


def _force_reply(chat: Chat, message: StoredMessage) -> dict[str, Any] | None:
    """Return who is asked to reply; a selective request is for the author of the message that it replies to."""
    markup = message.markup or {}
    if not markup.get("force_reply"):
        return None
    author = message.raw.get("reply_to_message", {}).get("from", {}).get("id")
    people = [author] if markup.get("selective") and chat.kind != "private" else list(chat.members)
    return {"people": people, "placeholder": markup.get("input_field_placeholder", "")}
