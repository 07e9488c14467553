"""What a job's status message shows in each state, and what the person is notified of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.messages.failures import failure_view
from handlers.messages.names import prompt_excerpt, title_args_of
from handlers.messages.payloads import ONE_VIDEO
from handlers.messages.view import Button, Rows, View
from storage import State

if TYPE_CHECKING:
    from collections.abc import Collection

    from handlers.localization import Locale
    from storage import Job
    from video.effects.catalogue import Catalogue
    from video.effects.effect import Effect


_BAR = 10  # cells


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusDetails:
    """What is known beside the row.

    Attributes:
        now: Unix time in seconds.
        usual: seconds that such a video takes.
        deadline: seconds after which it takes longer than usual.
        position: place in the queue; 1 is next.
        username: the bot's, for links.
        services: the configured video services, the preferred first.
    """

    now: float
    typical_seconds: float
    deadline_seconds: float
    queue_position: int
    username: str
    services: Collection[str]


@dataclass(frozen=True, slots=True)
class StatusMessage:
    """A status message, and the short reply that notifies: an edit gives no notification.

    Attributes:
        view: what the message shows; None: it is left as it is.
        announce: the reply; None: there is none.
        live: whether it changes with time, and is drawn again soon.
    """

    view: View | None
    notification: str | None = None
    refresh: bool = False


def status_message(job: Job, locale: Locale, catalogue: Catalogue, progress: StatusDetails) -> StatusMessage:
    """The card of a job as it is now."""
    effect = catalogue.by_name(job.effect)
    title = title_args_of(job.effect, catalogue, locale)
    if job.cancel_requested and job.state in {State.SUBMITTING, State.IN_DOUBT, State.GENERATING}:
        return StatusMessage(View(locale("status-dropping", **title)))
    cancel: Rows = ((Button(locale.text("button-cancel"), f"cancel:{job.id}"),),)
    match job.state:
        case State.QUEUED:
            return StatusMessage(
                View(_queued(job, locale, progress, title) + _notes(job, locale, effect), cancel), refresh=True
            )
        case State.SUBMITTING:
            return StatusMessage(View(locale("status-submitting", **title) + _notes(job, locale, effect), cancel))
        case State.GENERATING:
            return _generating(job, locale, progress, title, effect, cancel)
        case State.IN_DOUBT:
            return StatusMessage(View(locale("status-in-doubt", **title), cancel))
        case State.NEEDS_DECISION:
            return StatusMessage(_decision(job, locale, title), notification=locale("announce-decision", **title))
        case State.DELIVERED:
            return StatusMessage(None, notification=locale("announce-delivered", **title))
        case State.FAILED:
            view = failure_view(job, locale, catalogue, progress.services, title)
            if job.inline_message_id is not None:
                view = failed_inline_view(view, job, locale, progress.username)
            return StatusMessage(view, notification=locale("announce-failed", **title))
        case State.CANCELLED:
            return StatusMessage(View(locale("status-dropped" if job.submitted_at else "status-cancelled", **title)))
        case State.UNDELIVERABLE:
            return StatusMessage(_elsewhere(job, locale, progress, title))
        case _:
            return StatusMessage(None)


def _queued(job: Job, locale: Locale, progress: StatusDetails, title: dict[str, str]) -> str:
    if job.tries:
        return locale("status-waiting-for-service", reason=job.reason or "down", **title)
    return locale("status-queued", position=max(1, progress.queue_position), **title)


def _generating(
    job: Job, locale: Locale, progress: StatusDetails, title: dict[str, str], effect: Effect | None, cancel: Rows
) -> StatusMessage:
    elapsed = max(0.0, progress.now - (job.accepted_at or progress.now))
    if elapsed > progress.deadline_seconds:
        text = locale("status-late", elapsed=clock_words(elapsed), **title)
        return StatusMessage(View(text, cancel), notification=locale("announce-late", **title), refresh=True)
    share = min(0.95, elapsed / progress.typical_seconds)
    filled = round(share * _BAR)
    text = locale(
        "status-generating" if job.chat_id > 0 else "status-generating-short",  # a group has other things to read
        elapsed=clock_words(elapsed),
        usual=clock_words(progress.typical_seconds),
        bar="▓" * filled + "░" * (_BAR - filled),
        **title,
    )
    return StatusMessage(View(text + _notes(job, locale, effect), cancel), refresh=True)


def _decision(job: Job, locale: Locale, title: dict[str, str]) -> View:
    again = Button(locale.text("button-try-again"), f"retry:{job.id}")
    leave = Button(locale.text("button-leave"), f"leave:{job.id}")
    return View(locale("status-needs-decision", job=job.id, **title), ((again, leave),))


def _elsewhere(job: Job, locale: Locale, progress: StatusDetails, title: dict[str, str]) -> View | None:
    if job.reason == "no_video":
        return View(locale("status-no-video", job=job.id, **title))
    if job.reason not in {"no_rights", "not_here"}:
        return None  # nothing can be said there
    text = locale("status-no-rights" if job.reason == "no_rights" else "status-not-here", **title)
    return View(text, ((job_link(job, locale, progress.username, "button-fetch"),),))


def _notes(job: Job, locale: Locale, effect: Effect | None) -> str:
    """What the person should know about their photos and words, under the status."""
    notes = [locale(f"note-from-{job.source}")] if job.source else []
    if effect is not None and effect.photos == 2 and not effect.in_turn and job.source is None:
        notes.append(locale("note-left-right"))
    if job.motion is not None:
        notes.append(locale("note-motion", prompt=prompt_excerpt(job), duration=job.duration, model=job.motion.model))
    if job.motion is not None and len(job.photos) == 2:
        notes.append(locale("note-first-last"))
    if job.extra_photos:
        notes.append(locale("note-extra-photos", count=len(job.photos)))
    return "".join(f"\n{note}" for note in notes)


def clock_words(seconds: float) -> str:
    """Seconds as 0:45."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"


def delivered_view(job: Job, locale: Locale, catalogue: Catalogue, *, share: bool) -> View:
    """The caption and the buttons of a finished video; with `share`, a button that takes it to another chat."""
    row = [Button(locale.text("button-again"), f"again:{job.id}")]
    if len(job.photos) == 2:
        effect = catalogue.by_name(job.effect)
        one_by_one = job.motion is not None or (effect is not None and effect.in_turn)
        row.append(Button(locale.text("button-swap-turn" if one_by_one else "button-swap"), f"swap:{job.id}"))
    rest = [Button(locale.text("button-other"), f"other:{job.id}")]
    if job.inline_message_id is None and any(photo.author_id is not None for photo in job.photos):
        rest.append(Button(locale.text("button-delete"), f"remove:{job.id}"))
    if share:
        rest.append(Button(locale.text("button-share"), switch=f"{ONE_VIDEO}{job.id}"))
    key = "caption-delivered" if job.motion is None else "caption-animation"
    caption = locale(key, prompt=prompt_excerpt(job), **title_args_of(job.effect, catalogue, locale))
    words_row = ((Button(locale.text("button-reword"), f"reword:{job.id}"),),) if job.motion else ()
    return View(caption, (tuple(row), *words_row, tuple(rest)))


def link_view(job: Job, locale: Locale, catalogue: Catalogue) -> View:
    """A video that is too big for Telegram, as a link. The address was vetted before it came here."""
    view = delivered_view(job, locale, catalogue, share=False)
    link = Button(locale.text("button-download"), url=job.video_url)
    return View(f"{view.text} — {locale('status-link')}", ((link,), *view.buttons))


def inline_video_view(job: Job, locale: Locale, catalogue: Catalogue, username: str) -> View:
    """The caption of a finished video, and a button for whoever wants one too."""
    title = title_args_of(job.effect, catalogue, locale)
    mine = Button(locale.text("button-mine"), url=f"https://t.me/{username}?start={job.effect}")
    return View(locale("caption-delivered", **title), ((mine,),))


def failed_inline_view(view: View, job: Job, locale: Locale, username: str) -> View:
    """Why there is no video, with one button: what can be done is done in the private chat."""
    return View(view.text, ((job_link(job, locale, username, "button-what-now"),),))


def job_link(job: Job, locale: Locale, username: str, key: str) -> Button:
    """A button that opens the private chat with this job."""
    return Button(locale.text(key), url=f"https://t.me/{username}?start=job_{job.id}")
