"""Who may use the bot: the operator's list, bans, and what becomes of what a banned person has under way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.people.access import AccessStatus

if TYPE_CHECKING:
    from handlers.context import Dependencies

_MAX_OPEN = 1000  # jobs of one person


async def is_banned(deps: Dependencies, *ids: int | None) -> bool:
    """Return True if one of these is banned: a person, a group, a channel that somebody posts as."""
    statuses = [await deps.store.access.status(one) for one in ids if one is not None]
    return AccessStatus.BANNED in statuses


async def is_permitted(deps: Dependencies, *ids: int | None) -> bool:
    """Return True if the operator has let in everybody, or one of these."""
    own = deps.policy.allowed_ids | deps.policy.admin_ids
    if not deps.policy.allowed_ids or own.intersection(ids):
        return True
    return AccessStatus.ALLOWED in [await deps.store.access.status(one) for one in ids if one is not None]


async def ban(deps: Dependencies, person_id: int, *, by: int) -> None:
    """Ban somebody. Their drafts end; what is not paid for is cancelled, and what may be is not posted.

    Doing it again changes nothing.
    """
    await deps.store.access.set(person_id, AccessStatus.BANNED, now=deps.clock())
    await end_everything(deps, person_id, by=by)


async def end_everything(deps: Dependencies, person_id: int, *, by: int) -> None:
    """End a person's drafts and jobs: what is not paid for is cancelled, and what may be is not posted."""
    store, now = deps.store, deps.clock()
    await store.access.end_drafts(person_id, now=now)
    for job in await store.jobs.of_user(person_id, limit=_MAX_OPEN):
        if job.finished_at is not None:
            continue
        if await store.transitions.cancel(job.id, now=now) is None:
            await store.transitions.request_cancel(job.id, by, now=now)
            await store.transitions.withhold_ready(job.id, by, now=now)
            await store.transitions.confirm_cancel(job.id, by, now=now)
    deps.wake()
