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


def status_message(job: Job, words: Locale, catalogue: Catalogue, progress: StatusDetails) -> StatusMessage:
    """The card of a job as it is now."""
    effect = catalogue.by_name(job.effect)
    title = title_args_of(job.effect, catalogue, words)
    if job.cancel_requested and job.state in {State.SUBMITTING, State.IN_DOUBT, State.GENERATING}:
        return StatusMessage(View(words("status-dropping", **title)))
    cancel: Rows = ((Button(words.text("button-cancel"), f"cancel:{job.id}"),),)
    match job.state:
        case State.QUEUED:
            return StatusMessage(
                View(_queued(job, words, progress, title) + _notes(job, words, effect), cancel), refresh=True
            )
        case State.SUBMITTING:
            return StatusMessage(View(words("status-submitting", **title) + _notes(job, words, effect), cancel))
        case State.GENERATING:
            return _generating(job, words, progress, title, effect, cancel)
        case State.IN_DOUBT:
            return StatusMessage(View(words("status-in-doubt", **title), cancel))
        case State.NEEDS_DECISION:
            return StatusMessage(_decision(job, words, title), notification=words("announce-decision", **title))
        case State.DELIVERED:
            return StatusMessage(None, notification=words("announce-delivered", **title))
        case State.FAILED:
            view = failure_view(job, words, catalogue, progress.services, title)
            if job.inline_message_id is not None:
                view = failed_inline_view(view, job, words, progress.username)
            return StatusMessage(view, notification=words("announce-failed", **title))
        case State.CANCELLED:
            return StatusMessage(View(words("status-dropped" if job.submitted_at else "status-cancelled", **title)))
        case State.UNDELIVERABLE:
            return StatusMessage(_elsewhere(job, words, progress, title))
        case _:
            return StatusMessage(None)


def _queued(job: Job, words: Locale, progress: StatusDetails, title: dict[str, str]) -> str:
    if job.tries:
        return words("status-waiting-for-service", reason=job.reason or "down", **title)
    return words("status-queued", position=max(1, progress.queue_position), **title)


def _generating(
    job: Job, words: Locale, progress: StatusDetails, title: dict[str, str], effect: Effect | None, cancel: Rows
) -> StatusMessage:
    elapsed = max(0.0, progress.now - (job.accepted_at or progress.now))
    if elapsed > progress.deadline_seconds:
        text = words("status-late", elapsed=clock_words(elapsed), **title)
        return StatusMessage(View(text, cancel), notification=words("announce-late", **title), refresh=True)
    share = min(0.95, elapsed / progress.typical_seconds)
    filled = round(share * _BAR)
    text = words(
        "status-generating" if job.chat_id > 0 else "status-generating-short",  # a group has other things to read
        elapsed=clock_words(elapsed),
        usual=clock_words(progress.typical_seconds),
        bar="▓" * filled + "░" * (_BAR - filled),
        **title,
    )
    return StatusMessage(View(text + _notes(job, words, effect), cancel), refresh=True)


def _decision(job: Job, words: Locale, title: dict[str, str]) -> View:
    again = Button(words.text("button-try-again"), f"retry:{job.id}")
    leave = Button(words.text("button-leave"), f"leave:{job.id}")
    return View(words("status-needs-decision", job=job.id, **title), ((again, leave),))


def _elsewhere(job: Job, words: Locale, progress: StatusDetails, title: dict[str, str]) -> View | None:
    if job.reason == "no_video":
        return View(words("status-no-video", job=job.id, **title))
    if job.reason not in {"no_rights", "not_here"}:
        return None  # nothing can be said there
    text = words("status-no-rights" if job.reason == "no_rights" else "status-not-here", **title)
    return View(text, ((job_link(job, words, progress.username, "button-fetch"),),))


def _notes(job: Job, words: Locale, effect: Effect | None) -> str:
    """What the person should know about their photos and words, under the status."""
    notes = [words(f"note-from-{job.source}")] if job.source else []
    if effect is not None and effect.photos == 2 and not effect.in_turn and job.source is None:
        notes.append(words("note-left-right"))
    if job.motion is not None:
        notes.append(words("note-motion", prompt=prompt_excerpt(job), duration=job.duration, model=job.motion.model))
    if job.motion is not None and len(job.photos) == 2:
        notes.append(words("note-first-last"))
    if job.extra_photos:
        notes.append(words("note-extra-photos", count=len(job.photos)))
    return "".join(f"\n{note}" for note in notes)


def clock_words(seconds: float) -> str:
    """Seconds as 0:45."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"


def delivered_view(job: Job, words: Locale, catalogue: Catalogue, *, share: bool) -> View:
    """The caption and the buttons of a finished video; with `share`, a button that takes it to another chat."""
    row = [Button(words.text("button-again"), f"again:{job.id}")]
    if len(job.photos) == 2:
        effect = catalogue.by_name(job.effect)
        one_by_one = job.motion is not None or (effect is not None and effect.in_turn)
        row.append(Button(words.text("button-swap-turn" if one_by_one else "button-swap"), f"swap:{job.id}"))
    rest = [Button(words.text("button-other"), f"other:{job.id}")]
    if job.inline_message_id is None and any(photo.author_id is not None for photo in job.photos):
        rest.append(Button(words.text("button-delete"), f"remove:{job.id}"))
    if share:
        rest.append(Button(words.text("button-share"), switch=f"{ONE_VIDEO}{job.id}"))
    key = "caption-delivered" if job.motion is None else "caption-animation"
    caption = words(key, prompt=prompt_excerpt(job), **title_args_of(job.effect, catalogue, words))
    words_row = ((Button(words.text("button-reword"), f"reword:{job.id}"),),) if job.motion else ()
    return View(caption, (tuple(row), *words_row, tuple(rest)))


def link_view(job: Job, words: Locale, catalogue: Catalogue) -> View:
    """A video that is too big for Telegram, as a link. The address was vetted before it came here."""
    view = delivered_view(job, words, catalogue, share=False)
    link = Button(words.text("button-download"), url=job.video_url)
    return View(f"{view.text} — {words('status-link')}", ((link,), *view.buttons))


def inline_video_view(job: Job, words: Locale, catalogue: Catalogue, username: str) -> View:
    """The caption of a finished video, and a button for whoever wants one too."""
    title = title_args_of(job.effect, catalogue, words)
    mine = Button(words.text("button-mine"), url=f"https://t.me/{username}?start={job.effect}")
    return View(words("caption-delivered", **title), ((mine,),))


def failed_inline_view(view: View, job: Job, words: Locale, username: str) -> View:
    """Why there is no video, with one button: what can be done is done in the private chat."""
    return View(view.text, ((job_link(job, words, username, "button-what-now"),),))


def job_link(job: Job, words: Locale, username: str, key: str) -> Button:
    """A button that opens the private chat with this job."""
    return Button(words.text(key), url=f"https://t.me/{username}?start=job_{job.id}")
