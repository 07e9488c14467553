"""All tables of one database, as the rest of the bot is given them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from storage.admin_notices import Notices
from storage.consents import Consents
from storage.database import Database
from storage.drafts import Drafts
from storage.groups import Groups
from storage.inbox import Inbox
from storage.inline import Inline
from storage.jobs import Jobs
from storage.key_values import Installation
from storage.preferences import Choices
from storage.reports import Spending, Tally
from storage.retired_scenes import Retired
from storage.status_messages import Cards
from storage.transitions import Lifecycle
from storage.users import People

if TYPE_CHECKING:
    from pathlib import Path


class Store:
    """One open database and its tables."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.inbox = Inbox(database)
        self.drafts = Drafts(database)
        self.jobs = Jobs(database)
        self.lifecycle = Lifecycle(database)
        self.cards = Cards(database)
        self.notices = Notices(database)
        self.people = People(database)
        self.consents = Consents(database)
        self.groups = Groups(database)
        self.retired = Retired(database)
        self.choices = Choices(database)
        self.installation = Installation(database)
        self.inline = Inline(database)
        self.spending = Spending(database)
        self.tally = Tally(database)

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Open the file; see `Database.open`."""
        return cls(await Database.open(path))

    async def close(self) -> None:
        """Close the file."""
        await self.database.close()

    async def move_chat(self, old: int, new: int, *, now: float) -> None:
        """A group became a supergroup: everything of it follows."""
        await self.jobs.move_chat(old, new, now=now)
        await self.drafts.move_chat(old, new, now=now)
        await self.groups.move_chat(old, new)
