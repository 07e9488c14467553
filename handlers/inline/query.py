"""`@bot …` in any chat: effects for the user's latest photos, and their finished videos."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import telegram
from telegram.constants import ParseMode
from telegram.error import BadRequest

from handlers.inline.choice import start_button
from handlers.messages import limits, links, names
from handlers.messages.job_status import caption_of
from handlers.messages.view import inline_keyboard
from handlers.requests import drafts, people
from storage import Job, Photo, State
from storage.drafts import DraftPhoto
from storage.inline import Offer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.context import Context
    from video.effects.effect import Effect

_LOG = logging.getLogger(__name__)
_RECENT = 86_400.0  # seconds for which photos that were sent in private are offered in inline mode
_MAX_EFFECTS = 25  # in one answer
_PAGE_SIZE = 20  # videos


@dataclass(frozen=True, slots=True)
class _AvailablePhotos:
    """The photos that an inline video can be made of.

    Attributes:
        source: `recent` or `picture`, as in `inline_offers.source`.
        seen_at: when the newest was sent; Unix time in seconds.
    """

    photos: tuple[Photo, ...]
    source: str
    seen_at: float | None = None


async def inline_query(update: telegram.Update, context: Context) -> None:
    """Answer an inline query: effects first, then finished videos, in pages."""
    query, deps = update.inline_query, context.deps
    if query is None:
        return
    text = query.query.strip()
    if shared := links.VideoQuery.decode(text):
        job = await deps.store.jobs.get(shared.job_id)
        own = job is not None and job.person_id == query.from_user.id and _is_available(job)
        await _answer(query, [], [_video_result(context, job)] if job and own else [])
        return
    matching = _matching_effects(context, text)
    results: list[telegram.InlineQueryResult] = []
    button = None
    if not query.offset:
        effects = [one for one in matching if deps.offers(one) and not one.prompt and (text or one.main)]
        results, button = await _effect_results(context, query, effects[:_MAX_EFFECTS], text)
    offset = int(query.offset) if query.offset.isascii() and query.offset.isdigit() else 0
    jobs = await deps.store.jobs.delivered_videos(
        query.from_user.id,
        effects=[effect.command for effect in matching] if text else None,
        offset=offset,
        limit=_PAGE_SIZE + 1,
    )
    next_offset = str(offset + _PAGE_SIZE) if len(jobs) > _PAGE_SIZE else ""
    await _answer(query, results, [_video_result(context, job) for job in jobs[:_PAGE_SIZE]], button, next_offset)


async def ask_for_photos(context: Context, command: str | None) -> None:
    """Start a draft that collects photos for inline mode, with those that are recent enough; called by /start.

    Args:
        context: of the message.
        command: the effect that was typed in inline mode, None if none was.
    """
    deps, message = context.deps, context.message
    effect = deps.catalogue.by_name(command or "")
    draft = replace(drafts.new_draft(context, None), inline_query=effect.command if effect else "")
    since = deps.clock() - _RECENT
    recent = await deps.store.drafts.recent_photos(context.sender_id, since=since, limit=2)
    usable = recent if effect is not None and len(recent) < effect.photos else []
    photos = [DraftPhoto(one.photo, one.message_id) for one in usable]
    await deps.store.drafts.start(draft, photos, consumes=message.message_id)
    await drafts.advance(deps, draft.id)


def _is_available(job: Job) -> bool:
    return job.state is State.DELIVERED and job.video_file_id is not None and job.removed_by is None


async def _effect_results(
    context: Context, query: telegram.InlineQuery, effects: list[Effect], text: str
) -> tuple[list[telegram.InlineQueryResult], telegram.InlineQueryResultsButton]:
    """Return results for the effects that the available photos suffice for, and the button that asks for others.

    The offer that the results refer to is stored before anybody can choose one.
    """
    deps, locale = context.deps, context.locale
    available = await _available_photos(context, query.from_user.id)
    ready = [effect for effect in effects if effect.photos <= len(available.photos)]
    results: list[telegram.InlineQueryResult] = []
    if ready:
        offer = Offer(
            id=deps.new_id(),
            person_id=query.from_user.id,
            language=context.language,
            photos=available.photos,
            source=available.source,
            made_at=deps.clock(),
        )
        await deps.store.inline.save_offer(offer)
        results = [_effect_result(context, effect, offer, available) for effect in ready]
    parameter = links.PhotosParameter(effects[0].command if text and effects else None)
    lacking = len(ready) < len(effects)
    key = "inline-photos-first" if lacking or not available.photos else "inline-other-photos"
    if lacking and available.source == "recent":
        key = "inline-one-more-photo"
    return results, telegram.InlineQueryResultsButton(locale.text(key), start_parameter=parameter.encode())


async def _available_photos(context: Context, user_id: int) -> _AvailablePhotos:
    """Return the photos that the user sent in private within a day, or else their profile picture."""
    deps = context.deps
    recent = await deps.store.drafts.recent_photos(user_id, since=deps.clock() - _RECENT, limit=2)
    if recent:
        return _AvailablePhotos(tuple(one.photo for one in recent), "recent", recent[-1].seen_at)
    picture = await people.profile_photo(context.bot, user_id)
    return _AvailablePhotos((picture,) if picture else (), "picture")


def _effect_result(
    context: Context, effect: Effect, offer: Offer, available: _AvailablePhotos
) -> telegram.InlineQueryResultArticle:
    locale, title = context.locale, names.title_args(effect, context.locale)
    ago = limits.time_ago(locale, context.deps.clock() - available.seen_at) if available.seen_at else ""
    return telegram.InlineQueryResultArticle(
        id=links.EffectResult(offer.id, effect.command).encode(),
        title=locale.text("button-effect", **title),
        description=locale.text(f"inline-made-of-{offer.source}", count=effect.photos, ago=ago),
        input_message_content=telegram.InputTextMessageContent(
            locale("inline-placed", **title), parse_mode=ParseMode.HTML
        ),
        reply_markup=inline_keyboard(((start_button(locale, offer, effect),),)),
    )


def _video_result(context: Context, job: Job) -> telegram.InlineQueryResult:
    locale = context.locale
    effect = names.title_args_of(job.effect, context.deps.catalogue, locale)
    result_id = links.VideoResult(job.id).encode()
    title = locale.text("button-effect", **effect)
    caption = caption_of(job, locale, context.deps.catalogue, ai_label=context.deps.policy.ai_label)
    if job.video_is_animation:
        return telegram.InlineQueryResultCachedMpeg4Gif(
            id=result_id,
            mpeg4_file_id=job.video_file_id or "",
            title=title,
            caption=caption,
            parse_mode=ParseMode.HTML,
        )
    age = limits.time_ago(locale, context.deps.clock() - (job.finished_at or job.created_at))
    return telegram.InlineQueryResultCachedVideo(
        id=result_id,
        video_file_id=job.video_file_id or "",
        title=title,
        description=locale.text("inline-your-video", ago=age),
        caption=caption,
        parse_mode=ParseMode.HTML,
    )


def _matching_effects(context: Context, text: str) -> Sequence[Effect]:
    """Return the effects that a text may mean, the best match first; all if there is no text."""
    catalogue, locales = context.deps.catalogue, context.deps.locales
    if not text:
        return catalogue.effects
    exact = names.find_effect(text, catalogue, locales)
    similar = names.similar_effects(text, catalogue, locales, catalogue.effects, limit=None)
    return [*([exact] if exact else []), *(effect for effect in similar if effect is not exact)]


async def _answer(
    query: telegram.InlineQuery,
    effects: list[telegram.InlineQueryResult],
    videos: list[telegram.InlineQueryResult],
    button: telegram.InlineQueryResultsButton | None = None,
    next_offset: str = "",
) -> None:
    """Show the results. Ignore "query is too old"; if Telegram refuses the videos, show the effects alone."""
    try:
        await query.answer(effects + videos, cache_time=0, is_personal=True, button=button, next_offset=next_offset)
    except BadRequest as error:
        if not videos or "query is too old" in error.message.lower():
            _LOG.info("an inline query was not answered: %s", error.message)
            return
        _LOG.warning("videos were not taken as inline results: %s", error.message)  # perhaps one was deleted
        await _answer(query, effects, [], button)
