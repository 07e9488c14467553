"""Delete under a video: whose photo is in it may have it taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage import State

if TYPE_CHECKING:
    from handlers.context import Desk
    from handlers.texts import Words
    from storage import Job


async def remove(desk: Desk, job: Job, person_id: int, words: Words) -> str:
    """Have the video deleted; a second press finds that done, and is told the same."""
    if job.state is not State.DELIVERED:
        return words("press-over")
    await desk.store.cards.remove(job.id, person_id, now=desk.clock())
    desk.wake()
    return words("removed")


def may_remove(job: Job, person_id: int) -> bool:
    """Whether the person is the one who asked, or one whose photo it was made of."""
    return person_id in {job.person_id, *(photo.author_id for photo in job.photos)}
