"""A job's status message in each state, the notification that goes with it, and the finished video's caption."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.messages import failures, limits, names
from handlers.messages.links import JobParameter, VideoQuery, start_link
from handlers.messages.payloads import JobAction, JobButton, ReportAction, ReportButton
from handlers.messages.view import Button, Rows, View
from storage import State
from storage.models import AT_SERVICE, WITHHELD

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from handlers.localization import Locale
    from storage import Job
    from video.effects.catalogue import Catalogue
    from video.effects.effect import Effect

_TRIES_BEFORE_DELAYED = 4  # to deliver, before the message says that it takes longer: about half a minute
_BAR_LENGTH = 10  # characters
_MAX_PROGRESS = 0.95  # of the bar, until the video is there
_UNDELIVERABLE_TEXTS = {
    "no_video": "status-no-video",
    "rejected": "status-rejected",
    "unreachable": "status-unreachable",
    "no_rights": "status-no-rights",
    "closed": "status-closed",
    "not_here": "status-not-here",
}
"""Texts by the reason why a video could not be delivered."""
_UNDELIVERABLE_HERE = frozenset({"no_video", "rejected", "unreachable"})
"""Reasons that say nothing about the chat: the video may be fetched where it was to be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusDetails:
    """What a status message shows beside its job's row.

    Attributes:
        now: Unix time in seconds.
        typical_seconds: how long such a video takes.
        deadline_seconds: after how long it takes longer than usual.
        queue_position: 1 is next.
        username: the bot's, for links.
        services: the configured video services, in order of preference.
    """

    now: float
    typical_seconds: float
    deadline_seconds: float
    queue_position: int
    username: str
    services: Collection[str]


@dataclass(frozen=True, slots=True)
class StatusMessage:
    """A status message and its notification, a short reply: an edit alone notifies nobody.

    Attributes:
        view: what the message shows, None to leave it as it is.
        notification: the reply, None for no reply.
        refresh: whether it changes with time, and is to be edited again soon.
    """

    view: View | None
    notification: str | None = None
    refresh: bool = False


def status_message(job: Job, locale: Locale, catalogue: Catalogue, details: StatusDetails) -> StatusMessage:
    """Return the status message of a job in its present state."""
    effect = catalogue.by_name(job.effect)
    title = names.title_args_of(job.effect, catalogue, locale)
    if job.cancel_requested and job.state in {*AT_SERVICE, State.NEEDS_DECISION}:
        return _at_service_cancelled(job, locale, title)
    label = locale.text("button-cancel" if job.state is State.QUEUED else "button-withhold")
    cancel: Rows = ((Button(label, JobButton(JobAction.CANCEL, job.id)),),)
    match job.state:
        case State.QUEUED:
            text = _queued(job, locale, details, title) + _notes(job, locale, effect)
            return StatusMessage(View(text, cancel), refresh=True)
        case State.SUBMITTING:
            return StatusMessage(View(locale("status-submitting", **title) + _notes(job, locale, effect), cancel))
        case State.GENERATING:
            return _generating(job, locale, details, title, effect, cancel)
        case State.IN_DOUBT:
            return StatusMessage(View(locale("status-in-doubt", **title), cancel))
        case State.NEEDS_DECISION:
            view = _needs_decision(job, locale, title)
            return StatusMessage(view, notification=locale("announce-decision", **title))
        case State.DELIVERED:
            return StatusMessage(None, notification=locale("announce-delivered", **title))
        case State.FAILED:
            view = failures.failure_view(job, locale, catalogue, details.services, title)
            if job.inline_message_id is not None:
                view = failed_inline_view(view, job, locale, details.username)
            return StatusMessage(view, notification=locale("announce-failed", **title))
        case State.CANCELLED:
            key = "status-given-up" if job.submitted_at else "status-cancelled"
            return StatusMessage(View(locale(key, **title)))
        case State.READY | State.UNDELIVERABLE:
            return _not_delivered(job, locale, details, title)
        case _:
            return StatusMessage(None)


def _queued(job: Job, locale: Locale, details: StatusDetails, title: dict[str, str]) -> str:
    if job.tries:
        return locale("status-waiting-for-service", reason=job.reason or "down", **title)
    return locale("status-queued", position=max(1, details.queue_position), **title)


def _generating(
    job: Job, locale: Locale, details: StatusDetails, title: dict[str, str], effect: Effect | None, cancel: Rows
) -> StatusMessage:
    elapsed = max(0.0, details.now - (job.accepted_at or details.now))
    if elapsed > details.deadline_seconds:
        text = locale("status-late", elapsed=minutes_seconds(elapsed), **title)
        return StatusMessage(View(text, cancel), notification=locale("announce-late", **title), refresh=True)
    filled = round(min(_MAX_PROGRESS, elapsed / details.typical_seconds) * _BAR_LENGTH)
    text = locale(
        "status-generating" if job.chat_id > 0 else "status-generating-short",  # groups get less to read
        elapsed=minutes_seconds(elapsed),
        usual=minutes_seconds(details.typical_seconds),
        bar="▓" * filled + "░" * (_BAR_LENGTH - filled),
        **title,
    )
    return StatusMessage(View(text + _notes(job, locale, effect), cancel), refresh=True)


def _at_service_cancelled(job: Job, locale: Locale, title: dict[str, str]) -> StatusMessage:
    """Return the question whether a video is to be posted that may be paid for, or what becomes of it."""
    if not job.cancel_confirmed:
        text = locale("status-withhold", paid=paid_key(job), **title)
        return StatusMessage(View(text, withhold_buttons(job, locale)))
    post = Button(locale.text("button-post"), JobButton(JobAction.POST, job.id))
    return StatusMessage(View(locale("status-withholding", paid=paid_key(job), **title), ((post,),)))


def _withheld(job: Job, locale: Locale, details: StatusDetails, title: dict[str, str]) -> StatusMessage:
    if not job.cancel_confirmed:
        question = View(locale("status-withheld-asked", **title), withhold_buttons(job, locale))
        return StatusMessage(question, notification=locale("announce-decision", **title))
    post = Button(locale.text("button-post"), JobButton(JobAction.POST, job.id))
    fetch = () if job.chat_id > 0 else ((job_link(job, locale, details.username, "button-fetch"),),)
    return StatusMessage(View(locale("status-withheld", **title), ((post,), *fetch)))


def withhold_buttons(job: Job, locale: Locale) -> Rows:
    """Return the answers to the question whether a video is to be posted that may be paid for."""
    post = Button(locale.text("button-post"), JobButton(JobAction.POST, job.id))
    withhold = Button(locale.text("button-withhold"), JobButton(JobAction.WITHHOLD, job.id))
    return ((post, withhold),)


def paid_key(job: Job) -> str:
    """Return `yes` if the video is paid for as far as anybody knows, `maybe` if the service's answer is missing."""
    return "yes" if job.service_job_id else "maybe"


def _needs_decision(job: Job, locale: Locale, title: dict[str, str]) -> View:
    retry = Button(locale.text("button-try-again"), JobButton(JobAction.RETRY, job.id, submit=job.submits))
    leave = Button(locale.text("button-leave"), JobButton(JobAction.LEAVE, job.id, submit=job.submits))
    key = "status-needs-decision" if job.record_read else "status-record-unread"
    return View(locale(key, job=job.id, **title), ((retry, leave),))


def _not_delivered(job: Job, locale: Locale, details: StatusDetails, title: dict[str, str]) -> StatusMessage:
    if job.state is State.READY:
        delayed = job.tries >= _TRIES_BEFORE_DELAYED
        return StatusMessage(View(locale("status-delayed", **title)) if delayed else None)
    if job.reason == WITHHELD:
        return _withheld(job, locale, details, title)
    if job.reason == "closed" and job.chat_id > 0:
        return StatusMessage(None)  # the bot can't write in that chat
    text = locale(_UNDELIVERABLE_TEXTS.get(job.reason or "", "status-no-video"), job=job.id, **title)
    fetch = job_link(job, locale, details.username, "button-fetch")
    if job.reason in _UNDELIVERABLE_HERE and job.inline_message_id is None:
        fetch = Button(locale.text("button-bring"), JobButton(JobAction.FETCH, job.id))
    link = ((Button(locale.text("button-download"), url=job.video_url),),) if job.reason == "rejected" else ()
    return StatusMessage(View(text, (*link, (fetch,))))


def closed_view(job: Job, locale: Locale, catalogue: Catalogue, username: str) -> View:
    """Return what a group's message says if the bot may not show the video there."""
    text = locale("status-closed", **names.title_args_of(job.effect, catalogue, locale))
    return View(text, ((job_link(job, locale, username, "button-fetch"),),))


def undelivered_view(jobs: Sequence[Job], locale: Locale, catalogue: Catalogue, now: float) -> View:
    """Return the offer of videos that could not be delivered: a button brings each into the private chat."""
    rows = tuple(
        (Button(_undelivered_label(job, locale, catalogue, now), JobButton(JobAction.FETCH, job.id)),) for job in jobs
    )
    return View(locale("undelivered", count=len(jobs)), rows)


def undelivered_links(jobs: Sequence[Job], locale: Locale, catalogue: Catalogue, now: float, username: str) -> Rows:
    """Return buttons that open the private chat with each video that could not be delivered."""
    return tuple(
        (
            Button(
                _undelivered_label(job, locale, catalogue, now),
                url=start_link(username, JobParameter(job.id).encode()),
            ),
        )
        for job in jobs
    )


def _undelivered_label(job: Job, locale: Locale, catalogue: Catalogue, now: float) -> str:
    ago = limits.time_ago(locale, now - job.created_at)
    return locale.text("button-undelivered", ago=ago, **names.title_args_of(job.effect, catalogue, locale))


def _notes(job: Job, locale: Locale, effect: Effect | None) -> str:
    """Return what the person should know about their photos and prompt, one note a line."""
    notes = [locale(f"note-from-{job.source}")] if job.source else []
    if job.group_id is not None and job.chat_id > 0 and job.source is None:
        notes.append(locale("note-not-in-group"))
    if effect is not None and effect.photos == 2 and not effect.in_turn and job.source is None:
        notes.append(locale("note-left-right"))
    if job.motion is not None:
        notes.append(
            locale("note-motion", prompt=names.prompt_excerpt(job), duration=job.duration, model=job.motion.model)
        )
    if job.motion is not None and len(job.photos) == 2:
        notes.append(locale("note-first-last"))
    if job.extra_photos:
        notes.append(locale("note-extra-photos", count=len(job.photos)))
    return "".join(f"\n{note}" for note in notes)


def minutes_seconds(seconds: float) -> str:
    """Format seconds as 0:45."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"


def delivered_view(job: Job, locale: Locale, catalogue: Catalogue, *, share: bool, ai_label: bool) -> View:
    """Return the caption and the buttons of a finished video.

    Args:
        job: delivered, or about to be.
        locale: the texts.
        catalogue: the effects.
        share: whether there is a button that shares it inline.
        ai_label: whether the last line says that it was made with AI.
    """
    row = [Button(locale.text("button-again"), JobButton(JobAction.AGAIN, job.id))]
    if len(job.photos) == 2:
        effect = catalogue.by_name(job.effect)
        in_turn = job.motion is not None or (effect is not None and effect.in_turn)
        label = locale.text("button-swap-turn" if in_turn else "button-swap")
        row.append(Button(label, JobButton(JobAction.SWAP, job.id)))
    rest = [Button(locale.text("button-other"), JobButton(JobAction.OTHER_EFFECT, job.id))]
    if job.inline_message_id is None and any(photo.author_id is not None for photo in job.photos):
        rest.append(Button(locale.text("button-delete"), JobButton(JobAction.DELETE, job.id)))
        if job.chat_id < 0:
            rest.append(Button(locale.text("button-report"), ReportButton(ReportAction.REPORT, job.id)))
    if share:
        rest.append(Button(locale.text("button-share"), inline_query=VideoQuery(job.id).encode()))
    caption = caption_of(job, locale, catalogue, ai_label=ai_label)
    reword = Button(locale.text("button-reword"), JobButton(JobAction.REWORD, job.id))
    return View(caption, (tuple(row), *(((reword,),) if job.motion else ()), tuple(rest)))


def caption_of(job: Job, locale: Locale, catalogue: Catalogue, *, ai_label: bool) -> str:
    """Return the caption of a finished video, wherever it is shown. The label is what the EU's AI Act asks for."""
    key = "caption-delivered" if job.motion is None else "caption-animation"
    caption = locale(key, prompt=names.prompt_excerpt(job), **names.title_args_of(job.effect, catalogue, locale))
    return f"{caption}\n{locale('caption-ai')}" if ai_label else caption


def link_view(job: Job, locale: Locale, catalogue: Catalogue, *, ai_label: bool) -> View:
    """Return the link to a video that is too big for Telegram. Its URL was checked when the job was completed."""
    view = delivered_view(job, locale, catalogue, share=False, ai_label=ai_label)
    link = Button(locale.text("button-download"), url=job.video_url)
    return View(f"{view.text}\n{locale('status-link')}", ((link,), *view.buttons))


def inline_video_view(job: Job, locale: Locale, catalogue: Catalogue, username: str, *, ai_label: bool) -> View:
    """Return the caption of a finished inline video, with a button for others who want one."""
    own = Button(locale.text("button-mine"), url=start_link(username, job.effect))
    return View(caption_of(job, locale, catalogue, ai_label=ai_label), ((own,),))


def failed_inline_view(view: View, job: Job, locale: Locale, username: str) -> View:
    """Return why there is no inline video; the buttons for what to do are in the private chat."""
    return View(view.text, ((job_link(job, locale, username, "button-what-now"),),))


def job_link(job: Job, locale: Locale, username: str, key: str) -> Button:
    """Return a button that opens the private chat with this job."""
    return Button(locale.text(key), url=start_link(username, JobParameter(job.id).encode()))
