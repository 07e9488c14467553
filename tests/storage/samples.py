"""Jobs and drafts to try the store on, and the shortest way of a job to each state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from storage import Draft, DraftState, Photo, State
from storage.jobs import NewJob
from storage.limits import Enqueued, Limits
from storage.models import AT_SERVICE

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable

    from storage import Job, Store
    from storage.transitions import Transitions

NOW = 1_790_000_000.0
"""Unix time in seconds at which the tests begin."""
MINUTE, HOUR, DAY = 60.0, 3_600.0, 86_400.0
AMPLE = Limits(user_daily=1_000, user_active=1_000, global_daily=100_000)
_S = State


def new_job(name: str = "job", **changes: Any) -> NewJob:
    """A hug that Ada (7) asked for in her private chat."""
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
    """What Ada (7) began in her private chat: photos without an effect."""
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


async def queue(store: Store, name: str = "job", *, now: float = NOW, **changes: Any) -> Job:
    """A job in the queue, whatever the limits."""
    outcome = await store.jobs.create(new_job(name, **changes), AMPLE, now=now)
    assert isinstance(outcome, Enqueued)
    return outcome.job


async def got(store: Store, name: str = "job") -> Job:
    """The job with this id, which is there."""
    job = await store.jobs.get(name)
    assert job is not None
    return job


async def got_draft(store: Store, name: str = "draft") -> Draft:
    """The draft with this id, which is there."""
    draft = await store.drafts.get(name)
    assert draft is not None
    return draft


@dataclass(frozen=True, slots=True)
class Move:
    """A transition by its name: the states that it starts from, the one it leads to, and an example of its call."""

    name: str
    starts: frozenset[State]
    to: State
    make: Callable[[Transitions, str, float], Coroutine[Any, Any, Job | None]]

    def __str__(self) -> str:
        return self.name


def _move(
    name: str,
    starts: Iterable[State],
    to: State,
    make: Callable[[Transitions, str, float], Coroutine[Any, Any, Job | None]],
) -> Move:
    return Move(name, frozenset(starts), to, make)


_ALL_MOVES = (
    _move("submit", {_S.QUEUED}, _S.SUBMITTING, lambda life, job, now: life.submit(job, limit=1_000, now=now)),
    _move(
        "accept",
        {_S.SUBMITTING, _S.IN_DOUBT, _S.NEEDS_DECISION},
        _S.GENERATING,
        lambda life, job, now: life.accept(job, f"made-{job}", due_at=now + 5, now=now),
    ),
    _move(
        "requeue",
        {_S.SUBMITTING, _S.IN_DOUBT},
        _S.QUEUED,
        lambda life, job, now: life.requeue(job, reason="busy", detail="429", due_at=now + 30, now=now),
    ),
    _move(
        "fail_over",
        {_S.SUBMITTING},
        _S.QUEUED,
        lambda life, job, now: life.fail_over(job, "kling", duration=5, detail="retired", now=now),
    ),
    _move(
        "mark_in_doubt",
        {_S.SUBMITTING},
        _S.IN_DOUBT,
        lambda life, job, now: life.mark_in_doubt(job, detail="timed out", due_at=now + 2, now=now),
    ),
    _move(
        "ask_user",
        {_S.IN_DOUBT},
        _S.NEEDS_DECISION,
        lambda life, job, now: life.ask_user(job, due_at=now + 5 * MINUTE, now=now),
    ),
    _move("retry", {_S.NEEDS_DECISION}, _S.QUEUED, lambda life, job, now: life.retry(job, now=now)),
    _move(
        "complete",
        {_S.GENERATING},
        _S.READY,
        lambda life, job, now: life.complete(job, "https://cdn.example/v.mp4", usd=0.3, now=now),
    ),
    _move("deliver", {_S.READY}, _S.DELIVERING, lambda life, job, now: life.deliver(job, now=now)),
    _move(
        "mark_delivered",
        {_S.DELIVERING},
        _S.DELIVERED,
        lambda life, job, now: life.mark_delivered(job, file_id="video", card_id=900, now=now),
    ),
    _move(
        "postpone_delivery",
        {_S.DELIVERING},
        _S.READY,
        lambda life, job, now: life.postpone_delivery(job, due_at=now + 30, counts=True, now=now),
    ),
    _move(
        "mark_undeliverable",
        {_S.DELIVERING},
        _S.UNDELIVERABLE,
        lambda life, job, now: life.mark_undeliverable(job, reason="blocked", detail="403", now=now),
    ),
    _move(
        "redeliver_to",
        {_S.UNDELIVERABLE},
        _S.READY,
        lambda life, job, now: life.redeliver_to(job, 70, message_id=5, now=now),
    ),
    _move(
        "fail",
        {_S.QUEUED, _S.SUBMITTING, _S.IN_DOUBT, _S.GENERATING},
        _S.FAILED,
        lambda life, job, now: life.fail(job, reason="no_face", photo=2, detail="no face", now=now),
    ),
    _move(
        "cancel",
        {_S.QUEUED, _S.NEEDS_DECISION, _S.READY},
        _S.CANCELLED,
        lambda life, job, now: life.cancel(job, now=now),
    ),
    _move(
        "finish_cancelled",
        AT_SERVICE,
        _S.CANCELLED,
        lambda life, job, now: life.finish_cancelled(job, charged=True, now=now),
    ),
)
MOVES = {move.name: move for move in _ALL_MOVES}
"""Every transition. `drop` moves only a job whose cancelling was asked for."""

_ROADS = {
    _S.QUEUED: "",
    _S.SUBMITTING: "submit",
    _S.IN_DOUBT: "submit mark_in_doubt",
    _S.NEEDS_DECISION: "submit mark_in_doubt ask_user",
    _S.GENERATING: "submit accept",
    _S.READY: "submit accept complete",
    _S.DELIVERING: "submit accept complete deliver",
    _S.DELIVERED: "submit accept complete deliver mark_delivered",
    _S.UNDELIVERABLE: "submit accept complete deliver mark_undeliverable",
    _S.FAILED: "submit fail",
    _S.CANCELLED: "cancel",
}


async def bring(store: Store, state: State, name: str = "job", *, now: float = NOW, **changes: Any) -> Job:
    """A job brought to that state, every step at the time `now`."""
    job = await queue(store, name, now=now, **changes)
    for step in _ROADS[state].split():
        moved = await MOVES[step].make(store.transitions, name, now)
        assert moved is not None, step
        job = moved
    return job
