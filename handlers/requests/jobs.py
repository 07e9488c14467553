"""From a draft, or from a job that a person wants once more, to a job in the queue."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.requests.image_to_video import motion_again
from handlers.requests.options import options_again, options_for
from handlers.requests.requirements import chosen_photos
from storage.jobs import NewJob
from storage.limits import (
    Duplicate,
    Enqueued,
    EnqueueResult,
    GlobalDailyLimit,
    GroupDailyLimit,
    Limits,
    UserActiveLimit,
    UserDailyLimit,
)

if TYPE_CHECKING:
    from handlers.context import Dependencies
    from storage import Draft, Job, Photo
    from storage.inline import Offer
    from video.effects.effect import Effect


async def enqueue(deps: Dependencies, draft: Draft, effect: Effect, *, card_id: int | None) -> None:
    """Queue the draft's job; where the person has used up a limit, end the draft with that reason."""
    photos = chosen_photos(draft, effect)
    made = await options_for(deps, effect, draft.person_id, draft.motion)
    new = NewJob(
        id=deps.new_id(),
        origin=f"draft:{draft.id}",
        chat_id=draft.chat_id,
        thread_id=draft.thread_id,
        person_id=draft.person_id,
        message_id=draft.message_id,
        media_group_id=draft.media_group_id,
        language=draft.language,
        effect=effect.command,
        motion=draft.motion and replace(draft.motion, duration=made.duration),
        photos=photos,
        extra_photos=not draft.singly and len(draft.photos) > len(photos),
        service=made.service,
        quality=made.quality,
        duration=made.duration,
        exempt=draft.person_id in deps.admin_ids,
        card_id=card_id,
    )
    outcome = await deps.store.jobs.create(new, deps.limits, now=deps.clock(), draft=draft)
    reason = limit_reached(outcome, deps.limits, now=deps.clock())
    if reason is not None:
        await deps.store.drafts.end(draft.id, "refused", now=deps.clock(), reason=reason)
    deps.wake()


async def enqueue_again(
    deps: Dependencies, job: Job, effect: Effect, photos: tuple[Photo, ...], *, variant: str, press: str
) -> EnqueueResult:
    """Queue a job like an earlier one; while one such is being made, a second tap makes no second job."""
    made = (
        options_again(deps, effect, job)
        if effect.command == job.effect
        else await options_for(deps, effect, job.person_id)
    )
    new = NewJob(
        id=deps.new_id(),
        origin=f"press:{press}",
        parent_id=job.id,
        variant=variant,
        chat_id=job.chat_id,
        thread_id=job.thread_id,
        person_id=job.person_id,
        message_id=job.card_id or job.message_id,
        language=job.language,
        effect=effect.command,
        motion=motion_again(deps, job) if effect.prompt else None,
        photos=photos,
        service=made.service,
        quality=made.quality,
        duration=made.duration,
        exempt=job.exempt,
    )
    outcome = await deps.store.jobs.create(new, deps.limits, now=deps.clock())
    deps.wake()
    return outcome


async def enqueue_inline(deps: Dependencies, offer: Offer, effect: Effect, inline_message_id: str) -> EnqueueResult:
    """Queue the job of a message that inline or guest mode placed: one for each message, however it is asked for."""
    made = await options_for(deps, effect, offer.person_id)
    photos = offer.photos[-effect.photos :]
    source = offer.source
    if source == "recent":
        source = "recent-one" if effect.photos == 1 else "recent-two"
    new = NewJob(
        id=deps.new_id(),
        origin=f"inline:{inline_message_id}",
        chat_id=offer.person_id,
        thread_id=None,
        person_id=offer.person_id,
        message_id=None,
        language=offer.language,
        effect=effect.command,
        photos=photos,
        service=made.service,
        quality=made.quality,
        duration=made.duration,
        exempt=offer.person_id in deps.admin_ids,
        inline_message_id=inline_message_id,
        source=source,
    )
    outcome = await deps.store.jobs.create(new, deps.limits, now=deps.clock())
    deps.wake()
    return outcome


def limit_reached(outcome: EnqueueResult, limits: Limits, *, now: float) -> str | None:
    """The limit that forbids a job, as `key:number` for the words; None where none does."""
    match outcome:
        case UserDailyLimit(free_at):
            return f"daily:{limits.user_daily}:{_minutes(free_at - now)}"
        case UserActiveLimit():
            return f"active:{limits.user_active}:0"
        case GroupDailyLimit(limit, free_at):
            return f"group:{limit}:{_minutes(free_at - now)}"
        case GlobalDailyLimit(free_at):
            return f"all:{limits.global_daily}:{_minutes(free_at - now)}"
        case Enqueued() | Duplicate():
            return None


def _minutes(seconds: float) -> int:
    """At least one: a limit that is free in no time would be none."""
    return max(1, round(seconds / 60))
