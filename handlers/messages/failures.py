"""The message of a failed job: why there is no video, in which photo the fault is, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.messages import names
from handlers.messages.payloads import JobAction, JobButton
from handlers.messages.view import Button, Rows, View, in_rows

if TYPE_CHECKING:
    from collections.abc import Collection

    from handlers.localization import Locale
    from storage import Job
    from video.effects.catalogue import Catalogue

_WORTH_ANOTHER_TRY = frozenset(
    {"busy", "down", "timed_out", "given_up", "nothing_made", "no_video", "other", "telegram", "photo_process"}
)
_MAYBE_CHARGED = frozenset({"no_video", "given_up"})
"""Reasons with which the service did not say that it charged nothing."""


def failure_view(
    job: Job, locale: Locale, catalogue: Catalogue, services: Collection[str], title: dict[str, str]
) -> View:
    """Return the status message of a failed job.

    Args:
        job: it has failed.
        locale: the texts.
        catalogue: the effects.
        services: the configured video services.
        title: `title_args` of the job's effect.
    """
    reason = job.reason if job.reason and locale.has(f"failure-{job.reason}") else "other"
    which = locale.text("photo-which", photo=job.reason_photo or 0, count=len(job.photos))
    if job.motion is not None and reason == "moderated" and job.reason_photo is None:
        reason = "moderated-words"
    text = locale(f"failure-{reason}", which=which, count=len(job.photos), **title)
    foot = "failure-foot-unsure" if reason in _MAYBE_CHARGED or job.lost_submit else "failure-foot"
    whole = f"{locale('failure-head', **title)}\n{text}\n\n{locale(foot, job=job.id)}"
    rows: list[tuple[Button, ...]] = []
    if reason == "no_face":
        rows.extend(_effects_without_faces(job, locale, catalogue, services))
    if reason == "moderated-words":
        rows.append((Button(locale.text("button-reword"), JobButton(JobAction.REWORD, job.id)),))
    if reason in _WORTH_ANOTHER_TRY:
        rows.append((Button(locale.text("button-try-again"), JobButton(JobAction.AGAIN, job.id)),))
    if reason in {"no_face", "retired"}:
        rows.append((Button(locale.text("button-other"), JobButton(JobAction.OTHER_EFFECT, job.id)),))
    return View(whole, tuple(rows))


def _effects_without_faces(job: Job, locale: Locale, catalogue: Catalogue, services: Collection[str]) -> Rows:
    """Return buttons for the main effects that take any subject, with the job's first photo."""
    effects = [effect for effect in catalogue.main if not effect.faces and not effect.prompt and effect.photos == 1]
    return in_rows(
        [
            Button(
                locale.text("button-effect", **names.title_args(effect, locale)),
                JobButton(JobAction.WITH_EFFECT, job.id, effect.command),
            )
            for effect in effects
            if effect.first_service(services)
        ],
        2,
    )
