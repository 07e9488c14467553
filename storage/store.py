"""`Store`: one open database, with one attribute for each subject.

Four classes work on the table `jobs`:

- `jobs` creates jobs within the limits, reads them, and orders the queue.
- `transitions` moves jobs from state to state.
- `status_messages` knows which status messages are due, and records what was drawn.
- `reports` counts jobs, money, time and history.

Every other class has a subject of its own:

- `inbox`: updates as Telegram sent them.
- `drafts`: requests that are not yet a job, and photos that were seen. `consents` handles their profile pictures.
- `inline`: what inline and guest mode offered, and the messages that came of it.
- `users`: users who were seen. `preferences`: what they chose in /settings. `groups`: the rules of groups.
- `admin_notices`, `retired_scenes`, `key_values`, `times`: what concerns the installation as a whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from storage.admin_notices import AdminNotices
from storage.budgets import Spendings
from storage.database import Database
from storage.drafts import Drafts
from storage.inbox import Inbox
from storage.inline import InlineOffers
from storage.installation import KeyValues, RetiredScenes
from storage.jobs import Jobs
from storage.people.access import Access
from storage.people.consents import Consents
from storage.people.groups import Groups
from storage.people.personal_data import PersonalData
from storage.people.preferences import Preferences
from storage.people.users import Users
from storage.reports import Reports
from storage.status_messages import StatusMessages
from storage.times import Times
from storage.transitions import Transitions

if TYPE_CHECKING:
    from pathlib import Path


class Store:
    """One open database and its tables; see the module's docstring."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.inbox = Inbox(database)
        self.drafts = Drafts(database)
        self.jobs = Jobs(database)
        self.transitions = Transitions(database)
        self.status_messages = StatusMessages(database)
        self.reports = Reports(database)
        self.spendings = Spendings(database)
        self.consents = Consents(database)
        self.access = Access(database)
        self.personal_data = PersonalData(database)
        self.inline = InlineOffers(database)
        self.users = Users(database)
        self.preferences = Preferences(database)
        self.groups = Groups(database)
        self.admin_notices = AdminNotices(database)
        self.retired_scenes = RetiredScenes(database)
        self.key_values = KeyValues(database)
        self.times = Times(database)

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Open the database file; see `Database.open`."""
        return cls(await Database.open(path))

    async def close(self) -> None:
        """Close the database file."""
        await self.database.close()

    async def move_chat(self, old: int, new: int, *, now: float) -> None:
        """Move everything of a group to the supergroup that it became; doing it again changes nothing."""
        await self.jobs.move_chat(old, new, now=now)
        await self.drafts.move_chat(old, new, now=now)
        await self.spendings.move_chat(old, new)
        await self.access.move_chat(old, new)
        await self.groups.move_chat(old, new)
