"""All tables of one database, as the rest of the bot is given them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from storage.admin_notices import AdminNotices
from storage.consents import Consents
from storage.database import Database
from storage.drafts import Drafts
from storage.groups import Groups
from storage.inbox import Inbox
from storage.inline import InlineMode
from storage.jobs import Jobs
from storage.key_values import KeyValues
from storage.preferences import Preferences
from storage.reports import Reports
from storage.retired_scenes import RetiredScenes
from storage.status_messages import StatusMessages
from storage.transitions import Transitions
from storage.users import Users

if TYPE_CHECKING:
    from pathlib import Path


class Store:
    """One open database and its tables."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.inbox = Inbox(database)
        self.drafts = Drafts(database)
        self.jobs = Jobs(database)
        self.transitions = Transitions(database)
        self.status_messages = StatusMessages(database)
        self.admin_notices = AdminNotices(database)
        self.users = Users(database)
        self.consents = Consents(database)
        self.groups = Groups(database)
        self.retired_scenes = RetiredScenes(database)
        self.preferences = Preferences(database)
        self.key_values = KeyValues(database)
        self.inline = InlineMode(database)
        self.reports = Reports(database)

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
