"""The status message of a job, its notification, and what stands under a finished video."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.localization import Locales
from handlers.messages.job_status import (
    StatusDetails,
    StatusMessage,
    caption_of,
    delivered_view,
    inline_video_view,
    link_view,
    minutes_seconds,
    status_message,
)
from storage import ImageToVideoOptions, Job, Photo, State
from tests.handlers.samples import TWO, job
from video.effects.catalogue import Catalogue

if TYPE_CHECKING:
    from handlers.messages.view import View

CATALOGUE = Catalogue.load()
ENGLISH = Locales.load().get("en")
DETAILS = StatusDetails(
    now=1000.0,
    typical_seconds=120.0,
    deadline_seconds=300.0,
    queue_position=3,
    username="the_bot",
    services=("aiml", "kling"),
)
MOTION = ImageToVideoOptions(model="v1.6", prompt="she waves")
CANCELLED: dict[str, object] = {"state": State.GENERATING, "cancel_requested": True}
WITHHELD: dict[str, object] = {"state": State.UNDELIVERABLE, "reason": "withheld", "cancel_requested": True}


def message_of(one: Job) -> StatusMessage:
    return status_message(one, ENGLISH, CATALOGUE, DETAILS)


def text_of(one: Job) -> str:
    view = message_of(one).view
    assert view is not None
    return view.text


def payloads_of(view: View | None) -> list[str | None]:
    """What the buttons send, or where they lead."""
    buttons = [button for row in view.buttons for button in row] if view else []
    return [button.payload.encode() if button.payload else button.url or button.inline_query for button in buttons]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"state": State.NEEDS_DECISION, "record_read": True}, "Most likely it didn't take them."),
        ({"state": State.NEEDS_DECISION, "record_read": False}, "I can't read its record."),
        ({}, "in the queue"),
        ({"tries": 2, "reason": "busy"}, "busy just now"),
        ({"state": State.SUBMITTING}, "sending your photos"),
        ({"state": State.GENERATING, "accepted_at": 940.0}, "being made, 1:00 of about 2:00"),
        ({"state": State.GENERATING, "accepted_at": 600.0}, "longer than usual (6:40 so far)"),
        ({"state": State.IN_DOUBT}, "didn't answer clearly"),
        ({"state": State.NEEDS_DECISION}, "Shall I send them again? (job1)"),
        ({"state": State.CANCELLED}, "Nothing was charged"),
        ({"state": State.CANCELLED, "submitted_at": 5.0}, "may have been charged"),
        ({**CANCELLED, "service_job_id": "x"}, "it is paid for already"),
        ({**CANCELLED, "state": State.IN_DOUBT}, "it may be paid for already"),
        ({**CANCELLED, "state": State.NEEDS_DECISION, "cancel_confirmed": True}, "It may be paid for already"),
        ({**CANCELLED, "cancel_confirmed": True}, "I won't post it"),
        (WITHHELD, "Shall I post it here?"),
        ({**WITHHELD, "cancel_confirmed": True}, "made, and not posted"),
        ({"state": State.FAILED, "reason": "no_face", "reason_photo": 1}, "there is no video this time"),
        ({"state": State.FAILED, "reason": "a new reason"}, "there is no video this time"),
        ({"state": State.UNDELIVERABLE, "reason": "no_video"}, "couldn't fetch it"),
        ({"state": State.UNDELIVERABLE, "reason": "no_rights"}, "may not send videos in this chat"),
        ({"state": State.UNDELIVERABLE, "reason": "not_here"}, "can't be shown in this message"),
    ],
)
def test_each_state_has_its_text(changes: dict[str, object], said: str) -> None:
    """The message says in each state where the video is."""
    assert said in text_of(job(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"state": State.READY},
        {"state": State.DELIVERING},
        {"state": State.DELIVERED},
        {"state": State.UNDELIVERABLE, "reason": "closed"},
    ],
)
def test_some_states_leave_the_message_as_it_is(changes: dict[str, object]) -> None:
    """While the message becomes the video, and in a chat that is closed to the bot, nothing is drawn."""
    assert message_of(job(**changes)).view is None


@pytest.mark.parametrize(
    ("changes", "notification"),
    [
        ({}, None),
        ({"state": State.GENERATING, "accepted_at": 940.0}, None),
        ({"state": State.GENERATING, "accepted_at": 600.0}, "takes longer than usual"),
        ({"state": State.NEEDS_DECISION}, "needs a decision"),
        ({"state": State.DELIVERED}, "is ready"),
        ({"state": State.FAILED, "reason": "down"}, "the reason is above"),
        ({"state": State.CANCELLED}, None),
        (WITHHELD, "needs a decision"),
        ({**WITHHELD, "cancel_confirmed": True}, None),
        (CANCELLED, None),
    ],
)
def test_notifications(changes: dict[str, object], notification: str | None) -> None:
    """A person is notified of an end, of a delay and of a question, and of nothing else."""
    told = message_of(job(**changes)).notification
    assert told is None if notification is None else told is not None and notification in told


def test_what_changes_with_time_is_refreshed() -> None:
    """A queue moves and a bar grows; other messages change with their state only."""
    states = [state for state in State if message_of(job(state=state, reason="down")).refresh]
    assert states == [State.QUEUED, State.GENERATING]


@pytest.mark.parametrize(
    ("accepted_at", "bar"), [(1000.0, "░" * 10), (940.0, "▓" * 5 + "░" * 5), (705.0, "▓" * 10), (2000.0, "░" * 10)]
)
def test_the_bar(accepted_at: float, bar: str) -> None:
    """The bar shows the part of the usual time that has passed."""
    assert bar in text_of(job(state=State.GENERATING, accepted_at=accepted_at))


def test_a_group_reads_less() -> None:
    """In a group the message of a video that is being made is shorter."""
    private, group = (text_of(job(state=State.GENERATING, chat_id=chat)) for chat in (7, -7))
    assert len(group.splitlines()) < len(private.splitlines())


@pytest.mark.parametrize(
    ("changes", "notes"),
    [
        ({"effect": "hug", "photos": TWO}, ["stands on the left"]),
        ({"source": "own-replied", "effect": "hug", "photos": TWO}, ["that you replied to on the right"]),
        ({"motion": MOTION, "effect": "animate"}, ["she waves", "(5 s, v1.6)"]),
        ({"motion": MOTION, "effect": "animate", "photos": TWO}, ["begins with the first photo"]),
        ({"extra_photos": True}, ["first"]),
    ],
)
def test_notes_about_photos_and_prompt(changes: dict[str, object], notes: list[str]) -> None:
    """Under the status stands what the person should know about their photos and prompt."""
    text = text_of(job(**changes))
    assert [note for note in notes if note not in text] == []


@pytest.mark.parametrize(
    ("changes", "foot"),
    [
        ({"reason": "no_face"}, "Nothing was charged"),
        ({"reason": "given_up"}, "It may have been charged"),
        ({"reason": "photo_unreadable", "lost_submit": True}, "It may have been charged"),
    ],
)
def test_row_36_nothing_is_promised_that_nobody_knows(changes: dict[str, object], foot: str) -> None:
    """A failed video was not charged where that is certain; after a lost submit that was sent again, it is not."""
    assert foot in text_of(job(state=State.FAILED, **changes))


@pytest.mark.parametrize(
    ("changes", "payloads"),
    [
        ({}, ["cancel:job1"]),
        ({"state": State.IN_DOUBT}, ["cancel:job1"]),
        (CANCELLED, ["post:job1", "withhold:job1"]),
        ({**CANCELLED, "cancel_confirmed": True}, ["post:job1"]),
        (WITHHELD, ["post:job1", "withhold:job1"]),
        ({**WITHHELD, "cancel_confirmed": True}, ["post:job1"]),
        ({**WITHHELD, "cancel_confirmed": True, "chat_id": -7}, ["post:job1", "https://t.me/the_bot?start=job_job1"]),
        ({"state": State.NEEDS_DECISION, "submits": 1}, ["retry:job1:1", "leave:job1:1"]),
        ({"state": State.CANCELLED}, []),
        ({"state": State.FAILED, "reason": "down"}, ["again:job1"]),
        ({"state": State.FAILED, "reason": "retired"}, ["other:job1"]),
        ({"state": State.FAILED, "reason": "moderated", "motion": MOTION}, ["reword:job1"]),
        ({"state": State.FAILED, "reason": "moderated", "motion": MOTION, "reason_photo": 1}, []),
        (
            {"state": State.FAILED, "reason": "down", "inline_message_id": "i"},
            ["https://t.me/the_bot?start=job_job1"],
        ),
        ({"state": State.UNDELIVERABLE, "reason": "no_rights"}, ["https://t.me/the_bot?start=job_job1"]),
    ],
)
def test_buttons(changes: dict[str, object], payloads: list[str]) -> None:
    """Under the message is what can be done in this state."""
    assert payloads_of(message_of(job(**changes)).view) == payloads


def test_effects_without_faces() -> None:
    """Where no face was found, the main effects that need none are offered for the same photo."""
    payloads = payloads_of(message_of(job(state=State.FAILED, effect="hug", reason="no_face", photos=TWO)).view)
    assert "with:job1:squish" in payloads
    assert payloads[-1] == "other:job1"
    assert "with:job1:hug" not in payloads


@pytest.mark.parametrize(
    ("changes", "share", "payloads"),
    [
        ({}, False, ["again:job1", "other:job1"]),
        ({}, True, ["again:job1", "other:job1", "#job1"]),
        ({"photos": TWO, "effect": "hug"}, False, ["again:job1", "swap:job1", "other:job1"]),
        ({"motion": MOTION, "effect": "animate"}, False, ["again:job1", "reword:job1", "other:job1"]),
        ({"photos": (Photo("one", author_id=8),)}, False, ["again:job1", "other:job1", "remove:job1"]),
        ({"photos": (Photo("one", author_id=8),), "inline_message_id": "i"}, False, ["again:job1", "other:job1"]),
    ],
)
def test_buttons_under_a_video(changes: dict[str, object], share: bool, payloads: list[str]) -> None:  # noqa: FBT001
    """Two photos can be swapped, a prompt reworded, and a video with another person's photo deleted."""
    assert payloads_of(delivered_view(job(**changes), ENGLISH, CATALOGUE, share=share, ai_label=False)) == payloads


def test_the_caption_of_a_prompt_is_escaped_and_short() -> None:
    """A person's own words can't bring HTML into a message, nor fill it."""
    prompt = "<b>" + "x" * 300
    caption = text_of(job(effect="animate", motion=ImageToVideoOptions(model="v2", prompt=prompt)))
    assert "&lt;b&gt;" in caption
    assert "x" * 198 not in caption


def test_a_link_to_a_big_video() -> None:
    """A video that is too big for Telegram is a link above the usual buttons."""
    view = link_view(job(video_url="https://example.com/1.mp4"), ENGLISH, CATALOGUE, ai_label=True)
    assert payloads_of(view) == ["https://example.com/1.mp4", "again:job1", "other:job1"]


def test_an_inline_video() -> None:
    """Whoever sees a video of inline mode may begin with the same effect."""
    view = inline_video_view(job(), ENGLISH, CATALOGUE, "the_bot", ai_label=True)
    assert payloads_of(view) == ["https://t.me/the_bot?start=squish"]


@pytest.mark.parametrize("motion", [None, ImageToVideoOptions(model="v2", prompt="x" * 2_500)])
def test_a_caption_says_that_it_was_made_with_ai(motion: ImageToVideoOptions | None) -> None:
    """The last line of a caption says that the video was made with AI, unless the operator leaves that out."""
    made = job(effect="animate" if motion else "squish", motion=motion)
    labelled = caption_of(made, ENGLISH, CATALOGUE, ai_label=True)
    assert labelled.splitlines()[-1] == "✨ Made with AI"
    assert len(labelled) < 1024
    assert "AI" not in caption_of(made, ENGLISH, CATALOGUE, ai_label=False)


def test_an_effect_that_the_catalogue_has_lost() -> None:
    """A job of an effect that is gone still has a message, under the effect's command."""
    assert "long_gone" in text_of(job(effect="long_gone", state=State.GENERATING))


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (45.9, "0:45"), (61, "1:01"), (3600, "60:00")])
def test_minutes_and_seconds(seconds: float, shown: str) -> None:
    """A time is shown in minutes and seconds."""
    assert minutes_seconds(seconds) == shown
