"""Bans hold in the transaction that makes a job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage import State
from storage.limits import Banned, Enqueued
from storage.people.access import AccessStatus
from tests.storage.samples import DAY, NO_LIMITS, NOW, bring_to, new_job

if TYPE_CHECKING:
    from storage import Store


async def test_no_job_of_a_banned_person(store: Store) -> None:
    """A ban that comes while a request is on its way is in time: no job is made, and no lost submit sent again."""
    job = await bring_to(store, State.NEEDS_DECISION, "lost")
    await store.access.set(7, AccessStatus.BANNED, now=NOW)
    assert await store.jobs.create(new_job("new"), NO_LIMITS, now=NOW) == Banned()
    again = await store.jobs.resubmit(job, 1, NO_LIMITS, theme="", by_admin=False, exempt=False, now=NOW)
    assert again == Banned()
    await store.access.set(7, AccessStatus.UNKNOWN, now=NOW)
    assert isinstance(await store.jobs.create(new_job("new"), NO_LIMITS, now=NOW), Enqueued)


async def test_told_once(store: Store) -> None:
    """Somebody is told once in the time that was given, and anew after another ban."""
    assert await store.access.note_told(7, again_after=DAY, now=NOW)
    assert not await store.access.note_told(7, again_after=DAY, now=NOW + DAY - 1)
    assert await store.access.note_told(7, again_after=DAY, now=NOW + DAY)
    await store.access.set(7, AccessStatus.BANNED, now=NOW + DAY)
    assert await store.access.note_told(7, again_after=float("inf"), now=NOW + DAY)
    assert not await store.access.note_told(7, again_after=float("inf"), now=NOW + 9 * DAY)


async def test_a_group_that_becomes_a_supergroup(store: Store) -> None:
    """What was said about a group holds under its new id."""
    await store.access.set(-70, AccessStatus.ALLOWED, now=NOW)
    await store.move_chat(-70, -100_70, now=NOW)
    assert await store.access.status(-70) is AccessStatus.UNKNOWN
    assert await store.access.status(-100_70) is AccessStatus.ALLOWED
    assert [entry.id for entry in await store.access.allowed()] == [-100_70]
