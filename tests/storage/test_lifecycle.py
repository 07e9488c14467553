from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import State
from storage.models import AT_SERVICE
from tests.storage.samples import DAY, NOW, TRANSITION_METHODS, bring_to, enqueue

if TYPE_CHECKING:
    from storage import Job, Store

LATER = NOW + 60


async def moved(store: Store, move: str, name: str = "job", *, now: float = LATER) -> Job:
    """The job after that transition."""
    job = await TRANSITION_METHODS[move].call(store.transitions, name, now)
    assert job is not None, move
    assert await store.jobs.get(name) == job
    return job


async def test_the_history_knows_when(store: Store) -> None:
    """Each step in the history bears the time at which it was taken."""
    await enqueue(store)
    await moved(store, "submit", now=NOW + 1)
    await moved(store, "accept", now=NOW + 4)
    rows = await store.database.execute("SELECT to_state, at FROM job_events ORDER BY seq")
    assert [tuple(row) for row in rows] == [("queued", NOW), ("submitting", NOW + 1), ("generating", NOW + 4)]


# ---------------------------------------------------------------- submit
async def test_each_submit_has_an_id_of_its_own(store: Store) -> None:
    """A request that is sent again can be told from the first one in the service's record."""
    await enqueue(store)
    first = await moved(store, "submit")
    assert (first.client_request_id, first.submits, first.submitted_at) == ("job.1", 1, LATER)
    await moved(store, "requeue")
    second = await moved(store, "submit", now=LATER + 9)
    assert (second.client_request_id, second.submits, second.submitted_at) == ("job.2", 2, LATER + 9)


async def test_places_at_the_service_are_never_overbooked(store: Store) -> None:
    """However many are submitted at once, no more than the limit are at the service, those in doubt included."""
    for number in range(5):
        await enqueue(store, f"job-{number}")
    taken = [await store.transitions.submit(f"job-{number}", limit=3, now=NOW) for number in range(5)]
    assert [job is not None for job in taken] == [True, True, True, False, False]
    await moved(store, "mark_in_doubt", "job-0")
    await moved(store, "accept", "job-1")
    assert await store.transitions.submit("job-3", limit=3, now=NOW) is None
    await moved(store, "complete", "job-1")
    assert await store.transitions.submit("job-3", limit=3, now=NOW) is not None
    assert await store.jobs.count_at_service() == 3


async def test_an_accepted_job_is_polled_when_it_is_due(store: Store) -> None:
    """A job that the service took is known by the service's id, and first asked about at its time."""
    await bring_to(store, State.SUBMITTING)
    job = await moved(store, "accept")
    assert (job.service_job_id, job.due_at, job.accepted_at, job.tries) == ("made-job", LATER + 5, LATER, 0)


@pytest.mark.parametrize("state", [State.IN_DOUBT, State.NEEDS_DECISION])
async def test_an_adopted_job_counts_from_its_submit(store: Store, state: State) -> None:
    """A job found again in the service's record shows how long it is being made, not when it was found."""
    await bring_to(store, state)
    job = await moved(store, "accept")
    assert (job.accepted_at, job.reason_detail) == (NOW, None)


async def test_one_job_of_the_service_is_one_job_here(store: Store) -> None:
    """Two people never get the same video: a second job with the service's id of the first is refused."""
    await bring_to(store, State.GENERATING, "first")
    await bring_to(store, State.IN_DOUBT, "second")
    assert await store.transitions.accept("second", "made-first", due_at=NOW, now=NOW) is None
    second = await store.jobs.get("second")
    assert second is not None
    assert second.state is State.IN_DOUBT


async def test_a_requeued_job_waits_and_remembers_why(store: Store) -> None:
    """A job that the service could not take now waits its time, and its tries and the reason are known."""
    await bring_to(store, State.SUBMITTING)
    job = await moved(store, "requeue")
    assert (job.tries, job.reason, job.reason_detail, job.due_at) == (1, "busy", "429", LATER + 30)
    assert job.submitted_at is None


async def test_a_doubt_keeps_what_it_is_looked_for_with(store: Store) -> None:
    """A job in doubt still knows its request's id and time, by which the service's record is searched."""
    await bring_to(store, State.SUBMITTING)
    job = await moved(store, "mark_in_doubt")
    assert (job.client_request_id, job.submitted_at) == ("job.1", NOW)
    assert (job.reason_detail, job.due_at) == ("timed out", LATER + 2)
    asked = await moved(store, "ask_user")
    assert (asked.client_request_id, asked.due_at) == ("job.1", LATER + 300)


async def test_a_person_who_says_again_gets_a_fresh_start(store: Store) -> None:
    """Try again puts the job back in the queue at once, its tries forgotten, and may notify the person anew."""
    await bring_to(store, State.NEEDS_DECISION)
    asked = await store.jobs.get("job")
    assert asked is not None
    await store.status_messages.announced(asked)
    job = await moved(store, "retry")
    assert (job.tries, job.due_at, job.announced, job.reason) == (0, LATER, None, None)


# ---------------------------------------------------------------- generate, deliver
async def test_a_finished_video_is_due_for_delivery(store: Store) -> None:
    """A video that is made is delivered at once; its address and its price are kept."""
    await bring_to(store, State.GENERATING)
    job = await moved(store, "complete")
    assert (job.video_url, job.usd, job.due_at) == ("https://cdn.example/v.mp4", 0.3, LATER)


async def test_a_video_without_a_price(store: Store) -> None:
    """A service that does not tell what a video cost is no obstacle."""
    await bring_to(store, State.GENERATING)
    job = await store.transitions.complete("job", "https://cdn.example/v.mp4", usd=None, now=LATER)
    assert job is not None
    assert job.usd is None


async def test_a_delivered_video_is_known_to_telegram(store: Store) -> None:
    """A delivered job keeps Telegram's id of the video and the message in which it stands."""
    await bring_to(store, State.DELIVERING)
    job = await moved(store, "mark_delivered")
    assert (job.video_file_id, job.card_id, job.finished_at) == ("video", 900, LATER)


async def test_a_delivery_put_off_comes_later(store: Store) -> None:
    """Telegram's plea for patience costs no try, a network error does; the video stays ready."""
    await bring_to(store, State.DELIVERING)
    patient = await store.transitions.postpone_delivery("job", due_at=NOW + 30, count_try=False, now=NOW)
    assert patient is not None
    assert (patient.tries, patient.due_at) == (0, NOW + 30)
    await moved(store, "deliver")
    assert (await moved(store, "postpone_delivery")).tries == 1


@pytest.mark.parametrize("state", list(State))
async def test_a_new_address_is_for_a_video_on_its_way(store: Store, state: State) -> None:
    """When the service gives a video a new address, the delivery uses it; elsewhere nothing changes."""
    before = await bring_to(store, state)
    await store.transitions.refresh_url("job", "https://cdn.example/new.mp4")
    after = await store.jobs.get("job")
    assert after is not None
    on_its_way = state in {State.READY, State.DELIVERING}
    assert after.video_url == ("https://cdn.example/new.mp4" if on_its_way else before.video_url)


async def test_an_undeliverable_video_is_fetched_in_private(store: Store) -> None:
    """A person who could not be written to comes to the bot and gets the video there, in a new message."""
    job = await bring_to(store, State.UNDELIVERABLE, chat_id=-70, thread_id=3, card_id=60)
    assert (job.reason, job.reason_detail) == ("blocked", "403")
    job = await moved(store, "redeliver_to")
    assert (job.chat_id, job.thread_id, job.message_id, job.card_id) == (70, None, 5, None)
    assert (job.reason, job.tries, job.due_at, job.finished_at) == (None, 0, LATER, None)


async def test_a_video_can_be_fetched_though_it_is_being_made_again(store: Store) -> None:
    """Someone who asked for an undeliverable video once more and then comes for the first one gets an answer."""
    await bring_to(store, State.DELIVERED, "parent")
    await bring_to(store, State.UNDELIVERABLE, "first", parent_id="parent", variant="again")
    await enqueue(store, "second", parent_id="parent", variant="again")
    assert (await moved(store, "redeliver_to", "first")).state is State.READY


# ---------------------------------------------------------------- end, time
async def test_a_failed_job_knows_why(store: Store) -> None:
    """A failure keeps its kind, the photo that it is about, and the service's own words."""
    await bring_to(store, State.GENERATING)
    job = await moved(store, "fail")
    assert (job.reason, job.reason_photo, job.reason_detail, job.finished_at) == ("no_face", 2, "no face", LATER)


@pytest.mark.parametrize("state", list(State))
async def test_a_job_at_the_service_is_dropped_when_it_ends(store: Store, state: State) -> None:
    """Cancelling what the service has is noted, shown at once, and carried out when its answer comes."""
    await bring_to(store, state)
    assert await store.transitions.finish_cancelled("job", charged=True, now=LATER) is None  # nobody asked for it
    asked = await store.transitions.request_cancel("job", now=LATER)
    if state not in AT_SERVICE:
        assert asked is None
        return
    assert asked is not None
    assert (asked.state, asked.cancel_requested, asked.show_at, asked.version) == (state, True, LATER, asked.version)
    dropped = await moved(store, "finish_cancelled")
    assert dropped.state is State.CANCELLED


async def test_looking_again_is_of_the_state_that_was_seen(store: Store) -> None:
    """A poll whose job moved meanwhile does not put the job's next step off."""
    job = await bring_to(store, State.GENERATING)
    await store.transitions.reschedule(job, due_at=NOW + 30)
    seen = await store.jobs.get("job")
    assert seen is not None
    assert (seen.due_at, seen.version) == (NOW + 30, job.version)
    ready = await moved(store, "complete")
    await store.transitions.reschedule(seen, due_at=NOW + DAY)
    assert await store.jobs.get("job") == ready


async def test_a_hint_goes_before_a_poll_that_ended_meanwhile(store: Store) -> None:
    """Word from the service makes a job due, by its id or ours; a poll that was under way does not put that off."""
    job = await bring_to(store, State.GENERATING)
    assert await store.transitions.wake("aiml", "made-job", None, now=LATER) == "job"
    await store.transitions.reschedule(job, due_at=NOW + DAY)
    seen = await store.jobs.get("job")
    assert seen is not None
    assert (seen.due_at, seen.version) == (LATER, job.version)
    assert await store.transitions.wake("aiml", None, "job.1", now=LATER + 1) == "job"


@pytest.mark.parametrize("state", sorted(set(State) - {State.GENERATING, State.IN_DOUBT, State.NEEDS_DECISION}))
async def test_a_hint_about_what_is_over_changes_nothing(store: Store, state: State) -> None:
    """Word about a job that waits, is done or is nobody's has no effect."""
    before = await bring_to(store, state)
    for ids in (("made-job", "job.1"), ("another", None), (None, None)):
        assert await store.transitions.wake("aiml", *ids, now=LATER) is None
    assert await store.transitions.wake("kling", "made-job", "job.1", now=LATER) is None
    assert await store.jobs.get("job") == before


async def test_handed_over_once(store: Store) -> None:
    """A job that one service did not take waits for the other, with its length there; it never moves again."""
    await bring_to(store, State.SUBMITTING, duration=10)
    job = await moved(store, "fail_over")
    assert (job.service, job.moved_from, job.duration, job.tries) == ("kling", "aiml", 5, 0)
    assert (job.due_at, job.submitted_at, job.reason) == (LATER, None, None)
    again = await moved(store, "submit")
    assert again.client_request_id == "job.2"
    assert await store.transitions.fail_over("job", "aiml", duration=5, detail="", now=LATER) is None


async def test_what_a_start_finds_in_the_middle_of_a_step(store: Store) -> None:
    """After a crash a submit is in doubt, a delivery is due at once, and everything else goes on as it was."""
    before = {state: await bring_to(store, state, str(state)) for state in State}
    delivering = before[State.DELIVERING]
    await store.transitions.reschedule(delivering, due_at=NOW + DAY)
    (doubtful,) = await store.transitions.mark_interrupted(now=LATER)
    assert (doubtful.id, doubtful.state, doubtful.due_at) == ("submitting", State.IN_DOUBT, LATER)
    assert doubtful.client_request_id == "submitting.1"
    found = await store.jobs.get("delivering")
    assert found is not None
    assert (found.state, found.due_at) == (State.DELIVERING, LATER)
    assert (await store.reports.job_events("submitting"))[-1] == ("submitting", "in_doubt")
    for state in set(State) - {State.SUBMITTING, State.DELIVERING}:
        assert await store.jobs.get(str(state)) == before[state]
    assert await store.transitions.mark_interrupted(now=LATER) == []
