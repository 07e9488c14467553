"""Enqueue a job: from a draft, from an earlier job, or from a message of inline or guest mode.

Every rule about who may ask for what is applied here, by `_create`, and by the transaction in `storage/jobs.py`: a
group's rules, consents, limits, and who is exempt from them. No handler has to.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.requests import image_to_video, options, permissions, requirements
from storage import budgets, limits
from storage.admin_notices import NoticeKind
from storage.jobs import NewJob
from storage.people.users import PicturePermission

EVERYBODYS = (budgets.BudgetKind.DAILY, budgets.BudgetKind.MONTHLY)

if TYPE_CHECKING:
    from handlers.context import Dependencies
    from storage import Draft, Job, Photo
    from storage.inline import Offer
    from video.effects.effect import Effect


async def enqueue(deps: Dependencies, draft: Draft, effect: Effect, *, card_id: int | None) -> None:
    """Enqueue the draft's job; if a rule or a limit refuses it, end the draft with that as its reason.

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
        motion=draft.motion and replace(draft.motion, duration=job_options.duration, corrected=False),
        photos=photos,
        extra_photos=not draft.singly and len(draft.photos) > len(photos),
        service=job_options.service,
        quality=job_options.quality,
        duration=job_options.duration,
        card_id=card_id,
    )
    refusal = await refusal_of(deps, await _create(deps, new, effect, draft), draft.language)
    if refusal is not None:
        await deps.store.drafts.end(draft.id, "refused", now=deps.clock(), reason=refusal.encode())
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
    )
    return await _create(deps, new, effect)


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
        inline_message_id=inline_message_id,
        source=source,
    )
    return await _create(deps, new, effect)


async def retry(deps: Dependencies, job: Job, submit: int) -> limits.EnqueueResult:
    """Queue a job again whose submit with this number was lost, as its person decided, if rules and limits allow it.

    Raises:
        TelegramError: Telegram can't be asked whether they are an admin of the group.
    """
    effect = deps.catalogue.by_name(job.effect)
    result = await deps.store.jobs.resubmit(
        job,
        submit,
        deps.policy.limits,
        reserved_microusd=_reservation(deps, effect, job.model, job.duration),
        theme=effect.theme if effect else "",
        by_admin=await permissions.asks_as_admin(deps, job.group_id or job.chat_id, job.person_id),
        exempt=job.person_id in deps.policy.admin_ids,
        now=deps.clock(),
    )
    deps.wake()
    return result


async def refusal_of(deps: Dependencies, result: limits.EnqueueResult, language: str) -> permissions.Refusal | None:
    """Return what refused a job, None if nothing did."""
    match result:
        case limits.EffectSwitchedOff():
            return permissions.RuleBroken(permissions.GroupRule.EFFECT_OFF)
        case limits.Banned():
            return permissions.RuleBroken(permissions.GroupRule.BANNED)
        case limits.AdminsOnly():
            return permissions.RuleBroken(permissions.GroupRule.ADMINS_ONLY)
        case limits.NoConsent(person_id):
            known = await deps.store.users.name_of(person_id)
            name = deps.locales.get(language).name_of(person_id, known or "")
            never = await deps.store.users.picture_permission(person_id) is PicturePermission.NEVER
            why = permissions.PictureRefusal.NEVER if never else permissions.PictureRefusal.UNASKED
            return permissions.PersonRefused(why, name)
        case limits.GroupDailyLimit(limit, free_at):
            return _limit_reached(deps, permissions.LimitKind.GROUP_DAILY, limit, free_at)
        case limits.UserActiveLimit():
            return _limit_reached(deps, permissions.LimitKind.USER_ACTIVE, deps.policy.limits.user_active)
        case limits.Enqueued() | limits.Duplicate():
            return None
        case budgets.BudgetReached():
            return await _budget_reached(deps, result)
    return _user_limit(deps, result)


async def _budget_reached(deps: Dependencies, result: budgets.BudgetReached) -> permissions.LimitReached:
    """Return the refusal; if the money for everybody is used up, tell the admins, once.

    What costs more than the whole budget uses up nothing, and the admins know that a budget is 0.
    """
    if result.kind in EVERYBODYS and result.free_at is not None:
        notice, own = NoticeKind(f"budget_{result.kind}"), deps.policy.limits.budgets
        amount = own.daily if result.kind is budgets.BudgetKind.DAILY else own.monthly
        await deps.store.admin_notices.raise_once(
            notice.encode(), f"{(amount or 0) / budgets.MICROUSD:.2f}", deps.policy.admin_ids, now=deps.clock()
        )
        deps.wake()
    return _limit_reached(deps, permissions.LimitKind(f"budget-{result.kind}"), 0, result.free_at)


def _user_limit(
    deps: Dependencies,
    result: limits.UserDailyLimit | limits.UserAttemptsLimit | limits.ContentRulesLimit | limits.GlobalDailyLimit,
) -> permissions.LimitReached:
    policy = deps.policy.limits
    kind, limit = {
        limits.UserDailyLimit: (permissions.LimitKind.USER_DAILY, policy.user_daily),
        limits.UserAttemptsLimit: (permissions.LimitKind.USER_ATTEMPTS, policy.attempts),
        limits.ContentRulesLimit: (permissions.LimitKind.CONTENT_RULES, policy.user_refused),
        limits.GlobalDailyLimit: (permissions.LimitKind.GLOBAL_DAILY, policy.global_daily),
    }[type(result)]
    return _limit_reached(deps, kind, limit, result.free_at)


def _limit_reached(
    deps: Dependencies, kind: permissions.LimitKind, limit: int, free_at: float | None = None
) -> permissions.LimitReached:
    """Return the refusal; `free_at` is when the next video is possible (Unix seconds), if anybody knows."""
    return permissions.LimitReached(kind, limit, 0 if free_at is None else _minutes(free_at - deps.clock()))


async def _create(deps: Dependencies, new: NewJob, effect: Effect, draft: Draft | None = None) -> limits.EnqueueResult:
    """Create the job as who asks may ask now, whatever they were when they asked for an earlier one.

    Raises:
        TelegramError: Telegram can't be asked whether they are an admin of the group.
    """
    new = replace(
        new,
        theme=effect.theme,
        by_admin=await permissions.asks_as_admin(deps, new.chat_id, new.person_id),
        exempt=new.person_id in deps.policy.admin_ids,
        reserved_microusd=_reservation(deps, effect, new.motion.model if new.motion else new.quality, new.duration),
    )
    waits_until = await deps.store.personal_data.waits_until(new.person_id, now=deps.clock())
    if waits_until is not None and not new.exempt:
        return limits.UserDailyLimit(waits_until)  # deleting one's data is no way around the limits of a day
    result = await deps.store.jobs.create(new, deps.policy.limits, now=deps.clock(), draft=draft)
    deps.wake()
    return result


def _reservation(deps: Dependencies, effect: Effect | None, model: str, seconds: int) -> int:
    """Return what is set aside for a video, in microusd: the price at the dearest service that it may go to."""
    prices, assumed = deps.catalogue.prices, deps.policy.assumed_price_usd
    amounts = []
    for service in deps.services:
        scene = effect.scenes.get(service) if effect else None
        if scene is not None:
            length = seconds if seconds in scene.durations else scene.durations[0]
            amounts.append(prices.to_reserve(service, model, scene, length, assumed_usd=assumed))
    return budgets.microusd(max(amounts, default=assumed))


def _minutes(seconds: float) -> int:
    """Round to minutes; at least one, as nothing waits for 0 minutes."""
    return max(1, round(seconds / 60))
