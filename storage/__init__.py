"""The SQLite file: rows, states and transitions.

Only this package uses aiosqlite and sqlite3. It imports no other package of the project.
`storage.store` says which class has which method.
"""

from storage.database import Database, DatabaseError, StorageError, is_row_error
from storage.models import TRANSITIONS, Draft, DraftState, ImageToVideoOptions, InboxUpdate, Job, Photo, State
from storage.store import Store

__all__ = [
    "TRANSITIONS",
    "Database",
    "DatabaseError",
    "Draft",
    "DraftState",
    "ImageToVideoOptions",
    "InboxUpdate",
    "Job",
    "Photo",
    "State",
    "StorageError",
    "Store",
    "is_row_error",
]
