"""What people have chosen in /settings."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class UserPreferences:
    """One person's choices; None: whatever the operator has set, or Telegram says.

    Attributes:
        quality: of effects.
        duration: seconds, where the effect can be made so long.
        service: the video service that is preferred.
        animate_model: which model sets photos in motion.
        language: the code of a language.
    """

    quality: str | None = None
    duration: int | None = None
    service: str | None = None
    animate_model: str | None = None
    language: str | None = None


_COLUMNS = tuple(field.name for field in fields(UserPreferences))


class Preferences:
    """The table `choices`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, person_id: int) -> UserPreferences:
        """What this person has chosen."""
        row = await self._database.fetch_one(
            f"SELECT {', '.join(_COLUMNS)} FROM choices WHERE person_id = ?", (person_id,)
        )
        return UserPreferences(**dict(row)) if row else UserPreferences()

    async def set(self, person_id: int, name: str, value: str | int | None) -> None:
        """Set one choice, the others stay.

        Raises:
            ValueError: there is no choice of that name.
        """
        if name not in _COLUMNS:
            raise ValueError(f"no choice {name}")
        await self._database.execute(
            f"""INSERT INTO choices (person_id, {name}) VALUES (?, ?)
                ON CONFLICT (person_id) DO UPDATE SET {name} = excluded.{name}""",
            (person_id, value),
        )

    async def languages(self) -> dict[int, str]:
        """The language of each person who chose one."""
        rows = await self._database.execute("SELECT person_id, language FROM choices WHERE language IS NOT NULL")
        return {int(row[0]): str(row[1]) for row in rows}
