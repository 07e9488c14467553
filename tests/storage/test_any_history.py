from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule, run_state_machine_as_test

from storage import State, Store
from storage.limits import Limits
from tests.storage.ledger import Ledger
from tests.storage.samples import DAY, HOUR, MINUTE, MOVES, NOW, new_job

if TYPE_CHECKING:
    from collections.abc import Coroutine

T = TypeVar("T")
DAILY, ACTIVE, EVERYBODY = 4, 3, 7
LIMITS = Limits(DAILY, ACTIVE, global_daily=EVERYBODY)
PEOPLE = (1, 2, 3)
UNHURRIED = settings(
    max_examples=40,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],  # a real file for each history
)


class OnDisk(RuleBasedStateMachine):
    """A store in a folder of its own, closed and opened again at any time, and a clock."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.runner = asyncio.Runner()
        self.store = self.wait(Store.open(self.folder / "bot.db"))
        self.now = NOW

    def wait(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """What the store answers."""
        return self.runner.run(coroutine)

    def teardown(self) -> None:
        """Close everything."""
        self.wait(self.store.close())
        self.runner.close()
        shutil.rmtree(self.folder)

    @rule(seconds=st.sampled_from([1.0, 29.0, 10 * MINUTE, HOUR, DAY]))
    def time_passes(self, seconds: float) -> None:
        """Seconds to days."""
        self.now += seconds

    @rule()
    def the_file_is_opened_again(self) -> None:
        """Nothing may be lost by it."""
        self.wait(self.store.close())
        self.store = self.wait(Store.open(self.folder / "bot.db"))


class JobHistory(OnDisk):
    """Jobs, whatever is done with them, beside the same jobs as plain dicts."""

    names = Bundle("names")

    def __init__(self) -> None:
        super().__init__()
        self.ledger = Ledger(DAILY, ACTIVE, EVERYBODY)
        self.made = 0

    @rule(target=names, person=st.sampled_from(PEOPLE), origin=st.integers(0, 30), exempt=st.booleans())
    def someone_asks(self, person: int, origin: int, *, exempt: bool) -> str:
        """Often for what was asked for before."""
        self.made += 1
        name = f"job-{self.made}"
        new = new_job(name, origin=f"draft:{origin}", person_id=person, exempt=exempt)
        outcome = self.wait(self.store.jobs.create(new, LIMITS, now=self.now))
        expected = self.ledger.create(name, new.origin, person, exempt=exempt, now=self.now)
        assert type(outcome).__name__ == expected
        return name

    @rule(name=names, move=st.sampled_from(list(MOVES.values())))
    def any_step(self, name: str, move: Any) -> None:
        """Mostly one that the job's state does not allow."""
        job = self.wait(move.make(self.store.transitions, name, self.now))
        known = name in self.ledger.jobs
        assert (job is not None) == (known and self.ledger.move(move.name, name, self.now))

    @rule(name=names, choice=st.randoms(use_true_random=False))
    def a_step_that_fits(self, name: str, choice: Any) -> None:
        """One that the job's state allows."""
        if name in self.ledger.jobs:
            state = self.ledger.jobs[name]["state"]
            fitting = [move for move in MOVES.values() if state in move.starts]
            if fitting:
                self.any_step(name, choice.choice(fitting))

    @rule(name=names)
    def the_person_cancels_too_late(self, name: str) -> None:
        """What the service has is only noted as unwanted."""
        job = self.wait(self.store.transitions.request_cancel(name, now=self.now))
        assert (job is not None) == (name in self.ledger.jobs and self.ledger.request_cancel(name))

    @rule(name=names, seconds=st.sampled_from([0.0, 5.0, 60.0]), stale=st.booleans())
    def looked_at_again_later(self, name: str, seconds: float, *, stale: bool) -> None:
        """By one who has seen the present state, or the one before it."""
        job = self.wait(self.store.jobs.get(name))
        if job is None:
            return
        if stale and self.ledger.move("submit", name, self.now):
            assert self.wait(self.store.transitions.submit(name, limit=999, now=self.now)) is not None
        else:
            self.ledger.jobs[name]["due"] = self.now + seconds
        self.wait(self.store.transitions.reschedule(job, due_at=self.now + seconds))

    @rule()
    def the_bot_starts_again(self) -> None:
        """Submits under way are in doubt from then on."""
        self.the_file_is_opened_again()
        found = self.wait(self.store.transitions.mark_interrupted(now=self.now))
        assert {job.id for job in found} == self.ledger.recover(self.now)

    @rule(age=st.sampled_from([HOUR, DAY]))
    def old_ones_are_forgotten(self, age: float) -> None:
        """Those that ended."""
        self.wait(self.store.jobs.prune(before=self.now - age))
        self.ledger.prune(self.now - age)

    @invariant()
    def every_job_is_as_the_ledger_says(self) -> None:
        """Each column that a step may change, and the history."""
        rows = self.wait(self.store.database.execute("SELECT id FROM jobs"))
        assert {row["id"] for row in rows} == set(self.ledger.jobs)
        for name, known in self.ledger.jobs.items():
            job = self.wait(self.store.jobs.get(name))
            assert job is not None
            found = {
                "state": job.state,
                "due": job.due_at,
                "submitted": job.submitted_at,
                "submits": job.submits,
                "tries": job.tries,
                "unwanted": job.cancel_requested,
                "moved": job.moved_from is not None,
                "finished": job.finished_at,
                "version": job.version,
            }
            assert found == {key: known[key] for key in found}
            way = [State(to) for _, to in self.wait(self.store.jobs.events(name))]
            assert way == known["way"]

    @invariant()
    def the_queue_is_as_the_ledger_says(self) -> None:
        """Whose turn it is, and the place that each is told."""
        line = self.ledger.line(self.now)
        jobs = self.store.jobs
        assert [self.wait(jobs.queue_position(name, now=self.now)) for name in line] == list(range(1, len(line) + 1))
        due = [name for name in line if self.ledger.jobs[name]["due"] <= self.now]
        assert [job.id for job in self.wait(jobs.next_in_queue(now=self.now, limit=99))] == due

    @invariant()
    def the_limits_are_as_the_ledger_says(self) -> None:
        """What is left of each person's day."""
        for person in PEOPLE:
            left = self.wait(self.store.jobs.remaining_today(person, LIMITS, now=self.now))
            assert left == self.ledger.left(person, self.now)


class InboxHistory(OnDisk):
    """Updates, whatever becomes of them, beside the same updates as plain dicts."""

    waiting = Bundle("waiting")

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[int, dict[str, Any]] = {}  # by update id, in the order of arrival

    @rule(batch=st.lists(st.tuples(st.integers(0, 20), st.sampled_from("abc")), max_size=6))
    def telegram_sends(self, batch: list[tuple[int, str]]) -> None:
        """Often what it has sent before."""
        self.wait(self.store.inbox.add([(number, lane, f"{number}") for number, lane in batch], now=self.now))
        for number, lane in batch:
            fresh = {"lane": lane, "due": self.now, "received": self.now, "tries": 0, "waits": True}
            self.rows.setdefault(number, fresh)

    @rule(target=waiting, busy=st.sets(st.sampled_from("abc")), limit=st.integers(1, 4))
    def the_bot_looks(self, busy: set[str], limit: int) -> tuple[int, int] | None:
        """The first of each idle chat, the oldest first."""
        first: dict[str, int] = {}
        for number, row in self.rows.items():
            if row["waits"] and row["lane"] not in busy:
                first.setdefault(row["lane"], number)
        due = [number for number in first.values() if self.rows[number]["due"] <= self.now]
        found = self.wait(self.store.inbox.pending(now=self.now, busy=busy, limit=limit))
        assert [row.update_id for row in found] == due[:limit]
        assert [row.tries for row in found] == [self.rows[number]["tries"] for number in due[:limit]]
        soonest = min((self.rows[number]["due"] for number in first.values()), default=None)
        assert self.wait(self.store.inbox.next_due(busy)) == soonest
        return (found[0].seq, found[0].update_id) if found else None

    @rule(
        row=consumes(waiting), end=st.sampled_from(["done", "set_aside", "later"]), seconds=st.sampled_from([0.0, 4.0])
    )
    def the_bot_handles(self, row: tuple[int, int] | None, end: str, seconds: float) -> None:
        """To its end, or later again."""
        if row is None or not self.rows[row[1]]["waits"]:
            return
        seq, known = row[0], self.rows[row[1]]
        match end:
            case "done":
                self.wait(self.store.inbox.mark_done([seq]))
            case "set_aside":
                self.wait(self.store.inbox.set_aside(seq, error="why"))
            case _:
                self.wait(self.store.inbox.postpone(seq, due_at=self.now + seconds, error="why", counts=seconds == 0))
                known |= {"due": self.now + seconds, "tries": known["tries"] + (seconds == 0)}
        known["waits"] = end == "later"

    @rule()
    def gibberish_comes(self) -> None:
        """It takes no place in any chat."""
        self.wait(self.store.inbox.set_aside_undecodable("gibberish", now=self.now))

    @invariant()
    def nothing_is_lost(self) -> None:
        """Every update is there, and waits until it was handled."""
        rows = self.wait(self.store.database.execute("SELECT update_id, state FROM inbox WHERE update_id >= 0"))
        assert {row[0]: row[1] == "pending" for row in rows} == {
            number: row["waits"] for number, row in self.rows.items()
        }


def test_row_23_whatever_happens_to_jobs_they_are_as_a_dict_would_have_them() -> None:
    """Whatever people, the service and crashes do, in any order, each job's state, queue and limits are right."""
    run_state_machine_as_test(JobHistory, settings=UNHURRIED)


def test_row_23_whatever_happens_to_updates_each_is_handled_once_and_in_order() -> None:
    """Whatever Telegram sends and however it is handled, each message waits until it is done, in its chat's order."""
    run_state_machine_as_test(InboxHistory, settings=UNHURRIED)
