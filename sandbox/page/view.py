"""Chats and messages as the page draws them. Text travels as text with its entities, never as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.telegram import Chat, Person, Telegram
    from sandbox.telegram.messages import Post

_MEDIA = ("photo", "video", "animation", "document", "sticker", "voice")
_SNIPPET = 120  # characters


def chat_view(telegram: Telegram, room: Chat) -> dict[str, Any]:
    """Describe a chat: who is in it, and the commands in its menu."""
    private = room.kind == "private"
    return {
        "id": room.id,
        "kind": room.kind,
        "title": telegram.account.first_name if private else room.title,
        "bot": telegram.account.username,
        "people": [_person(person) for person in room.members.values()],
        "commands": _commands(telegram, room),
        "about": _about(telegram),
        "gone": room.standing in {"left", "kicked"} or bool(room.migrated_to),
    }


def message_view(room: Chat, post: Post) -> dict[str, Any]:
    """Describe the newest version of a message."""
    raw = post.raw
    sender = raw.get("sender_chat") or raw.get("from") or {}
    quoted = raw.get("reply_to_message")
    return {
        "chat": room.id,
        "id": raw["message_id"],
        "from": None if post.sender == "bot" else sender.get("id"),
        "name": _name(sender),
        "date": raw["date"],
        "edited": "edit_date" in raw and post.sender != "bot",
        "album": raw.get("media_group_id"),
        "text": raw.get("text", raw.get("caption", "")),
        "entities": raw.get("entities", raw.get("caption_entities", [])),
        "media": _media(raw),
        "reply": _quote(quoted) if quoted else None,
        "keys": raw.get("reply_markup", {}).get("inline_keyboard", []),
        "asks": _asks(room, post),
    }


def _person(person: Person) -> dict[str, Any]:
    face = f"/faces/{person.id}" if person.picture else None
    return {"id": person.id, "name": _name(person.user()), "face": face}


def _name(who: Mapping[str, Any]) -> str:
    return who.get("title") or " ".join(who[key] for key in ("first_name", "last_name") if who.get(key)) or "Deleted"


def _commands(telegram: Telegram, room: Chat) -> list[dict[str, Any]]:
    """Choose the menu as Telegram's apps do, for people who read English (Bot API: BotCommandScope)."""
    kind = "all_private_chats" if room.kind == "private" else "all_group_chats"
    scopes = ((scope, language) for scope in (f"chat:{room.id}", kind, "default") for language in ("en", ""))
    return next((telegram.commands[key] for key in scopes if telegram.commands.get(key)), [])


def _about(telegram: Telegram) -> str:
    """Return what an empty chat with the bot shows (Bot API: setMyDescription)."""
    words = telegram.account.words
    return words.get(("description", "en")) or words.get(("description", ""), "")


def _media(raw: Mapping[str, Any]) -> dict[str, Any] | None:
    kind = next((name for name in _MEDIA if name in raw), None)
    if kind is None:
        return None
    body = raw[kind][-1] if kind == "photo" else raw[kind]
    small = body.get("thumbnail") or {}
    return {
        "kind": "video" if kind == "animation" else kind,
        "url": f"/media/{body['file_id']}",
        "small": f"/media/{small['file_id']}" if small else None,
        "width": body.get("width"),
        "height": body.get("height"),
        "name": body.get("file_name"),
        "size": body.get("file_size"),
    }


def _quote(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Describe the message that another one answers: its author, its first words, its picture."""
    media = _media(raw)
    words = raw.get("text", raw.get("caption", ""))
    picture = raw["photo"][0] if "photo" in raw else (media or {}).get("small")
    return {
        "id": raw["message_id"],
        "name": _name(raw.get("sender_chat") or raw.get("from") or {}),
        "text": words[:_SNIPPET] or (media["kind"].capitalize() if media else "Message"),
        "small": f"/media/{picture['file_id']}" if isinstance(picture, dict) else picture,
    }


def _asks(room: Chat, post: Post) -> dict[str, Any] | None:
    """Say who is asked to reply; a selective request is for the author of the message that it answers."""
    markup = post.markup or {}
    if not markup.get("force_reply"):
        return None
    author = post.raw.get("reply_to_message", {}).get("from", {}).get("id")
    people = [author] if markup.get("selective") and room.kind != "private" else list(room.members)
    return {"people": people, "placeholder": markup.get("input_field_placeholder", "")}
