"""A job and a draft as the store returns them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from storage import Draft, DraftState, Job, Photo, State

ONE, TWO = (Photo("one"),), (Photo("one"), Photo("two"))

_JOB = Job(
    id="job1",
    state=State.QUEUED,
    parent_id=None,
    variant=None,
    chat_id=7,
    thread_id=None,
    person_id=7,
    message_id=1,
    media_group_id=None,
    language="en",
    effect="squish",
    motion=None,
    photos=ONE,
    extra_photos=False,
    service="aiml",
    moved_from=None,
    quality="standard",
    duration=5,
    submits=0,
    client_request_id=None,
    service_job_id=None,
    video_url=None,
    video_file_id=None,
    video_is_animation=False,
    usd=None,
    reason=None,
    reason_photo=None,
    reason_detail=None,
    cancel_requested=False,
    cancel_confirmed=False,
    cancelled_by=None,
    exempt=False,
    tries=0,
    rejections=0,
    url_failures=0,
    lost_submit=False,
    due_at=0.0,
    show_at=None,
    card_id=None,
    inline_message_id=None,
    source=None,
    announced=None,
    version=1,
    created_at=0.0,
    changed_at=0.0,
    submitted_at=None,
    accepted_at=None,
    finished_at=None,
    group_id=None,
    removed_by=None,
    removed_at=None,
    account=None,
    record_read=False,
)

_DRAFT = Draft(
    id="draft1",
    state=DraftState.OPEN,
    chat_id=7,
    thread_id=None,
    person_id=7,
    message_id=1,
    media_group_id=None,
    language="en",
    effect="squish",
    held=False,
    reason=None,
    card_id=None,
    show_at=0.0,
    created_at=0.0,
    expires_at=600.0,
    asker="Ada",
)


def job(**changes: Any) -> Job:
    """A squish in the queue, in a private chat, with these fields in place of its own."""
    return replace(_JOB, **changes)


def draft(**changes: Any) -> Draft:
    """An open squish without photos, in a private chat, with these fields in place of its own."""
    return replace(_DRAFT, **changes)
