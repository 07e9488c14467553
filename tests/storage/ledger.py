"""The store as plain dicts: what a job may do by TRANSITIONS, and what follows from it for the people who wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storage import TRANSITIONS, State
from storage.models import AT_SERVICE, FINAL
from tests.storage.samples import DAY, MINUTE, MOVES

if TYPE_CHECKING:
    from collections.abc import Iterable

JobDict = dict[str, Any]
DUE_IN = {"accept": 5.0, "requeue": 30.0, "mark_in_doubt": 2.0, "ask_user": 5 * MINUTE, "postpone_delivery": 30.0}
"""Seconds until the next step, where it is not due at once."""
_UNTIMED = {
    "mark_undeliverable",
    "mark_delivered",
    "fail",
    "cancel",
    "finish_cancelled",
    "submit",
}  # leave the time of the next step alone
_FRESH = {"accept", "fail_over", "retry", "complete", "redeliver_to"}  # forget the tries


class Ledger:
    """Jobs by their ids, in the order in which they were made."""

    def __init__(self, daily: int, active: int, everybody: int) -> None:
        self.jobs: dict[str, JobDict] = {}
        self._daily = daily
        self._active = active
        self._everybody = everybody

    def create(self, job_id: str, origin: str, person: int, *, exempt: bool, now: float) -> str:
        """The name of the outcome."""
        if any(job["origin"] == origin for job in self.jobs.values()):
            return "Duplicate"
        mine = [job for job in self.jobs.values() if job["person"] == person and not job["exempt"]]
        if not exempt and self.left(person, now) == 0:
            return "UserDailyLimit"
        if not exempt and self._used(self.jobs.values(), now) >= self._everybody:
            return "GlobalDailyLimit"
        if not exempt and sum(job["state"] not in FINAL for job in mine) >= self._active:
            return "UserActiveLimit"
        self.jobs[job_id] = {
            "state": State.QUEUED,
            "origin": origin,
            "person": person,
            "exempt": exempt,
            "created": now,
            "due": now,
            "submitted": None,
            "submits": 0,
            "tries": 0,
            "unwanted": False,
            "moved": False,
            "finished": None,
            "version": 1,
            "way": [State.QUEUED],
        }
        return "Enqueued"

    def move(self, name: str, job_id: str, now: float) -> bool:
        """Whether the job moved."""
        job, move = self.jobs[job_id], MOVES[name]
        if job["state"] not in move.starts or (name == "finish_cancelled" and not job["unwanted"]):
            return False
        if name == "fail_over" and job["moved"]:
            return False
        self._go(job, move.to, now)
        if name not in _UNTIMED:
            job["due"] = now + DUE_IN.get(name, 0.0)
        if name in _FRESH:
            job["tries"] = 0
        match name:
            case "submit":
                job |= {"submitted": now, "submits": job["submits"] + 1}
            case "requeue":
                job |= {"submitted": None, "tries": job["tries"] + 1}
            case "fail_over":
                job |= {"submitted": None, "moved": True}
            case "postpone_delivery":
                job["tries"] += 1
            case "cancel":
                job["unwanted"] = True
        return True

    def request_cancel(self, job_id: str) -> bool:
        """Whether the job is at the service, and noted as unwanted."""
        job = self.jobs[job_id]
        if job["state"] not in AT_SERVICE:
            return False
        job["unwanted"] = True
        return True

    def recover(self, now: float) -> set[str]:
        """The jobs whose submit nobody knows the end of."""
        found = {name for name, job in self.jobs.items() if job["state"] is State.SUBMITTING}
        for job in self.jobs.values():
            if job["state"] is State.SUBMITTING:
                self._go(job, State.IN_DOUBT, now)
                job["due"] = now
            elif job["state"] is State.DELIVERING:
                job["due"] = min(job["due"], now)
        return found

    def prune(self, before: float) -> None:
        """Forget what ended before that time."""
        self.jobs = {
            name: job for name, job in self.jobs.items() if job["finished"] is None or job["finished"] >= before
        }

    def left(self, person: int, now: float) -> int:
        """How many more videos the person may have in these 24 hours."""
        return max(0, self._daily - self._used([job for job in self.jobs.values() if job["person"] == person], now))

    def _used(self, jobs: Iterable[JobDict], now: float) -> int:
        """How many of them count towards 24 hours."""
        return sum(
            not job["exempt"]
            and job["created"] > now - DAY
            and job["state"] is not State.FAILED
            and not (job["state"] is State.CANCELLED and job["submitted"] is None)
            for job in jobs
        )

    def line(self, now: float) -> list[str]:
        """The queue: whoever used the service least in ten minutes first, then who asked first."""
        turns: dict[int, int] = {}
        for job in self.jobs.values():
            lately = job["submitted"] is not None and job["submitted"] > now - 10 * MINUTE
            turns[job["person"]] = turns.get(job["person"], 0) + (job["state"] in AT_SERVICE or lately)
        waiting = []
        for name, job in self.jobs.items():
            if job["state"] is State.QUEUED:
                turns[job["person"]] += 1
                waiting.append((turns[job["person"]], job["created"], name))
        born = {name: number for number, name in enumerate(self.jobs)}
        return [name for *_, name in sorted(waiting, key=lambda item: (item[0], item[1], born[item[2]]))]

    def _go(self, job: JobDict, to: State, now: float) -> None:
        assert to in TRANSITIONS[job["state"]]
        job |= {"state": to, "version": job["version"] + 1, "finished": now if to in FINAL else None}
        job["way"].append(to)
