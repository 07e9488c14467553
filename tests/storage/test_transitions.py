"""Every transition from every state."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from storage import TRANSITIONS, State
from storage.models import FINAL
from tests.storage.samples import NOW, TRANSITION_METHODS, TransitionMethod, bring_to

if TYPE_CHECKING:
    from storage import Store

LATER = NOW + 60


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("move", list(TRANSITION_METHODS.values()), ids=str)
async def test_a_transition_starts_from_its_states_only(store: Store, move: TransitionMethod, state: State) -> None:
    """A step whose job was moved by somebody else meanwhile gives None and changes nothing."""
    await bring_to(store, state)
    await store.transitions.request_cancel("job", now=NOW)
    before = await store.jobs.get("job")
    assert before is not None
    after = await move.call(store.transitions, "job", LATER)
    if state in move.starts:
        assert after is not None
        assert (after.state, after.changed_at, after.show_at, after.version) == (
            move.to,
            LATER,
            LATER,
            before.version + 1,
        )
        assert (after.finished_at is not None) == (move.to in FINAL)
        assert move.to in TRANSITIONS[state]
    else:
        assert after is None
        assert await store.jobs.get("job") == before


@pytest.mark.parametrize("move", list(TRANSITION_METHODS.values()), ids=str)
async def test_a_transition_moves_its_own_job_only(store: Store, move: TransitionMethod) -> None:
    """A step of one job leaves every other job where it is, and an unknown job is no error."""
    for number, state in enumerate(State):
        await bring_to(store, state, f"job-{number}")
    before = await store.reports.count_by_state()
    assert await move.call(store.transitions, "unknown", LATER) is None
    assert await store.reports.count_by_state() == before


@pytest.mark.parametrize("state", list(State))
async def test_the_history_of_a_job_is_a_way_in_the_diagram(store: Store, state: State) -> None:
    """An operator who reads a job's history finds each step that it took, and only steps that exist."""
    job = await bring_to(store, state)
    events = await store.reports.job_events("job")
    assert events[0] == (None, "queued")
    assert events[-1][1] == job.state
    for (_, before), (start, to) in pairwise(events):
        assert start == before
        assert State(to) in TRANSITIONS[State(before)]
    assert len(events) == job.version
