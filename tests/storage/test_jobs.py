from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import DraftState, ImageToVideoOptions, Photo, State
from storage.limits import Duplicate, Enqueued, GlobalDailyLimit, Limits, UserActiveLimit, UserDailyLimit
from tests.storage.samples import DAY, HOUR, NO_LIMITS, NOW, TRANSITION_METHODS, bring_to, enqueue, new_draft, new_job

if TYPE_CHECKING:
    from storage import Store
    from storage.limits import EnqueueResult

ONE_A_DAY = Limits(user_daily=1, user_active=100)
TWO_A_DAY = Limits(user_daily=2, user_active=100)
TWO_AT_ONCE = Limits(user_daily=100, user_active=2)


async def ask(store: Store, name: str, limits: Limits, *, now: float = NOW, **changes: object) -> EnqueueResult:
    return await store.jobs.create(new_job(name, **changes), limits, now=now)


# ---------------------------------------------------------------- making
async def test_a_new_job_waits_in_the_queue(store: Store) -> None:
    """A job begins in the queue, due at once, and holds all that was asked for."""
    job = await enqueue(store, thread_id=3, media_group_id="album", extra_photos=True, card_id=60)
    assert (job.state, job.due_at, job.show_at, job.created_at) == (State.QUEUED, NOW, NOW, NOW)
    assert job.photos == (Photo("left", 1_000), Photo("right", None))
    assert (job.chat_id, job.thread_id, job.person_id, job.message_id, job.card_id) == (7, 3, 7, 100, 60)
    assert (job.effect, job.service, job.quality, job.duration) == ("hug", "aiml", "standard", 5)
    assert (job.submits, job.tries, job.version, job.finished_at) == (0, 0, 1, None)
    assert job.extra_photos
    assert await store.jobs.get("job") == job
    assert await store.jobs.get("another") is None


async def test_asked_for_twice_made_once(store: Store) -> None:
    """A request whose update is handled a second time gives no second video, however many the person may have."""
    await enqueue(store, "one", origin="draft:1")
    assert await ask(store, "two", NO_LIMITS, origin="draft:1") == Duplicate()
    assert await ask(store, "two", Limits(user_daily=0, user_active=0), origin="draft:1") == Duplicate()
    assert await store.reports.count_by_state() == {"queued": 1}


async def test_a_job_ends_its_draft(store: Store) -> None:
    """The request is over when its job waits; one that a limit forbids stays open, to be told so."""
    draft = new_draft(effect="hug")
    await store.drafts.start(draft, [], consumes=1)
    assert isinstance(await store.jobs.create(new_job(), Limits(0, 0), now=NOW, draft=draft), UserDailyLimit)
    still = await store.drafts.get("draft")
    assert still is not None
    assert still.state is DraftState.OPEN
    assert isinstance(await store.jobs.create(new_job(), NO_LIMITS, now=NOW, draft=draft), Enqueued)
    ended = await store.drafts.get("draft")
    assert ended is not None
    assert ended.state is DraftState.DONE


async def test_again_is_made_once_at_a_time(store: Store) -> None:
    """Two taps on Again make one video; when it is done, a third tap makes another."""
    await bring_to(store, State.DELIVERED, "first")
    await enqueue(store, "again", parent_id="first", variant="again")
    assert await ask(store, "twice", NO_LIMITS, parent_id="first", variant="again") == Duplicate()
    assert isinstance(await ask(store, "swap", NO_LIMITS, parent_id="first", variant="swap"), Enqueued)
    await store.transitions.cancel("again", now=NOW)
    assert isinstance(await ask(store, "thrice", NO_LIMITS, parent_id="first", variant="again"), Enqueued)


@pytest.mark.parametrize("state", list(State))
async def test_a_tap_on_again_is_answered_by_the_video_under_way(store: Store, state: State) -> None:
    """Until a video asked for again exists, another tap makes none; from then on it makes one more."""
    await bring_to(store, state, "again", parent_id="first", variant="again")
    outcome = await ask(store, "twice", NO_LIMITS, parent_id="first", variant="again")
    to_come = {State.QUEUED, State.SUBMITTING, State.IN_DOUBT, State.NEEDS_DECISION, State.GENERATING}
    assert outcome == Duplicate() if state in to_come else isinstance(outcome, Enqueued)


# ---------------------------------------------------------------- limits
async def test_the_daily_limit_is_of_any_24_hours(store: Store) -> None:
    """A person who has used up the day's videos is told when the next is free, and gets it exactly then."""
    await enqueue(store, "one", now=NOW)
    await enqueue(store, "two", now=NOW + HOUR)
    assert await ask(store, "three", TWO_A_DAY, now=NOW + 2 * HOUR) == UserDailyLimit(NOW + DAY)
    assert isinstance(await ask(store, "three", TWO_A_DAY, now=NOW + DAY), Enqueued)
    assert await ask(store, "four", TWO_A_DAY, now=NOW + DAY) == UserDailyLimit(NOW + HOUR + DAY)


async def test_a_limit_made_smaller_counts_from_the_right_video(store: Store) -> None:
    """After the operator lowers the limit, the time told is when enough videos are a day old."""
    for hour in range(3):
        await enqueue(store, f"job-{hour}", now=NOW + hour * HOUR)
    assert await ask(store, "more", ONE_A_DAY, now=NOW + 3 * HOUR) == UserDailyLimit(NOW + 2 * HOUR + DAY)


async def test_a_bot_that_gives_no_videos(store: Store) -> None:
    """With a daily limit of nothing, everybody is refused, those who never asked before included."""
    assert await ask(store, "one", Limits(user_daily=0, user_active=1)) == UserDailyLimit(NOW + DAY)
    assert await store.jobs.remaining_today(7, Limits(0, 1), now=NOW) == 0


@pytest.mark.parametrize("state", list(State))
async def test_what_counts_towards_the_day(store: Store, state: State) -> None:
    """Only a video that failed, or that was cancelled before it was sent off, gives its place of the day back."""
    await bring_to(store, state)
    given_back = state in {State.FAILED, State.CANCELLED}
    assert await store.jobs.remaining_today(7, TWO_A_DAY, now=NOW) == (2 if given_back else 1)
    assert isinstance(await ask(store, "more", ONE_A_DAY), Enqueued) == given_back


@pytest.mark.parametrize("state", [State.NEEDS_DECISION, State.READY])
async def test_cancelled_after_it_may_have_cost_money_counts(store: Store, state: State) -> None:
    """A video that may have been paid for counts, though the person did not want it in the end."""
    await bring_to(store, state)
    assert await store.transitions.cancel("job", now=NOW) is not None
    assert await store.jobs.remaining_today(7, ONE_A_DAY, now=NOW) == 0


async def test_cancelled_between_two_submits_gives_the_place_back(store: Store) -> None:
    """A video that the service was too busy to take costs nothing, so cancelling it gives its place back."""
    await bring_to(store, State.SUBMITTING)
    assert await TRANSITION_METHODS["requeue"].call(store.transitions, "job", NOW) is not None
    assert await store.transitions.cancel("job", now=NOW) is not None
    assert await store.jobs.remaining_today(7, ONE_A_DAY, now=NOW) == 1


@pytest.mark.parametrize("state", list(State))
async def test_what_counts_as_being_made(store: Store, state: State) -> None:
    """A person may have so many videos unfinished at once; whatever its end, a finished one makes room."""
    job = await bring_to(store, state, "one")
    await enqueue(store, "two")
    outcome = await ask(store, "three", TWO_AT_ONCE)
    assert outcome == UserActiveLimit() if job.finished_at is None else isinstance(outcome, Enqueued)


async def test_limits_are_of_each_person(store: Store) -> None:
    """One person's videos take nothing from another's, in whatever chats."""
    await enqueue(store, "one", person_id=7, chat_id=-70)
    assert isinstance(await ask(store, "two", ONE_A_DAY, person_id=8, chat_id=-70), Enqueued)
    assert await ask(store, "three", ONE_A_DAY, person_id=7, chat_id=-71) == UserDailyLimit(NOW + DAY)
    assert await store.jobs.remaining_today(9, ONE_A_DAY, now=NOW) == 1


async def test_limit_of_all(store: Store) -> None:
    """All people together may ask for so many videos in 24 hours; what did not come about gives its place back."""
    two = Limits(user_daily=9, user_active=9, global_daily=2)
    await enqueue(store, "one", person_id=7, now=NOW)
    await enqueue(store, "two", person_id=8, chat_id=-70, now=NOW + HOUR)
    await enqueue(store, "free", person_id=1, exempt=True)
    assert await store.jobs.used_today(now=NOW + HOUR) == 2
    assert await ask(store, "three", two, person_id=9, now=NOW + 2 * HOUR) == GlobalDailyLimit(NOW + DAY)
    assert isinstance(await ask(store, "admin's", two, person_id=1, exempt=True, now=NOW + 2 * HOUR), Enqueued)
    await store.transitions.cancel("one", now=NOW + 2 * HOUR)
    assert isinstance(await ask(store, "three", two, person_id=9, now=NOW + 2 * HOUR), Enqueued)
    assert await ask(store, "four", two, person_id=9, now=NOW + 3 * HOUR) == GlobalDailyLimit(NOW + HOUR + DAY)
    assert await ask(store, "none", Limits(9, 9, global_daily=0), person_id=9, now=NOW) == GlobalDailyLimit(NOW + DAY)


async def test_admins_are_exempt(store: Store) -> None:
    """An admin has no limits, and what was made as an admin counts for nothing."""
    for number in range(3):
        assert isinstance(await ask(store, f"job-{number}", Limits(0, 0), exempt=True), Enqueued)
    assert await store.jobs.remaining_today(7, ONE_A_DAY, now=NOW) == 1
    assert isinstance(await ask(store, "as a person", Limits(1, 1)), Enqueued)


# ---------------------------------------------------------------- reading
async def test_a_persons_jobs_unfinished_first(store: Store) -> None:
    """/status lists what is under way before what is over, the newest first."""
    await bring_to(store, State.DELIVERED, "old", now=NOW)
    await enqueue(store, "waiting", now=NOW + 1)
    await bring_to(store, State.FAILED, "failed", now=NOW + 2)
    await enqueue(store, "newest", now=NOW + 3)
    await enqueue(store, "not mine", person_id=8)
    names = [job.id for job in await store.jobs.of_user(7, limit=10)]
    assert names == ["newest", "waiting", "failed", "old"]
    assert [job.id for job in await store.jobs.of_user(7, limit=1)] == ["newest"]


async def test_jobs_whose_step_is_due(store: Store) -> None:
    """The worker gets what is due in the states that it asks for, the longest overdue first."""
    late = await bring_to(store, State.GENERATING, "late")
    soon = await bring_to(store, State.GENERATING, "soon")
    await bring_to(store, State.READY, "ready")
    await store.transitions.reschedule(late, due_at=NOW + 20)
    await store.transitions.reschedule(soon, due_at=NOW + 10)
    jobs = store.jobs
    assert await jobs.next_due(State.GENERATING) == NOW + 10
    assert await jobs.due(State.GENERATING, now=NOW + 9, limit=9) == []
    assert [job.id for job in await jobs.due(State.GENERATING, now=NOW + 20, limit=9)] == ["soon", "late"]
    both = await jobs.due(State.GENERATING, State.READY, now=NOW + 20, limit=2)
    assert [job.id for job in both] == ["ready", "soon"]
    assert await jobs.next_due(State.IN_DOUBT) is None


async def test_a_status_message_leads_to_its_job(store: Store) -> None:
    """A button under a status message finds the job, in its own chat only."""
    await enqueue(store, card_id=60)
    found = await store.jobs.by_status_message(7, 60)
    assert found is not None
    assert found.id == "job"
    assert await store.jobs.by_status_message(8, 60) is None
    assert await store.jobs.by_status_message(7, 61) is None


async def test_how_many_there_are(store: Store) -> None:
    """An operator sees how many jobs are in each state, and how many places at the service are taken."""
    for number, state in enumerate(State):
        await bring_to(store, state, f"job-{number}")
    await enqueue(store, "one more")
    assert await store.reports.count_by_state() == {str(state): 1 for state in State} | {"queued": 2}
    assert await store.jobs.count_at_service() == 3  # submitting, in_doubt, generating


async def test_the_pace_is_learnt_from_undisturbed_jobs(store: Store) -> None:
    """The time told to people comes from the latest videos of the same kind that were delivered at the first try."""
    for number in range(3):
        name = f"job-{number}"
        await bring_to(store, State.DELIVERING, name, now=NOW + number)
        assert await TRANSITION_METHODS["mark_delivered"].call(store.transitions, name, NOW + number + 100 + number)
    await bring_to(store, State.DELIVERED, "pro", quality="pro")
    await bring_to(store, State.DELIVERED, "other", service="kling")
    await bring_to(store, State.DELIVERED, "long", duration=10)
    await bring_to(store, State.DELIVERED, "in motion", motion=ImageToVideoOptions(model="v2", prompt="steam rises"))
    await bring_to(store, State.DELIVERING, "disturbed")
    for step in ("postpone_delivery", "deliver", "mark_delivered"):
        assert await TRANSITION_METHODS[step].call(store.transitions, "disturbed", NOW + 900)
    assert await store.reports.seconds_taken("aiml", "standard") == [102, 101, 100]
    assert await store.reports.seconds_taken("aiml", "standard", limit=1) == [102]
    assert await store.reports.seconds_taken("kling", "pro") == []
    assert len(await store.reports.seconds_taken("aiml", "v2")) == 1
    assert len(await store.reports.seconds_taken("aiml", "standard", duration=10)) == 1
