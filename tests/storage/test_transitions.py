from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from storage import TRANSITIONS, Photo, State
from storage.limits import ServicePlaces
from storage.models import AT_SERVICE, FINAL
from tests.storage.samples import (
    DAY,
    HOUR,
    IF_CANCELLED,
    NOW,
    PLACES,
    TRANSITION_METHODS,
    TransitionMethod,
    bring_to,
    enqueue,
    get_job,
    used_places,
)

if TYPE_CHECKING:
    from storage import Job, Store

LATER = NOW + 60


async def move(store: Store, method: str, name: str = "job", *, now: float = LATER) -> Job:
    """Call that transition method, which must succeed, and return the job as it is stored."""
    job = await TRANSITION_METHODS[method].call(store.transitions, name, now)
    assert job is not None, method
    assert await store.jobs.get(name) == job
    return job


# ---------------------------------------------------------------- every transition
@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("method", list(TRANSITION_METHODS.values()), ids=str)
async def test_a_transition_starts_from_its_states_only(store: Store, method: TransitionMethod, state: State) -> None:
    """A worker whose job was moved by somebody else meanwhile gets None and changes nothing."""
    await bring_to(store, State.IN_DOUBT if state is State.NEEDS_DECISION else state)
    if method.name in IF_CANCELLED:
        await store.transitions.request_cancel("job", 7, now=NOW)
    if state is State.NEEDS_DECISION:
        await move(store, "ask_user", now=NOW)
    if method.name == "post" and state is State.UNDELIVERABLE:
        await move(store, "redeliver_to", now=NOW)
        await move(store, "withhold_ready", now=NOW)
    before = await get_job(store)
    after = await method.call(store.transitions, "job", LATER)
    if state in method.starts:
        assert after is not None
        assert (after.state, after.changed_at, after.show_at) == (method.to, LATER, LATER)
        assert after.version == before.version + 1
        assert (after.finished_at is not None) == (method.to in FINAL)
        assert method.to in TRANSITIONS[state]
    else:
        assert after is None
        assert await store.jobs.get("job") == before


@pytest.mark.parametrize("method", list(TRANSITION_METHODS.values()), ids=str)
async def test_a_transition_moves_its_own_job_only(store: Store, method: TransitionMethod) -> None:
    """A transition of an unknown job is no error, and moves no other job."""
    for number, state in enumerate(State):
        await bring_to(store, state, f"job-{number}")
    before = await store.reports.count_by_state()
    assert await method.call(store.transitions, "unknown", LATER) is None
    assert await store.reports.count_by_state() == before


@pytest.mark.parametrize("state", list(State))
async def test_a_jobs_history_is_a_path_in_the_diagram(store: Store, state: State) -> None:
    """An operator who reads a job's history finds every transition that it made, and only those that exist."""
    job = await bring_to(store, state)
    events = await store.reports.job_events("job")
    assert events[0] == (None, "queued")
    assert events[-1][1] == job.state
    for (_, before), (start, to) in pairwise(events):
        assert start == before
        assert State(to) in TRANSITIONS[State(before)]
    assert len(events) == job.version


async def test_the_history_has_times(store: Store) -> None:
    """Each event in the history has the time of its transition."""
    await enqueue(store)
    await move(store, "submit", now=NOW + 1)
    await move(store, "accept", now=NOW + 4)
    rows = await store.database.execute("SELECT to_state, at FROM job_events ORDER BY seq")
    assert [tuple(row) for row in rows] == [("queued", NOW), ("submitting", NOW + 1), ("generating", NOW + 4)]


# ---------------------------------------------------------------- submit
async def test_row_55_digests_are_kept_with_the_photos(store: Store) -> None:
    """A job that is submitted again keeps the digests of what was sent last; nothing else of its photos changes."""
    before = await enqueue(store, "job", photos=(Photo("a", 5, 7, portrait=False), Photo("b")))
    job = await store.transitions.submit("job", PLACES, account="ours", digests=["one", "two"], now=NOW)
    assert job is not None
    assert [photo.digest for photo in job.photos] == ["one", "two"]
    assert [replace(photo, digest=None) for photo in job.photos] == list(before.photos)
    await store.transitions.requeue("job", reason="busy", detail="", due_at=NOW, now=NOW)
    job = await store.transitions.submit("job", PLACES, account="ours", digests=["three", "four"], now=NOW)
    assert job is not None
    assert [photo.digest for photo in job.photos] == ["three", "four"]


async def test_each_submit_has_its_own_id(store: Store) -> None:
    """A request that is sent again can be told from the first one in the service's log."""
    await enqueue(store)
    first = await move(store, "submit")
    assert (first.client_request_id, first.submits, first.submitted_at) == ("job.1", 1, LATER)
    await move(store, "requeue")
    second = await move(store, "submit", now=LATER + 9)
    assert (second.client_request_id, second.submits, second.submitted_at) == ("job.2", 2, LATER + 9)


async def test_places_at_the_service_are_never_overbooked(store: Store) -> None:
    """No more jobs than the limit are at the service; one in doubt or done gives its place back."""
    places = ServicePlaces(3, HOUR, {})
    for number in range(5):
        await enqueue(store, f"job-{number}")
    taken = [await store.transitions.submit(f"job-{number}", places, account="ours", now=NOW) for number in range(5)]
    assert [job is not None for job in taken] == [True, True, True, False, False]
    await move(store, "accept", "job-1")
    assert await store.transitions.submit("job-3", places, account="ours", now=NOW) is None
    await move(store, "complete", "job-1")
    assert await store.transitions.submit("job-3", places, account="ours", now=NOW) is not None
    assert await store.transitions.submit("job-4", places, account="ours", now=NOW) is None
    await move(store, "mark_in_doubt", "job-0")
    assert await store.transitions.submit("job-4", places, account="ours", now=NOW) is not None
    assert await used_places(store, "aiml", places, now=NOW) == 3


async def test_an_accepted_job_is_polled_when_it_is_due(store: Store) -> None:
    """An accepted job has the service's id, and is polled first at the time that was given."""
    await bring_to(store, State.SUBMITTING)
    job = await move(store, "accept")
    assert (job.service_job_id, job.due_at, job.accepted_at, job.tries) == ("made-job", LATER + 5, LATER, 0)


@pytest.mark.parametrize("state", [State.IN_DOUBT, State.NEEDS_DECISION])
async def test_an_adopted_job_counts_from_its_submit(store: Store, state: State) -> None:
    """A job that was found in the service's log shows the time since its submit, not since it was found."""
    await bring_to(store, state)
    job = await move(store, "accept")
    assert (job.accepted_at, job.reason_detail) == (NOW, None)


async def test_two_jobs_never_share_a_service_job(store: Store) -> None:
    """Two users never get the same video: a second job can't take the service's id of the first."""
    await bring_to(store, State.GENERATING, "first")
    await bring_to(store, State.IN_DOUBT, "second")
    assert await store.transitions.accept("second", "made-first", due_at=NOW, now=NOW) is None
    assert (await get_job(store, "second")).state is State.IN_DOUBT


async def test_a_requeued_job_waits_and_keeps_the_reason(store: Store) -> None:
    """A job that the service could not take waits its time, with its tries and the reason."""
    await bring_to(store, State.SUBMITTING)
    job = await move(store, "requeue")
    assert (job.tries, job.reason, job.reason_detail, job.due_at) == (1, "busy", "429", LATER + 30)
    assert job.submitted_at is None


async def test_a_job_in_doubt_keeps_its_request_id(store: Store) -> None:
    """A job in doubt keeps its request's id and time, by which the service's log is searched."""
    await bring_to(store, State.SUBMITTING)
    job = await move(store, "mark_in_doubt")
    assert (job.client_request_id, job.submitted_at) == ("job.1", NOW)
    assert (job.reason_detail, job.due_at) == ("timed out", LATER + 2)
    asked = await move(store, "ask_user")
    assert (asked.client_request_id, asked.due_at) == ("job.1", LATER + 300)


async def test_a_retry_starts_afresh(store: Store) -> None:
    """A user's Try again puts the job back in the queue at once, without tries, and may notify the user anew."""
    await bring_to(store, State.NEEDS_DECISION)
    await store.status_messages.announced(await get_job(store))
    job = await move(store, "retry")
    assert (job.tries, job.due_at, job.announced, job.reason) == (0, LATER, None, None)
    assert job.submitted_at is None


async def test_a_job_fails_over_once(store: Store) -> None:
    """A job that one service did not take is queued for the other, with a length that it has, and never moves again."""
    await bring_to(store, State.SUBMITTING, duration=10)
    job = await move(store, "fail_over")
    assert (job.service, job.moved_from, job.duration, job.tries) == ("kling", "aiml", 5, 0)
    assert (job.due_at, job.submitted_at, job.reason) == (LATER, None, None)
    again = await move(store, "submit")
    assert again.client_request_id == "job.2"
    assert await store.transitions.fail_over("job", "aiml", duration=5, detail="", now=LATER) is None


# ---------------------------------------------------------------- generate, deliver
async def test_a_completed_video_is_due_for_delivery(store: Store) -> None:
    """A video that is made is delivered at once; its URL and its price are stored."""
    await bring_to(store, State.GENERATING)
    job = await move(store, "complete")
    assert (job.video_url, job.usd, job.due_at) == ("https://cdn.example/v.mp4", 0.3, LATER)


async def test_a_video_without_a_price(store: Store) -> None:
    """A video is delivered although the service does not tell what it cost."""
    await bring_to(store, State.GENERATING)
    job = await store.transitions.complete("job", "https://cdn.example/v.mp4", usd=None, now=LATER)
    assert job is not None
    assert job.usd is None


async def test_a_delivered_video_has_a_file_id(store: Store) -> None:
    """A delivered job keeps Telegram's id of the video and the message with it."""
    await bring_to(store, State.DELIVERING)
    job = await move(store, "mark_delivered")
    assert (job.video_file_id, job.card_id, job.finished_at) == ("video", 900, LATER)


async def test_a_postponed_delivery(store: Store) -> None:
    """A rate limit of Telegram costs no try, a network error does; the video stays ready."""
    await bring_to(store, State.DELIVERING)
    limited = await store.transitions.postpone_delivery("job", due_at=NOW + 30, count_try=False, now=NOW)
    assert limited is not None
    assert (limited.tries, limited.due_at) == (0, NOW + 30)
    await move(store, "deliver")
    assert (await move(store, "postpone_delivery")).tries == 1


@pytest.mark.parametrize("state", list(State))
async def test_a_new_url_is_for_a_video_on_its_way(store: Store, state: State) -> None:
    """When the service gives a video a new URL, the delivery uses it; in other states nothing changes."""
    before = await bring_to(store, state)
    await store.transitions.refresh_url("job", "https://cdn.example/new.mp4")
    on_its_way = state in {State.READY, State.DELIVERING}
    expected = "https://cdn.example/new.mp4" if on_its_way else before.video_url
    assert (await get_job(store)).video_url == expected


async def test_an_undeliverable_video_is_fetched_in_private(store: Store) -> None:
    """A user whom the bot could not write to comes to the bot and gets the video there, in a new message."""
    job = await bring_to(store, State.UNDELIVERABLE, chat_id=-70, thread_id=3, card_id=60)
    assert (job.reason, job.reason_detail) == ("blocked", "403")
    job = await move(store, "redeliver_to")
    assert (job.chat_id, job.thread_id, job.message_id, job.card_id) == (70, None, 5, None)
    assert (job.reason, job.tries, job.due_at, job.finished_at) == (None, 0, LATER, None)


async def test_a_video_is_fetched_while_it_is_being_made_again(store: Store) -> None:
    """A user who asked for an undeliverable video once more can still fetch the first one."""
    await bring_to(store, State.DELIVERED, "parent")
    await bring_to(store, State.UNDELIVERABLE, "first", parent_id="parent", variant="again")
    await enqueue(store, "second", parent_id="parent", variant="again")
    assert (await move(store, "redeliver_to", "first")).state is State.READY


# ---------------------------------------------------------------- end
async def test_a_failed_job_keeps_the_reason(store: Store) -> None:
    """A failure keeps its kind, the number of the photo, and the service's own words."""
    await bring_to(store, State.GENERATING)
    job = await move(store, "fail")
    assert (job.reason, job.reason_photo, job.reason_detail, job.finished_at) == ("no_face", 2, "no face", LATER)


@pytest.mark.parametrize("state", list(State))
async def test_cancelling_at_the_service_waits_for_the_end(store: Store, state: State) -> None:
    """Cancelling a job at the service is noted, shown at once, and carried out when the service has answered."""
    await bring_to(store, state)
    assert await store.transitions.finish_cancelled("job", charged=True, now=LATER) is None  # not cancelled yet
    noted = await store.transitions.request_cancel("job", 7, now=LATER)
    if state not in AT_SERVICE:
        assert noted is None
        return
    assert noted is not None
    assert (noted.state, noted.cancel_requested, noted.show_at) == (state, True, LATER)
    assert (await move(store, "finish_cancelled")).state is State.CANCELLED


async def test_a_video_that_nobody_wants_posted_is_kept(store: Store) -> None:
    """A video that was cancelled while it was made is never ready to be posted, but kept, with what it cost."""
    await bring_to(store, State.GENERATING)
    await store.transitions.request_cancel("job", 7, now=NOW)
    assert await TRANSITION_METHODS["complete"].call(store.transitions, "job", NOW) is None
    job = await move(store, "withhold")
    assert (job.video_url, job.usd, job.reason, job.finished_at) == (
        "https://cdn.example/v.mp4",
        0.3,
        "withheld",
        LATER,
    )
    assert [one.id for one in await store.jobs.undelivered(7, limit=9)] == ["job"]
    posted = await move(store, "post")
    assert (posted.reason, posted.cancel_requested, posted.finished_at, posted.due_at) == (None, False, None, LATER)


async def test_what_can_not_be_delivered_is_not_posted_again_there(store: Store) -> None:
    """A chat that does not take the video is not asked again because somebody presses Post it."""
    await bring_to(store, State.UNDELIVERABLE)
    assert await store.transitions.post("job", now=LATER) is None
    assert await store.transitions.confirm_cancel("job", 7, now=LATER) is None


async def test_a_video_is_not_withheld_after_a_try_to_deliver_it(store: Store) -> None:
    """After a try to deliver it the video may be in the chat already, so it is too late."""
    await bring_to(store, State.DELIVERING)
    await move(store, "postpone_delivery")
    assert await store.transitions.withhold_ready("job", 7, now=LATER) is None


async def test_an_admins_word_goes_before_the_owners(store: Store) -> None:
    """Who does not want the video posted is kept: the first who said so, or the admin of the group who did."""
    await bring_to(store, State.GENERATING)
    for person_id, kept in ((7, 7), (9, 9), (7, 9)):
        job = await store.transitions.request_cancel("job", person_id, now=LATER)
        assert job is not None
        assert job.cancelled_by == kept
    assert await store.transitions.undo_cancel("job", now=LATER) is not None
    assert (await get_job(store)).cancelled_by is None


# ---------------------------------------------------------------- when the next step is due
async def test_rescheduling_is_void_after_a_transition(store: Store) -> None:
    """A poll whose job moved meanwhile does not put the job's next step off."""
    job = await bring_to(store, State.GENERATING)
    await store.transitions.reschedule(job, due_at=NOW + 30)
    rescheduled = await get_job(store)
    assert (rescheduled.due_at, rescheduled.version) == (NOW + 30, job.version)
    ready = await move(store, "complete")
    await store.transitions.reschedule(rescheduled, due_at=NOW + DAY)
    assert await store.jobs.get("job") == ready


async def test_waking_goes_before_a_poll_that_ended_meanwhile(store: Store) -> None:
    """News from the service makes a job due, by its id or ours; a poll that was under way does not put that off."""
    job = await bring_to(store, State.GENERATING)
    assert await store.transitions.wake("aiml", "made-job", None, now=LATER) == "job"
    await store.transitions.reschedule(job, due_at=NOW + DAY)
    woken = await get_job(store)
    assert (woken.due_at, woken.version) == (LATER, job.version)
    assert await store.transitions.wake("aiml", None, "job.1", now=LATER + 1) == "job"


@pytest.mark.parametrize("state", sorted(set(State) - {State.GENERATING, State.IN_DOUBT, State.NEEDS_DECISION}))
async def test_a_hint_about_what_is_over_changes_nothing(store: Store, state: State) -> None:
    """News about a job that is queued, finished, unknown or at another service has no effect."""
    before = await bring_to(store, state)
    for ids in (("made-job", "job.1"), ("another", None), (None, None)):
        assert await store.transitions.wake("aiml", *ids, now=LATER) is None
    assert await store.transitions.wake("kling", "made-job", "job.1", now=LATER) is None
    assert await store.jobs.get("job") == before


async def test_a_start_finds_interrupted_jobs(store: Store) -> None:
    """After a crash an interrupted submit is in doubt, a delivery is due at once, and all else stays as it was."""
    before = {state: await bring_to(store, state, str(state)) for state in State}
    await store.transitions.reschedule(before[State.DELIVERING], due_at=NOW + DAY)
    (doubtful,) = await store.transitions.mark_interrupted(now=LATER)
    assert (doubtful.id, doubtful.state, doubtful.due_at) == ("submitting", State.IN_DOUBT, LATER)
    assert doubtful.client_request_id == "submitting.1"
    delivering = await get_job(store, "delivering")
    assert (delivering.state, delivering.due_at) == (State.DELIVERING, LATER)
    assert (await store.reports.job_events("submitting"))[-1] == ("submitting", "in_doubt")
    for state in set(State) - {State.SUBMITTING, State.DELIVERING}:
        assert await store.jobs.get(str(state)) == before[state]
    assert await store.transitions.mark_interrupted(now=LATER) == []
