"""Why there is no video: the kind of reason, which photo, what to do next, and the job's short id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.messages.names import title_args
from handlers.messages.view import Button, View, in_rows

if TYPE_CHECKING:
    from collections.abc import Collection

    from handlers.localization import Locale
    from storage import Job
    from video.effects.catalogue import Catalogue

_WORTH_ANOTHER_TRY = frozenset({"busy", "down", "timed_out", "other", "telegram"})


def failure_view(
    job: Job, locale: Locale, catalogue: Catalogue, services: Collection[str], title: dict[str, str]
) -> View:
    """The status message of a failed job."""
    reason = job.reason if job.reason and locale.has(f"failure-{job.reason}") else "other"
    which = locale.text("photo-which", photo=job.reason_photo or 0, count=len(job.photos))
    if job.motion is not None and reason == "moderated" and job.reason_photo is None:
        reason = "moderated-words"
    text = locale(f"failure-{reason}", which=which, count=len(job.photos), **title)
    shown = f"{locale('failure-head', **title)}\n{text}\n\n{locale('failure-foot', job=job.id)}"
    rows: list[tuple[Button, ...]] = []
    if reason == "no_face":
        rows.extend(_ways_out(job, locale, catalogue, services))
    if reason == "moderated-words":
        rows.append((Button(locale.text("button-reword"), f"reword:{job.id}"),))
    if reason in _WORTH_ANOTHER_TRY:
        rows.append((Button(locale.text("button-try-again"), f"again:{job.id}"),))
    if reason in {"no_face", "retired"}:
        rows.append((Button(locale.text("button-other"), f"other:{job.id}"),))
    return View(shown, tuple(rows))


def _ways_out(
    job: Job, locale: Locale, catalogue: Catalogue, services: Collection[str]
) -> tuple[tuple[Button, ...], ...]:
    """Main effects that take any subject, for the first photo of this job."""
    effects = [effect for effect in catalogue.main if not effect.faces and not effect.prompt and effect.photos == 1]
    return in_rows(
        [
            Button(locale.text("button-effect", **title_args(effect, locale)), f"with:{job.id}:{effect.command}")
            for effect in effects
            if effect.first_service(services)
        ],
        2,
    )
