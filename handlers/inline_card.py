"""What differs where a job's message was placed by inline or guest mode: everyone there sees it, few know the bot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.title import title_of
from handlers.view import Button, View

if TYPE_CHECKING:
    from handlers.texts import Words
    from storage import Job
    from video.effects import Catalogue


def inline_video_view(job: Job, words: Words, catalogue: Catalogue, username: str) -> View:
    """The caption of a finished video, and a button for whoever wants one too."""
    title = title_of(job.effect, catalogue, words)
    mine = Button(words.plain("button-mine"), url=f"https://t.me/{username}?start={job.effect}")
    return View(words("caption-delivered", **title), ((mine,),))


def failed_inline_view(view: View, job: Job, words: Words, username: str) -> View:
    """Why there is no video, with one button: what can be done is done in the private chat."""
    return View(view.text, ((job_link(job, words, username, "button-what-now"),),))


def job_link(job: Job, words: Words, username: str, key: str) -> Button:
    """A button that opens the private chat with this job."""
    return Button(words.plain(key), url=f"https://t.me/{username}?start=job_{job.id}")
