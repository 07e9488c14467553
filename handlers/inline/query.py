"""`@bot …` in any chat: effects for the person's latest photos, and the videos that they have already."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram import (
    InlineQueryResultArticle,
    InlineQueryResultCachedMpeg4Gif,
    InlineQueryResultCachedVideo,
    InlineQueryResultsButton,
    InputTextMessageContent,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from handlers.messages.limits import time_ago
from handlers.messages.names import find_effect, title_args, title_args_of
from handlers.messages.payloads import ONE_VIDEO, START, start_button
from handlers.messages.view import inline_keyboard
from handlers.requests.people import profile_photo
from storage import State
from storage.inline import Offer

if TYPE_CHECKING:
    from telegram import InlineQuery, InlineQueryResult, Update

    from handlers.context import Context, Dependencies
    from handlers.localization import Locale
    from storage import Job, Photo
    from video.effects.effect import Effect


_LOG = logging.getLogger(__name__)
RECENT = 86_400.0
"""Seconds for which photos that were sent in private are at hand in inline mode."""
_EFFECTS = 25  # effects in one answer
_VIDEOS = 20  # videos on a page


@dataclass(frozen=True, slots=True)
class _Photos:
    """What there is to make videos of, and where it comes from; `seen_at` is when the newest came."""

    photos: tuple[Photo, ...]
    source: str
    seen_at: float | None = None


async def inline_query(update: Update, context: Context) -> None:
    """Answer at once: effects first, then videos, in pages."""
    query = update.inline_query
    if query is None:
        return
    deps, locale = context.deps, context.deps.locale(query.from_user.language_code)
    text = query.query.strip()
    if text.startswith(ONE_VIDEO):
        job = await deps.store.jobs.get(text.removeprefix(ONE_VIDEO))
        mine = job is not None and job.person_id == query.from_user.id and _can_be_shown(job)
        await _answer(query, [], _videos(deps, locale, [job] if job and mine else []))
        return
    wanted = _matching(deps, text, locale)
    first = not query.offset
    results: list[InlineQueryResult] = []
    button = None
    if first:
        effects = [effect for effect in wanted if deps.offers(effect) and not effect.prompt and (text or effect.main)]
        results, button = await _effects(context, query, effects[:_EFFECTS], locale, text)
    offset = int(query.offset) if query.offset.isascii() and query.offset.isdigit() else 0
    found = await deps.store.inline.delivered_videos(
        query.from_user.id,
        effects=[effect.command for effect in wanted] if text else None,
        offset=offset,
        limit=_VIDEOS + 1,
    )
    more = str(offset + _VIDEOS) if len(found) > _VIDEOS else ""
    await _answer(query, results, _videos(deps, locale, found[:_VIDEOS]), button, more)


def _can_be_shown(job: Job) -> bool:
    return job.state is State.DELIVERED and job.video_file_id is not None and job.removed_by is None


async def _effects(
    context: Context, query: InlineQuery, effects: list[Effect], locale: Locale, text: str
) -> tuple[list[InlineQueryResult], InlineQueryResultsButton]:
    """Effects that the photos at hand are enough for; what they describe is stored before anybody can choose it."""
    deps = context.deps
    have = await _photos_at_hand(context, query.from_user.id)
    ready = [effect for effect in effects if effect.photos <= len(have.photos)]
    results: list[InlineQueryResult] = []
    if ready:
        offer = Offer(
            id=deps.new_id(),
            person_id=query.from_user.id,
            language=query.from_user.language_code or "en",
            photos=have.photos,
            source=have.source,
            made_at=deps.clock(),
        )
        await deps.store.inline.save_offer(offer)
        results = [_article(effect, offer, locale, _ago(deps, locale, have)) for effect in ready]
    parameter = f"{START}-{effects[0].command}" if text and effects else START
    lacking = len(ready) < len(effects)
    key = "inline-photos-first" if lacking or not have.photos else "inline-other-photos"
    if lacking and have.source == "recent":
        key = "inline-one-more-photo"
    return results, InlineQueryResultsButton(locale.text(key), start_parameter=parameter)


async def _photos_at_hand(context: Context, person: int) -> _Photos:
    """The last photos that the person sent in private within a day; else their profile picture."""
    deps = context.deps
    recent = await deps.store.inline.recent_photos(person, since=deps.clock() - RECENT, limit=2)
    if recent:
        return _Photos(tuple(one.photo for one in recent), "recent", recent[-1].seen_at)
    picture = await profile_photo(context.bot, person)
    return _Photos((picture,) if picture else (), "picture")


def _article(effect: Effect, offer: Offer, locale: Locale, ago: str) -> InlineQueryResultArticle:
    title = title_args(effect, locale)
    described = locale.text(f"inline-made-of-{offer.source}", count=effect.photos, ago=ago)
    return InlineQueryResultArticle(
        id=f"{offer.id}:{effect.command}",
        title=locale.text("button-effect", **title),
        description=described,
        input_message_content=InputTextMessageContent(locale("inline-placed", **title), parse_mode=ParseMode.HTML),
        reply_markup=inline_keyboard(((start_button(locale, offer, effect),),)),
    )


def _ago(deps: Dependencies, locale: Locale, have: _Photos) -> str:
    return time_ago(locale, deps.clock() - have.seen_at) if have.seen_at else ""


def _videos(deps: Dependencies, locale: Locale, jobs: list[Job]) -> list[InlineQueryResult]:
    return [_video(deps, locale, job) for job in jobs]


def _video(deps: Dependencies, locale: Locale, job: Job) -> InlineQueryResult:
    effect = title_args_of(job.effect, deps.catalogue, locale)
    title, caption = locale.text("button-effect", **effect), locale("caption-delivered", **effect)
    if job.video_is_animation:
        return InlineQueryResultCachedMpeg4Gif(
            id=f"video:{job.id}",
            mpeg4_file_id=job.video_file_id or "",
            title=title,
            caption=caption,
            parse_mode=ParseMode.HTML,
        )
    age = time_ago(locale, deps.clock() - (job.finished_at or job.created_at))
    return InlineQueryResultCachedVideo(
        id=f"video:{job.id}",
        video_file_id=job.video_file_id or "",
        title=title,
        description=locale.text("inline-your-video", ago=age),
        caption=caption,
        parse_mode=ParseMode.HTML,
    )


def _matching(deps: Dependencies, text: str, locale: Locale) -> list[Effect]:
    """Effects that a text may mean: those named so, then those whose title or a name has it in it."""
    exact = find_effect(text, deps.catalogue, locale)
    low = text.casefold()
    some = [
        effect
        for effect in deps.catalogue.effects
        if low in effect.title.casefold()
        or low in locale.title(effect).casefold()
        or any(low.replace(" ", "_") in name for name in effect.names)
    ]
    return ([exact] if exact else []) + [effect for effect in some if effect is not exact]


async def _answer(
    query: InlineQuery,
    effects: list[InlineQueryResult],
    videos: list[InlineQueryResult],
    button: InlineQueryResultsButton | None = None,
    next_offset: str = "",
) -> None:
    """Show the results; a query that is too old by now is nobody's any more."""
    try:
        await query.answer(effects + videos, cache_time=0, is_personal=True, button=button, next_offset=next_offset)
    except BadRequest as error:
        if not videos or "query is too old" in error.message.lower():
            _LOG.info("an inline query was not answered: %s", error.message)
            return
        _LOG.warning("videos were not taken as inline results: %s", error.message)  # one of them is gone, perhaps
        await _answer(query, effects, [], button)
