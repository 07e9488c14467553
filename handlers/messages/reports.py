"""What the bot's admins read of a reported video, and the buttons for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Self

from handlers.messages.payloads import Payload
from handlers.messages.view import Button, View

if TYPE_CHECKING:
    from handlers.localization import Locale

NOTICE = "report"
"""The cause of the notice: `report.JOB`."""


class ReportAction(StrEnum):
    """What is done to a reported video."""

    REPORT = "report"
    DELETE = "delete"
    BAN = "ban"


@dataclass(frozen=True, slots=True)
class ReportButton(Payload):
    """Report a video, delete a reported one, or ban who asked for it: `reported:ACTION:JOB`."""

    PREFIXES: ClassVar[tuple[str, ...]] = ("reported",)

    action: ReportAction
    job_id: str

    @classmethod
    def decode(cls, data: str | None) -> Self | None:
        """Read callback data."""
        match (data or "").split(":"):
            case ["reported", action, job_id] if action in set(ReportAction) and job_id:
                return cls(ReportAction(action), job_id)
        return None


def report_view(text: str, job_id: str, locale: Locale) -> View:
    """Return the notice with its buttons."""
    delete = Button(locale.text("button-delete"), ReportButton(ReportAction.DELETE, job_id))
    ban = Button(locale.text("button-ban"), ReportButton(ReportAction.BAN, job_id))
    return View(text, ((delete, ban),))
