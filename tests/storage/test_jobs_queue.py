from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import ImageToVideoOptions, State
from storage.limits import ServicePlaces
from tests.storage.samples import HOUR, MINUTE, NOW, PLACES, TRANSITION_METHODS, bring_to, enqueue, used_places

if TYPE_CHECKING:
    from storage import Store


async def queue_order(store: Store, *, now: float = NOW + 100, limit: int = 100) -> list[str]:
    """Return the ids of the queued jobs in the order in which they are served."""
    return [job.id for job in await store.jobs.next_in_queue(PLACES, now=now, limit=limit)]


async def test_an_empty_queue(store: Store) -> None:
    """With nothing queued nobody is next."""
    assert await queue_order(store) == []


async def test_users_take_turns(store: Store) -> None:
    """A user who asks for three videos before others come gets one, then the others get theirs."""
    for second, name in enumerate(("ada-1", "ada-2", "ada-3", "ben-1", "cleo-1", "ben-2")):
        await enqueue(store, name, now=NOW + second, person_id=ord(name[0]))
    assert await queue_order(store) == ["ada-1", "ben-1", "cleo-1", "ada-2", "ben-2", "ada-3"]
    assert await queue_order(store, limit=2) == ["ada-1", "ben-1"]


async def test_recent_users_of_the_service_wait_behind_others(store: Store) -> None:
    """A user whose video is at the service, or was submitted within ten minutes, waits behind those without."""
    used = (State.SUBMITTING, State.IN_DOUBT, State.GENERATING, State.DELIVERED, State.FAILED)
    for number, state in enumerate(used):
        await bring_to(store, state, f"made-{number}", person_id=number)
    for person in range(6):
        await enqueue(store, f"next-{person}", now=NOW + person, person_id=person)
    assert await queue_order(store) == ["next-5", "next-0", "next-1", "next-2", "next-3", "next-4"]
    assert [await store.jobs.queue_position(f"next-{person}", now=NOW + 100) for person in (5, 0, 4)] == [1, 2, 6]


async def test_after_ten_minutes_only_what_is_still_at_the_service_counts(store: Store) -> None:
    """A user whose last video was submitted ten minutes ago, and is done, waits no longer than others."""
    await bring_to(store, State.GENERATING, "slow", person_id=1)
    await bring_to(store, State.DELIVERED, "done", person_id=2)
    for person in (1, 2, 3):
        await enqueue(store, f"next-{person}", now=NOW + person, person_id=person)
    assert await queue_order(store, now=NOW + 599) == ["next-3", "next-1", "next-2"]
    assert await queue_order(store, now=NOW + 600) == ["next-2", "next-3", "next-1"]


async def test_jobs_of_the_same_moment_keep_their_order(store: Store) -> None:
    """Of requests at the same time, the one that was stored first is served first."""
    for number in (3, 1, 2):
        await enqueue(store, f"job-{number}", person_id=number)
    assert await queue_order(store) == ["job-3", "job-1", "job-2"]
    assert [await store.jobs.queue_position(f"job-{number}", now=NOW) for number in (3, 1, 2)] == [1, 2, 3]


async def test_the_position_is_that_of_the_queue(store: Store) -> None:
    """The position that a user is told is the position in which the job is served."""
    for second, name in enumerate(("ada-1", "ada-2", "ben-1", "ada-3", "ben-2")):
        await enqueue(store, name, now=NOW + second, person_id=ord(name[0]))
    order = await queue_order(store)
    assert [await store.jobs.queue_position(name, now=NOW + 10) for name in order] == [1, 2, 3, 4, 5]
    assert await store.transitions.submit(order[0], PLACES, account="ours", now=NOW + 10) is not None
    assert await queue_order(store) == ["ben-1", "ada-2", "ben-2", "ada-3"]
    assert await store.jobs.queue_position("ada-1", now=NOW + 10) == 0
    assert await store.jobs.queue_position("unknown", now=NOW + 10) == 0


async def test_a_job_that_waits_for_the_service_lets_others_pass(store: Store) -> None:
    """A job that the busy service did not take is overtaken by jobs that are due, and is served when it is due."""
    await bring_to(store, State.SUBMITTING, "busy", person_id=1)
    assert await TRANSITION_METHODS["requeue"].call(store.transitions, "busy", NOW) is not None  # due 30 s later
    await enqueue(store, "next", now=NOW + 1, person_id=2)
    assert await queue_order(store, now=NOW + 29) == ["next"]
    assert await queue_order(store, now=NOW + 30) == ["busy", "next"]
    assert await store.jobs.next_due(State.QUEUED) == NOW + 1


async def test_a_long_queue_is_served_to_its_end(store: Store) -> None:
    """Every job is served in the end, and no user has a second turn while another waits for a first."""
    for number in range(30):
        await enqueue(store, f"job-{number}", now=NOW + number, person_id=number % 3 if number < 20 else number)
    served: list[int] = []
    while due := await store.jobs.next_in_queue(PLACES, now=NOW + 100, limit=1):
        job = due[0]
        assert await store.jobs.queue_position(job.id, now=NOW + 100) == 1
        served.append(job.person_id)
        assert await store.transitions.submit(job.id, PLACES, account="ours", now=NOW + 100) is not None
    assert len(served) == 30
    assert len(set(served[:13])) == 13  # 3 users with many jobs, 10 with one


async def test_row_41_places_at_a_service(store: Store) -> None:
    """A job takes a place at its own service while it is submitted or generating, and in no other state."""
    for number, state in enumerate(State):
        await bring_to(store, state, f"job-{number}")
    await bring_to(store, State.GENERATING, "elsewhere", service="kling")
    assert await used_places(store, "aiml", PLACES, now=NOW) == 2
    assert await used_places(store, "kling", PLACES, now=NOW) == 1
    assert await used_places(store, "unknown", PLACES, now=NOW) == 0


@pytest.mark.parametrize("model", ["standard", "v2"])
async def test_row_41_a_job_past_its_deadline_gives_its_place_back(store: Store, model: str) -> None:
    """A job takes no place once it takes longer than its model may, or once its video will be dropped."""
    places = ServicePlaces(1, MINUTE, {"v2": 2 * MINUTE})
    seconds = {"standard": MINUTE, "v2": 2 * MINUTE}[model]
    motion = ImageToVideoOptions(model="v2", prompt="steam rises") if model == "v2" else None
    await bring_to(store, State.GENERATING, "slow", motion=motion)
    await enqueue(store, "next", person_id=2)

    async def next_jobs(seconds: float) -> tuple[list[str], float | None, int]:
        """Return what may be submitted after so many seconds, when the next job is due, and how many are late."""
        now = NOW + seconds
        due = [job.id for job in await store.jobs.next_in_queue(places, now=now, limit=9)]
        return due, await store.jobs.next_turn(places, now=now), await store.jobs.count_late("aiml", places, now=now)

    assert await next_jobs(seconds - 1) == ([], None, 0)
    assert await next_jobs(seconds) == (["next"], NOW, 1)
    assert await store.transitions.submit("next", places, account="ours", now=NOW + seconds - 1) is None
    await store.transitions.request_cancel("slow", 7, now=NOW)
    assert await next_jobs(1) == (["next"], NOW, 0)
    assert await store.transitions.submit("next", places, account="ours", now=NOW + 1) is not None
    await store.transitions.request_cancel("next", 7, now=NOW)
    assert await used_places(store, "aiml", places, now=NOW) == 1, "its request is still under way"


async def test_row_41_a_full_service_hides_no_other(store: Store) -> None:
    """Jobs of a service without a free place don't stand before those of another, and are counted apart."""
    places = ServicePlaces(2, HOUR, {})
    for number in range(4):
        await enqueue(store, f"full-{number}", now=NOW + number, person_id=number)
    for number in range(3):
        await enqueue(store, f"free-{number}", now=NOW + 9 + number, person_id=10 + number, service="kling")
    assert [await store.jobs.queue_position(name, now=NOW + 20) for name in ("full-3", "free-0")] == [4, 1]
    due = await store.jobs.next_in_queue(places, now=NOW + 20, limit=9)
    assert [job.id for job in due] == ["full-0", "full-1", "free-0", "free-1"]
    for number in range(2):
        assert await store.transitions.submit(f"full-{number}", places, account="ours", now=NOW) is not None
    assert await store.transitions.submit("full-2", places, account="ours", now=NOW) is None
    due = await store.jobs.next_in_queue(places, now=NOW + 20, limit=1)
    assert [job.id for job in due] == ["free-0"]
    assert await store.jobs.next_turn(places, now=NOW + 20) == NOW + 9
