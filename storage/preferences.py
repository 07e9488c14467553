"""What people have chosen in /settings."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
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


NAMES = tuple(field.name for field in fields(Choice))


class Choices:
    """The table `choices`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, person_id: int) -> Choice:
        """What this person has chosen."""
        row = await self._database.row(f"SELECT {', '.join(NAMES)} FROM choices WHERE person_id = ?", (person_id,))
        return Choice(**dict(row)) if row else Choice()

    async def choose(self, person_id: int, name: str, value: str | int | None) -> None:
        """Set one choice, the others stay.

        Raises:
            ValueError: there is no choice of that name.
        """
        if name not in NAMES:
            raise ValueError(f"no choice {name}")
        await self._database.rows(
            f"""INSERT INTO choices (person_id, {name}) VALUES (?, ?)
                ON CONFLICT (person_id) DO UPDATE SET {name} = excluded.{name}""",
            (person_id, value),
        )

    async def languages(self) -> dict[int, str]:
        """The language of each person who chose one."""
        rows = await self._database.rows("SELECT person_id, language FROM choices WHERE language IS NOT NULL")
        return {int(row[0]): str(row[1]) for row in rows}
