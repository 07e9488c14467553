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
from tests.storage.reference_store import ReferenceStore
from tests.storage.samples import DAY, HOUR, MINUTE, NOW, PLACES, TRANSITION_METHODS, TransitionMethod, new_job

if TYPE_CHECKING:
    from collections.abc import Coroutine

T = TypeVar("T")
LIMITS = Limits(user_daily=4, user_active=3, global_daily=7)
USERS = (1, 2, 3)
SETTINGS = settings(
    max_examples=40,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],  # each history has a file on disk
)


class StoreHistory(RuleBasedStateMachine):
    """A store in a folder of its own, which is closed and opened again at any time, and a clock."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.runner = asyncio.Runner()
        self.store = self.wait(Store.open(self.folder / "bot.db"))
        self.now = NOW

    def wait(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run a call of the store and return its result."""
        return self.runner.run(coroutine)

    def teardown(self) -> None:
        """Close the store and delete its folder."""
        self.wait(self.store.close())
        self.runner.close()
        shutil.rmtree(self.folder)

    @rule(seconds=st.sampled_from([1.0, 29.0, 10 * MINUTE, HOUR, DAY]))
    def time_passes(self, seconds: float) -> None:
        """Let between a second and a day pass."""
        self.now += seconds

    @rule()
    def the_file_is_opened_again(self) -> None:
        """Close and open the file: nothing may be lost."""
        self.wait(self.store.close())
        self.store = self.wait(Store.open(self.folder / "bot.db"))


class JobHistory(StoreHistory):
    """Any history of jobs, compared with the reference store after each step."""

    names = Bundle("names")

    def __init__(self) -> None:
        super().__init__()
        self.reference = ReferenceStore(LIMITS)
        self.created = 0
        self.shown: set[str] = set()  # the jobs that have a status message

    @rule(target=names, person=st.sampled_from(USERS), origin=st.integers(0, 30), exempt=st.booleans())
    def someone_asks(self, person: int, origin: int, *, exempt: bool) -> str:
        """Ask for a video, often one that was asked for before."""
        self.created += 1
        name = f"job-{self.created}"
        new = new_job(name, origin=f"draft:{origin}", person_id=person, exempt=exempt)
        outcome = self.wait(self.store.jobs.create(new, LIMITS, now=self.now))
        expected = self.reference.create(name, new.origin, person, exempt=exempt, now=self.now)
        assert type(outcome).__name__ == expected
        return name

    @rule(name=names)
    def the_status_message_is_sent(self, name: str) -> None:
        """Send a job's status message, which it needs before it is submitted."""
        self.wait(self.store.status_messages.message_sent(name, 101))
        self.shown.add(name)

    @rule(name=names, method=st.sampled_from(list(TRANSITION_METHODS.values())))
    def any_transition(self, name: str, method: TransitionMethod) -> None:
        """Try any transition; most are not allowed in the job's state."""
        job = self.wait(method.call(self.store.transitions, name, self.now))
        known = name in self.reference.jobs
        assert (job is not None) == (known and self.reference.apply(method.name, name, self.now))
        if job is not None and method.name == "ask_before_submit":
            self.shown.discard(name)  # the question is a message of its own

    @rule(name=names, choice=st.randoms(use_true_random=False))
    def an_allowed_transition(self, name: str, choice: Any) -> None:
        """Try a transition that the job's state allows."""
        if name in self.reference.jobs:
            state = self.reference.jobs[name]["state"]
            fitting = [method for method in TRANSITION_METHODS.values() if state in method.starts]
            if fitting:
                self.any_transition(name, choice.choice(fitting))

    @rule(name=names, submit=st.integers(1, 3), exempt=st.booleans())
    def the_user_has_it_sent_again(self, name: str, submit: int, *, exempt: bool) -> None:
        """Have a lost submit sent again, or another one than the latest."""
        job = self.wait(self.store.jobs.get(name))
        if job is not None:
            outcome = self.wait(
                self.store.jobs.resubmit(job, submit, LIMITS, theme="", by_admin=False, exempt=exempt, now=self.now)
            )
            expected = self.reference.resubmit(name, submit, exempt=exempt, now=self.now)
            assert type(outcome).__name__ == expected

    @rule(name=names)
    def the_user_cancels_late(self, name: str) -> None:
        """Cancel a job, which is only noted if it is at the service."""
        job = self.wait(self.store.transitions.request_cancel(name, 7, now=self.now))
        assert (job is not None) == (name in self.reference.jobs and self.reference.request_cancel(name))

    @rule(name=names)
    def the_user_changes_their_mind(self, name: str) -> None:
        """Have the video of a cancelled job posted after all."""
        job = self.wait(self.store.transitions.undo_cancel(name, now=self.now))
        assert (job is not None) == (name in self.reference.jobs and self.reference.undo_cancel(name))

    @rule(name=names, seconds=st.sampled_from([0.0, 5.0, 60.0]), stale=st.booleans())
    def a_worker_reschedules(self, name: str, seconds: float, *, stale: bool) -> None:
        """Reschedule a job that was read just now or, if `stale`, before it was submitted."""
        job = self.wait(self.store.jobs.get(name))
        if job is None:
            return
        if stale and self.reference.apply("submit", name, self.now):
            assert self.wait(self.store.transitions.submit(name, PLACES, account="ours", now=self.now)) is not None
        else:
            self.reference.jobs[name]["due"] = self.now + seconds
        self.wait(self.store.transitions.reschedule(job, due_at=self.now + seconds))

    @rule()
    def the_bot_starts_again(self) -> None:
        """Start again: interrupted submits are in doubt from then on."""
        self.the_file_is_opened_again()
        found = self.wait(self.store.transitions.mark_interrupted(now=self.now))
        assert {job.id for job in found} == self.reference.mark_interrupted(self.now)

    @rule(age=st.sampled_from([HOUR, DAY]))
    def old_jobs_are_pruned(self, age: float) -> None:
        """Prune jobs that finished."""
        self.wait(self.store.jobs.prune(before=self.now - age, now=self.now - age))
        self.reference.prune(self.now - age)

    @invariant()
    def jobs_match_the_reference(self) -> None:
        """Compare each column that a transition may change, and the job's history."""
        rows = self.wait(self.store.database.execute("SELECT id FROM jobs"))
        assert {row["id"] for row in rows} == set(self.reference.jobs)
        for name, known in self.reference.jobs.items():
            job = self.wait(self.store.jobs.get(name))
            assert job is not None
            found = {
                "state": job.state,
                "due": job.due_at,
                "submitted": job.submitted_at,
                "submits": job.submits,
                "tries": job.tries,
                "cancelled": job.cancel_requested,
                "failed_over": job.moved_from is not None,
                "finished": job.finished_at,
                "version": job.version,
            }
            assert found == {key: known[key] for key in found}
            history = [State(to) for _, to in self.wait(self.store.reports.job_events(name))]
            assert history == known["history"]

    @invariant()
    def the_queue_matches_the_reference(self) -> None:
        """Compare the order of the queue and each job's position in it."""
        order = self.reference.queue_order(self.now)
        jobs = self.store.jobs
        for moved in (False, True):  # each of the two services has a queue of its own
            own = [name for name in order if self.reference.jobs[name]["failed_over"] is moved]
            positions = [self.wait(jobs.queue_position(name, now=self.now)) for name in own]
            assert positions == list(range(1, len(own) + 1))
        due = [name for name in order if name in self.shown and self.reference.jobs[name]["due"] <= self.now]
        assert [job.id for job in self.wait(jobs.next_in_queue(PLACES, now=self.now, limit=99))] == due

    @invariant()
    def the_limits_match_the_reference(self) -> None:
        """Compare how many videos each user may still ask for."""
        for person in USERS:
            left = self.wait(self.store.jobs.remaining_today(person, LIMITS, now=self.now))
            assert left == self.reference.remaining(person, self.now)


class InboxHistory(StoreHistory):
    """Any history of updates, compared with plain dicts after each step."""

    pending = Bundle("pending")

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[int, dict[str, Any]] = {}  # by update_id, in the order of arrival

    @rule(batch=st.lists(st.tuples(st.integers(0, 20), st.sampled_from("abc")), max_size=6))
    def telegram_sends(self, batch: list[tuple[int, str]]) -> None:
        """Receive updates, some of them for a second time."""
        self.wait(self.store.inbox.add([(number, lane, f"{number}") for number, lane in batch], now=self.now))
        for number, lane in batch:
            fresh = {"lane": lane, "due": self.now, "received": self.now, "tries": 0, "pending": True}
            self.rows.setdefault(number, fresh)

    @rule(target=pending, busy=st.sets(st.sampled_from("abc")), limit=st.integers(1, 4))
    def the_dispatcher_reads(self, busy: set[str], limit: int) -> tuple[int, int] | None:
        """Read what is pending: the first update of each lane that is not busy, the oldest first."""
        first: dict[str, int] = {}
        for number, row in self.rows.items():
            if row["pending"] and row["lane"] not in busy:
                first.setdefault(row["lane"], number)
        due = [number for number in first.values() if self.rows[number]["due"] <= self.now]
        found = self.wait(self.store.inbox.pending(now=self.now, busy=busy, limit=limit))
        assert [row.update_id for row in found] == due[:limit]
        assert [row.tries for row in found] == [self.rows[number]["tries"] for number in due[:limit]]
        soonest = min((self.rows[number]["due"] for number in first.values()), default=None)
        assert self.wait(self.store.inbox.next_due(busy)) == soonest
        return (found[0].seq, found[0].update_id) if found else None

    @rule(
        row=consumes(pending), end=st.sampled_from(["done", "set_aside", "later"]), seconds=st.sampled_from([0.0, 4.0])
    )
    def the_dispatcher_handles(self, row: tuple[int, int] | None, end: str, seconds: float) -> None:
        """Finish an update, set it aside, or postpone it."""
        if row is None or not self.rows[row[1]]["pending"]:
            return
        seq, known = row[0], self.rows[row[1]]
        match end:
            case "done":
                self.wait(self.store.inbox.mark_done([seq]))
            case "set_aside":
                self.wait(self.store.inbox.set_aside(seq, error="why"))
            case _:
                self.wait(
                    self.store.inbox.postpone(seq, due_at=self.now + seconds, error="why", count_try=seconds == 0)
                )
                known |= {"due": self.now + seconds, "tries": known["tries"] + (seconds == 0)}
        known["pending"] = end == "later"

    @rule()
    def an_undecodable_update_comes(self) -> None:
        """Receive something without an update_id: it belongs to no lane."""
        self.wait(self.store.inbox.set_aside_undecodable("gibberish", now=self.now))

    @invariant()
    def no_update_is_lost(self) -> None:
        """Compare which updates are stored, and which of them are pending."""
        rows = self.wait(self.store.database.execute("SELECT update_id, state FROM inbox WHERE update_id >= 0"))
        assert {row[0]: row[1] == "pending" for row in rows} == {
            number: row["pending"] for number, row in self.rows.items()
        }


def test_row_23_any_history_of_jobs_matches_the_reference_store() -> None:
    """Whatever users, the service and crashes do, each job's state, the queue and the limits are right."""
    run_state_machine_as_test(JobHistory, settings=SETTINGS)


def test_row_23_any_history_of_updates_is_handled_once_and_in_order() -> None:
    """Whatever Telegram sends and however it is handled, each update is pending until done, in its lane's order."""
    run_state_machine_as_test(InboxHistory, settings=SETTINGS)
