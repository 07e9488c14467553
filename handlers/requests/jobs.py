"""Enqueue a job: from a draft, from an earlier job, or from a message of inline or guest mode."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.requests import image_to_video, options, permissions, requirements
from storage import limits
from storage.jobs import NewJob

if TYPE_CHECKING:
    from handlers.context import Dependencies
    from storage import Draft, Job, Photo
    from storage.inline import Offer
    from video.effects.effect import Effect


async def enqueue(deps: Dependencies, draft: Draft, effect: Effect, *, card_id: int | None) -> None:
    """Enqueue the draft's job; if a limit refuses it, end the draft with the limit as its reason.

    Args:
        deps: what handlers work with.
        draft: a complete draft.
        effect: the draft's effect.
        card_id: the message that becomes the status message, None to send a new one.
    """
    photos = requirements.chosen_photos(draft, effect)
    job_options = await options.options_for(deps, effect, draft.person_id, draft.motion)
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
        motion=draft.motion and replace(draft.motion, duration=job_options.duration),
        photos=photos,
        extra_photos=not draft.singly and len(draft.photos) > len(photos),
        service=job_options.service,
        quality=job_options.quality,
        duration=job_options.duration,
        exempt=draft.person_id in deps.policy.admin_ids,
        card_id=card_id,
    )
    result = await deps.store.jobs.create(new, deps.policy.limits, now=deps.clock(), draft=draft)
    limit = limit_reached(deps, result)
    if limit is not None:
        await deps.store.drafts.end(draft.id, "refused", now=deps.clock(), reason=limit.encode())
    deps.wake()


async def enqueue_again(
    deps: Dependencies, job: Job, effect: Effect, photos: tuple[Photo, ...], *, variant: str, query_id: str
) -> limits.EnqueueResult:
    """Enqueue a job like an earlier one; a second one of the same variant is a duplicate until the first has ended.

    Args:
        deps: what handlers work with.
        job: the earlier job.
        effect: the earlier job's effect, or another one.
        photos: the earlier job's photos, or some of them.
        variant: what is done to the earlier job.
        query_id: the callback query that asks for it; handled twice, it enqueues one job.
    """
    same_effect = effect.command == job.effect
    job_options = (
        options.options_again(deps, effect, job)
        if same_effect
        else await options.options_for(deps, effect, job.person_id)
    )
    new = NewJob(
        id=deps.new_id(),
        origin=f"press:{query_id}",
        parent_id=job.id,
        variant=variant,
        chat_id=job.chat_id,
        thread_id=job.thread_id,
        person_id=job.person_id,
        message_id=job.card_id or job.message_id,
        language=job.language,
        effect=effect.command,
        motion=image_to_video.repeated_options(deps, job) if effect.prompt else None,
        photos=photos,
        service=job_options.service,
        quality=job_options.quality,
        duration=job_options.duration,
        exempt=job.exempt,
    )
    result = await deps.store.jobs.create(new, deps.policy.limits, now=deps.clock())
    deps.wake()
    return result


async def enqueue_inline(
    deps: Dependencies, offer: Offer, effect: Effect, inline_message_id: str
) -> limits.EnqueueResult:
    """Enqueue the job of a message that inline or guest mode placed; one job per message."""
    job_options = await options.options_for(deps, effect, offer.person_id)
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
        photos=offer.photos[-effect.photos :],
        service=job_options.service,
        quality=job_options.quality,
        duration=job_options.duration,
        exempt=offer.person_id in deps.policy.admin_ids,
        inline_message_id=inline_message_id,
        source=source,
    )
    result = await deps.store.jobs.create(new, deps.policy.limits, now=deps.clock())
    deps.wake()
    return result


def limit_reached(deps: Dependencies, result: limits.EnqueueResult) -> permissions.LimitReached | None:
    """Return the limit that refused a job, None if none did."""
    policy, now = deps.policy.limits, deps.clock()
    match result:
        case limits.UserDailyLimit(free_at):
            return permissions.LimitReached(
                permissions.LimitKind.USER_DAILY, policy.user_daily, _minutes(free_at - now)
            )
        case limits.UserActiveLimit():
            return permissions.LimitReached(permissions.LimitKind.USER_ACTIVE, policy.user_active)
        case limits.GroupDailyLimit(limit, free_at):
            return permissions.LimitReached(permissions.LimitKind.GROUP_DAILY, limit, _minutes(free_at - now))
        case limits.GlobalDailyLimit(free_at):
            return permissions.LimitReached(
                permissions.LimitKind.GLOBAL_DAILY, policy.global_daily, _minutes(free_at - now)
            )
        case limits.Enqueued() | limits.Duplicate():
            return None


def _minutes(seconds: float) -> int:
    """Round to minutes; at least one, as nothing waits for 0 minutes."""
    return max(1, round(seconds / 60))
