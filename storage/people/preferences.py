"""What users have chosen in /settings."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class UserPreferences:
    """One user's choices; None for the operator's setting, or for the language that Telegram reports.

    Attributes:
        quality: of effects.
        duration: seconds, for effects that can be made in this length.
        service: the preferred video service.
        animate_model: the preferred image-to-video model.
        language: a language code, such as `en`.
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
        """Return the user's choices."""
        row = await self._database.fetch_one(
            f"SELECT {', '.join(_COLUMNS)} FROM choices WHERE person_id = ?", (person_id,)
        )
        return UserPreferences(**dict(row)) if row else UserPreferences()

    async def set(self, person_id: int, name: str, value: str | int | None) -> None:
        """Set one choice; the others stay.

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
        """Return the language of each user who chose one, by user id."""
        rows = await self._database.execute("SELECT person_id, language FROM choices WHERE language IS NOT NULL")
        return {int(row[0]): str(row[1]) for row in rows}
