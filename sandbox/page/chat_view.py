"""Chats and people as the page shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.page.message_view import name_of

if TYPE_CHECKING:
    from sandbox.telegram import Chat, FakeTelegram, Person

_LANGUAGES = ("en", "")


def people_view(telegram: FakeTelegram) -> list[dict[str, Any]]:
    """Return everyone whom one can be on the page."""
    return [_person(person) for person in telegram.people.values()]


def chats_view(telegram: FakeTelegram) -> list[dict[str, Any]]:
    """Return every chat with people in it: first each person's chat with the bot, opened or not."""
    with_bot = [_private_chat(telegram, person) for person in telegram.people.values()]
    groups = [chat for chat in telegram.chats.values() if chat.kind != "private" and chat.members]
    return [*with_bot, *(_group(telegram, chat) for chat in groups)]


def _private_chat(telegram: FakeTelegram, person: Person) -> dict[str, Any]:
    details = {"title": telegram.account.first_name, "about": _about(telegram), "bot_inside": True, "gone": False}
    return _chat(telegram, person.id, "private", [person]) | details


def _group(telegram: FakeTelegram, chat: Chat) -> dict[str, Any]:
    inside = chat.bot_status in {"member", "administrator"}
    topics = [{"id": thread_id, "name": _topic_name(topic.root)} for thread_id, topic in chat.topics.items()]
    return _chat(telegram, chat.id, chat.kind, list(chat.members.values())) | {
        "title": chat.title,
        "about": "",
        "bot_inside": inside,
        "videos": "videos" not in chat.forbidden_kinds,
        "gone": chat.bot_status in {"left", "kicked"} or bool(chat.migrated_to),
        "topics": [{"id": None, "name": "General"}, *topics] if chat.is_forum else [],
        "admins": sorted({*chat.admins, *([chat.owner.id] if chat.owner else [])}),
        "admin_commands": _commands(telegram, chat.id, "all_chat_administrators", "all_group_chats"),
    }


def _chat(telegram: FakeTelegram, chat_id: int, kind: str, people: list[Person]) -> dict[str, Any]:
    scope = "all_private_chats" if kind == "private" else "all_group_chats"
    return {
        "id": chat_id,
        "kind": kind,
        "bot": telegram.account.username,
        "people": [_person(person) for person in people],
        "commands": _commands(telegram, chat_id, scope),
        "topics": [],
        "admins": [],
        "admin_commands": [],
    }


def _topic_name(root: dict[str, Any]) -> str:
    return str(root["forum_topic_created"]["name"])


def _person(person: Person) -> dict[str, Any]:
    face = f"/faces/{person.id}" if person.profile_photo else None
    return {"id": person.id, "name": name_of(person.user()), "username": person.username, "face": face}


def _commands(telegram: FakeTelegram, chat_id: int, *kinds: str) -> list[dict[str, Any]]:
    """Return the menu that Telegram's apps choose for people who read English (Bot API: BotCommandScope)."""
    scopes = ((scope, language) for scope in (f"chat:{chat_id}", *kinds, "default") for language in _LANGUAGES)
    return next((telegram.commands[key] for key in scopes if telegram.commands.get(key)), [])


def _about(telegram: FakeTelegram) -> str:
    """Return what an empty chat with the bot shows (Bot API: setMyDescription)."""
    texts = telegram.account.profile_texts
    return texts.get(("description", "en")) or texts.get(("description", ""), "")
