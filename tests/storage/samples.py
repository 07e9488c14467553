"""Jobs and drafts to test the store with, and the shortest path of a job to each state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from storage import Draft, DraftState, Photo, State
from storage.jobs import NewJob
from storage.limits import HOLDS_PLACE, Enqueued, Limits, ServicePlaces
from storage.models import AT_SERVICE

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable

    from storage import Job, Store
    from storage.transitions import Transitions

NOW = 1_790_000_000.0
"""The time at which the tests begin (Unix seconds)."""
MINUTE, HOUR, DAY = 60.0, 3_600.0, 86_400.0  # seconds
NO_LIMITS = Limits(user_daily=1_000, user_active=1_000, global_daily=100_000)
PLACES = ServicePlaces(1_000, HOUR, {})


def new_job(name: str = "job", **changes: Any) -> NewJob:
    """Return a hug that Ada (7) asks for in her private chat."""
    job = NewJob(
        id=name,
        origin=f"draft:{name}",
        chat_id=7,
        thread_id=None,
        person_id=7,
        message_id=100,
        language="en",
        effect="hug",
        photos=(Photo("left", 1_000), Photo("right")),
        service="aiml",
        quality="standard",
        duration=5,
    )
    return replace(job, **changes)


def new_draft(name: str = "draft", **changes: Any) -> Draft:
    """Return a draft of Ada (7) in her private chat, without an effect."""
    draft = Draft(
        id=name,
        state=DraftState.OPEN,
        chat_id=7,
        thread_id=None,
        person_id=7,
        message_id=100,
        media_group_id=None,
        language="en",
        effect=None,
        held=False,
        reason=None,
        card_id=None,
        show_at=None,
        created_at=NOW,
        expires_at=NOW + 10 * MINUTE,
    )
    return replace(draft, **changes)


async def enqueue(store: Store, name: str = "job", *, now: float = NOW, **changes: Any) -> Job:
    """Put a job with a status message into the queue, without limits, and return it."""
    outcome = await store.jobs.create(new_job(name, **{"card_id": 101} | changes), NO_LIMITS, now=now)
    assert isinstance(outcome, Enqueued)
    return outcome.job


async def get_job(store: Store, name: str = "job") -> Job:
    """Return the job with this id, which must exist."""
    job = await store.jobs.get(name)
    assert job is not None
    return job


async def get_draft(store: Store, name: str = "draft") -> Draft:
    """Return the draft with this id, which must exist."""
    draft = await store.drafts.get(name)
    assert draft is not None
    return draft


@dataclass(frozen=True, slots=True)
class TransitionMethod:
    """A method of `Transitions`: the states that it starts from, the state that it leads to, and an example call."""

    name: str
    starts: frozenset[State]
    to: State
    call: Callable[[Transitions, str, float], Coroutine[Any, Any, Job | None]]

    def __str__(self) -> str:
        return self.name


def _method(
    name: str,
    starts: Iterable[State],
    to: State,
    call: Callable[[Transitions, str, float], Coroutine[Any, Any, Job | None]],
) -> TransitionMethod:
    return TransitionMethod(name, frozenset(starts), to, call)


_METHODS = (
    _method(
        "submit",
        {State.QUEUED},
        State.SUBMITTING,
        lambda transitions, job, now: transitions.submit(job, PLACES, account="ours", now=now),
    ),
    _method(
        "accept",
        {State.SUBMITTING, State.IN_DOUBT, State.NEEDS_DECISION},
        State.GENERATING,
        lambda transitions, job, now: transitions.accept(job, f"made-{job}", due_at=now + 5, now=now),
    ),
    _method(
        "adopt",
        {State.QUEUED},
        State.GENERATING,
        lambda transitions, job, now: transitions.adopt(job, f"made-{job}", submit=5, account="ours", now=now),
    ),
    _method(
        "ask_before_submit",
        {State.QUEUED},
        State.NEEDS_DECISION,
        lambda transitions, job, now: transitions.ask_before_submit(
            job, account="ours", due_at=now + 5 * MINUTE, now=now
        ),
    ),
    _method(
        "leave",
        {State.NEEDS_DECISION},
        State.CANCELLED,
        lambda transitions, job, now: transitions.leave(job, 1, now=now),
    ),
    _method(
        "requeue",
        {State.SUBMITTING, State.IN_DOUBT},
        State.QUEUED,
        lambda transitions, job, now: transitions.requeue(job, reason="busy", detail="429", due_at=now + 30, now=now),
    ),
    _method(
        "fail_over",
        {State.SUBMITTING},
        State.QUEUED,
        lambda transitions, job, now: transitions.fail_over(job, "kling", duration=5, detail="retired", now=now),
    ),
    _method(
        "mark_in_doubt",
        {State.SUBMITTING},
        State.IN_DOUBT,
        lambda transitions, job, now: transitions.mark_in_doubt(job, detail="timed out", due_at=now + 2, now=now),
    ),
    _method(
        "ask_user",
        {State.IN_DOUBT},
        State.NEEDS_DECISION,
        lambda transitions, job, now: transitions.ask_user(job, record_read=True, due_at=now + 5 * MINUTE, now=now),
    ),
    _method(
        "retry", {State.NEEDS_DECISION}, State.QUEUED, lambda transitions, job, now: transitions.retry(job, now=now)
    ),
    _method(
        "complete",
        {State.GENERATING},
        State.READY,
        lambda transitions, job, now: transitions.complete(job, "https://cdn.example/v.mp4", usd=0.3, now=now),
    ),
    _method(
        "withhold",
        {State.GENERATING},
        State.UNDELIVERABLE,
        lambda transitions, job, now: transitions.withhold(job, "https://cdn.example/v.mp4", usd=0.3, now=now),
    ),
    _method(
        "withhold_ready",
        {State.READY},
        State.UNDELIVERABLE,
        lambda transitions, job, now: transitions.withhold_ready(job, 7, now=now),
    ),
    _method("post", {State.UNDELIVERABLE}, State.READY, lambda transitions, job, now: transitions.post(job, now=now)),
    _method(
        "deliver", {State.READY}, State.DELIVERING, lambda transitions, job, now: transitions.deliver(job, now=now)
    ),
    _method(
        "mark_delivered",
        {State.DELIVERING},
        State.DELIVERED,
        lambda transitions, job, now: transitions.mark_delivered(job, file_id="video", card_id=900, now=now),
    ),
    _method(
        "postpone_delivery",
        {State.DELIVERING},
        State.READY,
        lambda transitions, job, now: transitions.postpone_delivery(job, due_at=now + 30, count_try=True, now=now),
    ),
    _method(
        "mark_undeliverable",
        {State.DELIVERING},
        State.UNDELIVERABLE,
        lambda transitions, job, now: transitions.mark_undeliverable(job, reason="blocked", detail="403", now=now),
    ),
    _method(
        "redeliver_to",
        {State.UNDELIVERABLE},
        State.READY,
        lambda transitions, job, now: transitions.redeliver_to(job, 70, message_id=5, now=now),
    ),
    _method(
        "fail",
        {State.QUEUED, State.SUBMITTING, State.IN_DOUBT, State.GENERATING},
        State.FAILED,
        lambda transitions, job, now: transitions.fail(job, reason="no_face", photo=2, detail="no face", now=now),
    ),
    _method(
        "cancel",
        {State.QUEUED, State.NEEDS_DECISION},
        State.CANCELLED,
        lambda transitions, job, now: transitions.cancel(job, now=now),
    ),
    _method(
        "finish_cancelled",
        {*AT_SERVICE, State.NEEDS_DECISION},
        State.CANCELLED,
        lambda transitions, job, now: transitions.finish_cancelled(job, charged=True, now=now),
    ),
)
TRANSITION_METHODS = {method.name: method for method in _METHODS}
"""Every transition by its method's name."""

IF_CANCELLED = {"finish_cancelled", "withhold"}
"""Transitions that move a job only if somebody has cancelled it. `complete` moves it only if nobody has."""

_PATHS = {
    State.QUEUED: "",
    State.SUBMITTING: "submit",
    State.IN_DOUBT: "submit mark_in_doubt",
    State.NEEDS_DECISION: "submit mark_in_doubt ask_user",
    State.GENERATING: "submit accept",
    State.READY: "submit accept complete",
    State.DELIVERING: "submit accept complete deliver",
    State.DELIVERED: "submit accept complete deliver mark_delivered",
    State.UNDELIVERABLE: "submit accept complete deliver mark_undeliverable",
    State.FAILED: "submit fail",
    State.CANCELLED: "cancel",
}


async def bring_to(store: Store, state: State, name: str = "job", *, now: float = NOW, **changes: Any) -> Job:
    """Create a job, move it to that state with every step at the time `now`, and return it."""
    job = await enqueue(store, name, now=now, **changes)
    for step in _PATHS[state].split():
        moved = await TRANSITION_METHODS[step].call(store.transitions, name, now)
        assert moved is not None, step
        job = moved
    return job


async def used_places(store: Store, service: str, places: ServicePlaces, *, now: float) -> int:
    """Return how many of a service's places are taken."""
    (row,) = await store.database.execute(
        f"SELECT count(*) FROM jobs WHERE service = :service AND finished_at IS NULL AND {HOLDS_PLACE}",  # noqa: S608 -- our own SQL
        {"service": service, "now": now, **places.parameters()},
    )
    return int(row[0])
