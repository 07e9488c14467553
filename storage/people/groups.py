"""Rules of groups: which effects, who may ask, how many videos a day, which language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from storage.database import Database

_THEME_PREFIX = "theme:"
_MAX_CACHED = 10_000  # groups

# True if the group's admins have left the effect on: `GroupRules.allows` in SQL.
EFFECT_ALLOWED = """(:chat_id > 0
    OR EXISTS (SELECT 1 FROM group_switches WHERE chat_id = :chat_id AND name = 'theme:' || :theme)
        = EXISTS (SELECT 1 FROM group_switches WHERE chat_id = :chat_id AND name = :effect))"""
# True if the user may ask for videos in the group.
OPEN_TO_ASKER = """(:chat_id > 0 OR :by_admin = 1
    OR NOT EXISTS (SELECT 1 FROM groups WHERE chat_id = :chat_id AND who = 'admins'))"""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRules:
    """The rules of one group, set by its admins.

    Attributes:
        admins_only: whether only its admins may ask for videos.
        daily: videos in 24 hours; None for the operator's limit.
        language: None for the language of the user who asks.
        greeted_at: when the bot introduced itself (Unix seconds), or None.
        switches: themes that are off, such as `theme:pets`, and effects that differ from their theme.
    """

    admins_only: bool = False
    daily: int | None = None
    language: str | None = None
    greeted_at: float | None = None
    switches: frozenset[str] = frozenset()

    def allows_theme(self, theme: str) -> bool:
        """Return True if the theme as a whole is on."""
        return f"{_THEME_PREFIX}{theme}" not in self.switches

    def allows(self, effect: str, theme: str) -> bool:
        """Return True if this effect of this theme is on."""
        return self.allows_theme(theme) != (effect in self.switches)


DEFAULT_RULES = GroupRules()
"""The rules of private chats, and of groups that have set none."""


class Groups:
    """The tables `groups` and `group_switches`. Only this process writes them, so what was read is cached."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._cache: dict[int, GroupRules] = {}

    async def rules(self, chat_id: int) -> GroupRules:
        """Return the rules of a chat; a private chat has the default ones."""
        if chat_id > 0:
            return DEFAULT_RULES
        if chat_id not in self._cache:
            if len(self._cache) > _MAX_CACHED:
                self._cache.clear()
            self._cache[chat_id] = await self._load(chat_id)
        return self._cache[chat_id]

    async def _load(self, chat_id: int) -> GroupRules:
        row = await self._database.fetch_one("SELECT * FROM groups WHERE chat_id = ?", (chat_id,))
        switches = await self._database.execute("SELECT name FROM group_switches WHERE chat_id = ?", (chat_id,))
        names = frozenset(switch["name"] for switch in switches)
        if row is None:
            return GroupRules(switches=names)
        return GroupRules(
            admins_only=row["who"] == "admins",
            daily=row["daily"],
            language=row["language"],
            greeted_at=row["greeted_at"],
            switches=names,
        )

    async def languages(self) -> dict[int, str]:
        """Return the language of each group that chose one, by chat id."""
        rows = await self._database.execute("SELECT chat_id, language FROM groups WHERE language IS NOT NULL")
        return {row["chat_id"]: row["language"] for row in rows}

    async def set(
        self,
        chat_id: int,
        rule: Literal["who", "daily", "language", "greeted_at"],
        value: str | float | None,
    ) -> None:
        """Change one rule; the others stay."""
        await self._database.execute(
            f"""INSERT INTO groups (chat_id, {rule}) VALUES (:chat_id, :value)
                ON CONFLICT (chat_id) DO UPDATE SET {rule} = excluded.{rule}""",
            {"chat_id": chat_id, "value": value},
        )
        self._cache.pop(chat_id, None)

    async def set_switch(self, chat_id: int, name: str, *, on: bool) -> None:
        """Add a name to the group's switches, or remove it."""
        if on:
            sql = "INSERT INTO group_switches (chat_id, name) VALUES (?, ?) ON CONFLICT (chat_id, name) DO NOTHING"
        else:
            sql = "DELETE FROM group_switches WHERE chat_id = ? AND name = ?"
        await self._database.execute(sql, (chat_id, name))
        self._cache.pop(chat_id, None)

    async def set_theme(self, chat_id: int, theme: str, effects: list[str], *, on: bool) -> None:
        """Turn a theme with all its effects on or off."""
        async with self._database.transaction() as transaction:
            await transaction.executemany(
                "DELETE FROM group_switches WHERE chat_id = ? AND name = ?",
                [(chat_id, name) for name in (f"{_THEME_PREFIX}{theme}", *effects)],
            )
            if not on:
                await transaction.execute(
                    "INSERT INTO group_switches (chat_id, name) VALUES (?, ?)", (chat_id, f"{_THEME_PREFIX}{theme}")
                )
        self._cache.pop(chat_id, None)

    async def move_chat(self, old: int, new: int) -> None:
        """Move a group's rules to its supergroup, as far as it has none of its own there."""
        async with self._database.transaction() as transaction:
            await transaction.execute(
                """INSERT INTO groups (chat_id, who, daily, language, greeted_at)
                   SELECT ?, who, daily, language, greeted_at FROM groups WHERE chat_id = ?
                   ON CONFLICT (chat_id) DO NOTHING""",
                (new, old),
            )
            await transaction.execute(
                """INSERT INTO group_switches (chat_id, name)
                   SELECT ?, name FROM group_switches WHERE chat_id = ? ON CONFLICT (chat_id, name) DO NOTHING""",
                (new, old),
            )
            for table in ("groups", "group_switches"):
                await transaction.execute(f"DELETE FROM {table} WHERE chat_id = ?", (old,))
        self._cache.pop(old, None)
        self._cache.pop(new, None)
