"""What the bot's admins read of a reported video, and the buttons for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.messages.payloads import ReportAction, ReportButton
from handlers.messages.view import Button, View

if TYPE_CHECKING:
    from handlers.localization import Locale

NOTICE = "report"
"""The cause of the notice: `report.JOB`."""


def report_view(text: str, job_id: str, locale: Locale) -> View:
    """Return the notice with its buttons."""
    delete = Button(locale.text("button-delete"), ReportButton(ReportAction.DELETE, job_id))
    ban = Button(locale.text("button-ban"), ReportButton(ReportAction.BAN, job_id))
    return View(text, ((delete, ban),))
