"""Groups' own rules: which effects, who may ask, how many videos a day, which language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from storage.database import Database

_THEME_PREFIX = "theme:"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRules:
    """The rules of one group.

    Attributes:
        admins_only: whether only its admins may ask for videos.
        daily: videos in 24 hours; None: as the operator allows.
        language: None: that of the person who asks.
        greeted_at: when the bot introduced itself; Unix time in seconds.
        switches: themes that are off (`theme:pets`), and effects that are unlike their theme.
    """

    admins_only: bool = False
    daily: int | None = None
    language: str | None = None
    greeted_at: float | None = None
    switches: frozenset[str] = frozenset()

    def allows_theme(self, theme: str) -> bool:
        """Whether the theme as a whole is on."""
        return f"{_THEME_PREFIX}{theme}" not in self.switches

    def allows(self, effect: str, theme: str) -> bool:
        """Whether the effect of this theme is on."""
        return self.allows_theme(theme) != (effect in self.switches)


DEFAULT_RULES = GroupRules()
"""The rules where nobody made any."""


class Groups:
    """The tables `groups` and `group_switches`; this process alone writes them, so what was read stays true."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._cache: dict[int, GroupRules] = {}

    async def rules(self, chat_id: int) -> GroupRules:
        """The rules of a chat; those of a private chat are none."""
        if chat_id > 0:
            return DEFAULT_RULES
        if chat_id not in self._cache:
            if len(self._cache) > 10_000:
                self._cache.clear()
            self._cache[chat_id] = await self._load(chat_id)
        return self._cache[chat_id]

    async def _load(self, chat_id: int) -> GroupRules:
        row = await self._database.fetch_one("SELECT * FROM groups WHERE chat_id = ?", (chat_id,))
        names = await self._database.execute("SELECT name FROM group_switches WHERE chat_id = ?", (chat_id,))
        if row is None:
            return GroupRules(switches=frozenset(one["name"] for one in names))
        return GroupRules(
            admins_only=row["who"] == "admins",
            daily=row["daily"],
            language=row["language"],
            greeted_at=row["greeted_at"],
            switches=frozenset(one["name"] for one in names),
        )

    async def languages(self) -> dict[int, str]:
        """The language of each group that chose one."""
        rows = await self._database.execute("SELECT chat_id, language FROM groups WHERE language IS NOT NULL")
        return {row["chat_id"]: row["language"] for row in rows}

    async def set(
        self,
        chat_id: int,
        what: Literal["who", "daily", "language", "greeted_at"],
        value: str | float | None,
    ) -> None:
        """Change one rule."""
        await self._database.execute(
            f"""INSERT INTO groups (chat_id, {what}) VALUES (:chat_id, :value)
                ON CONFLICT (chat_id) DO UPDATE SET {what} = excluded.{what}""",
            {"chat_id": chat_id, "value": value},
        )
        self._cache.pop(chat_id, None)

    async def set_switch(self, chat_id: int, name: str, *, on: bool) -> None:
        """Put a name among the switches, or take it away."""
        if on:
            sql = "INSERT INTO group_switches (chat_id, name) VALUES (?, ?) ON CONFLICT DO NOTHING"
        else:
            sql = "DELETE FROM group_switches WHERE chat_id = ? AND name = ?"
        await self._database.execute(sql, (chat_id, name))
        self._cache.pop(chat_id, None)

    async def set_theme(self, chat_id: int, theme: str, effects: list[str], *, on: bool) -> None:
        """Switch a theme with all its effects on or off."""
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
        """A group became a supergroup: its rules follow, where it has none of its own there."""
        async with self._database.transaction() as transaction:
            for table in ("groups", "group_switches"):
                await transaction.execute(f"UPDATE OR IGNORE {table} SET chat_id = ? WHERE chat_id = ?", (new, old))
                await transaction.execute(f"DELETE FROM {table} WHERE chat_id = ?", (old,))
        self._cache.pop(old, None)
        self._cache.pop(new, None)
