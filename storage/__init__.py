"""The SQLite file: rows, states, transitions.

aiosqlite lives only in this package, and it imports nothing else of ours.
"""

from storage.database import Database, DatabaseError, StorageError
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
]
