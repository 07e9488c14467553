"""Which messages of a group a bot gets to see (Bot features: privacy mode)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.telegram.entities import cut

if TYPE_CHECKING:
    from sandbox.telegram.account import Account
    from sandbox.telegram.rooms import Room


def visible(room: Room, raw: dict[str, Any], account: Account) -> bool:
    """Tell whether the bot gets this message of a person as an update."""
    if room.standing in {"left", "kicked", "stranger"}:
        return False
    if room.kind in {"private", "channel"} or not account.privacy or room.standing == "administrator":
        return True
    if raw.get("via_bot", {}).get("id") == account.id or _is_service(raw):
        return True
    if raw.get("reply_to_message", {}).get("from", {}).get("id") == account.id:
        return True
    command = _command(raw)
    return account.is_addressed(command) if "@" in command else bool(command) and room.bot_spoke_last


def _command(raw: dict[str, Any]) -> str:
    words = raw.get("text", raw.get("caption", ""))
    for entity in raw.get("entities", raw.get("caption_entities", ())):
        if entity["type"] == "bot_command" and entity["offset"] == 0:
            return cut(words, 0, entity["length"])
    return ""


def _is_service(raw: dict[str, Any]) -> bool:
    return any(name in raw for name in SERVICE)


SERVICE = (
    "new_chat_members",
    "left_chat_member",
    "new_chat_title",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "pinned_message",
    "forum_topic_created",
    "forum_topic_closed",
    "forum_topic_reopened",
)
"""The fields that make a message a service message."""
