"""A model of the store in plain dicts: what the store must do with jobs, the queue and the limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storage import TRANSITIONS, State
from storage.models import AT_SERVICE, FINAL
from tests.storage.samples import DAY, IF_CANCELLED, MINUTE, TRANSITION_METHODS

if TYPE_CHECKING:
    from collections.abc import Collection

    from storage.limits import Limits

JobDict = dict[str, Any]
_DUE_IN_S = {
    "accept": 5.0,
    "requeue": 30.0,
    "mark_in_doubt": 2.0,
    "ask_user": 5 * MINUTE,
    "ask_before_submit": 5 * MINUTE,
    "postpone_delivery": 30.0,
}
"""Seconds until the next step, for transitions after which it is not due at once."""
_KEEP_DUE_AT = {
    "mark_undeliverable",
    "mark_delivered",
    "fail",
    "cancel",
    "leave",
    "finish_cancelled",
    "withhold",
    "withhold_ready",
    "submit",
}  # leave the time of the next step alone
_RESET_TRIES = {"accept", "adopt", "fail_over", "retry", "complete", "redeliver_to", "withhold", "post"}
"""Transitions that forget the tries."""
_FORGET_SUBMIT = {"requeue", "retry", "fail_over"}
"""Transitions after which nothing is at the service."""


class ReferenceStore:
    """Jobs by their ids, in the order in which they were created."""

    def __init__(self, limits: Limits) -> None:
        self.jobs: dict[str, JobDict] = {}
        self._limits = limits

    def create(self, job_id: str, origin: str, person: int, *, exempt: bool, now: float) -> str:
        """Create a job and return the name of the expected `EnqueueResult`."""
        if any(job["origin"] == origin for job in self.jobs.values()):
            return "Duplicate"
        own = [job for job in self.jobs.values() if job["person"] == person and not job["exempt"]]
        if not exempt and self.remaining(person, now) == 0:
            return "UserDailyLimit"
        if not exempt and self._count_used(self.jobs.values(), now) >= self._limits.global_daily:
            return "GlobalDailyLimit"
        if not exempt and sum(job["state"] not in FINAL for job in own) >= self._limits.user_active:
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
            "cancelled": False,
            "withheld": False,
            "failed_over": False,
            "finished": None,
            "version": 1,
            "history": [State.QUEUED],
            "resubmits": {},
            "lost": False,
        }
        return "Enqueued"

    def resubmit(self, job_id: str, submit: int, *, exempt: bool, now: float) -> str:
        """Queue a lost submit again and return the name of the expected `EnqueueResult`."""
        job = self.jobs[job_id]
        if (
            job["state"] is not State.NEEDS_DECISION
            or job["cancelled"]
            or submit != job["submits"]
            or submit in job["resubmits"]
        ):
            return "Duplicate"
        others = [other for other in self.jobs.values() if other["person"] == job["person"] and not other["exempt"]]
        if not exempt and self.remaining(job["person"], now) == 0:
            return "UserDailyLimit"
        if not exempt and self._count_used(self.jobs.values(), now) >= self._limits.global_daily:
            return "GlobalDailyLimit"
        if not exempt and sum(o["state"] not in FINAL for o in others if o is not job) >= self._limits.user_active:
            return "UserActiveLimit"
        self._set_state(job, State.QUEUED, now)
        job |= {"due": now, "tries": 0}
        job["resubmits"][submit] = (exempt, now)
        job["lost"] = True
        return "Enqueued"

    def apply(self, name: str, job_id: str, now: float) -> bool:
        """Apply the transition with this name; False if the job may not take it."""
        job, method = self.jobs[job_id], TRANSITION_METHODS[name]
        if job["state"] not in method.starts or not self._fits(name, job):
            return False
        self._set_state(job, method.to, now)
        if name not in _KEEP_DUE_AT:
            job["due"] = now + _DUE_IN_S.get(name, 0.0)
        if name in _RESET_TRIES:
            job["tries"] = 0
        if name in _FORGET_SUBMIT:
            job["submitted"] = None
        match name:
            case "submit" | "ask_before_submit":
                submitted = now if name == "submit" else job["created"]
                job |= {"submitted": submitted, "submits": job["submits"] + 1}
            case "adopt":
                job |= {"submitted": job["submitted"] or now, "submits": 5, "lost": False}
            case "fail_over":
                job["failed_over"] = True
            case "requeue" | "postpone_delivery":
                job["tries"] += 1
            case "cancel" | "leave":
                job["cancelled"] = True
            case "withhold" | "withhold_ready":
                job |= {"cancelled": True, "withheld": True}
            case "mark_undeliverable":
                job["withheld"] = False
            case "post" | "redeliver_to":
                job |= {"cancelled": False, "withheld": False}
        return True

    def _fits(self, name: str, job: JobDict) -> bool:
        """Return False if something beside its state keeps the job from this transition."""
        match name:
            case "complete":
                return not job["cancelled"]
            case "fail_over":
                return not job["failed_over"]
            case "leave":
                return bool(job["submits"] == 1)
            case "withhold_ready":
                return bool(job["tries"] == 0)
            case "post":
                return bool(job["withheld"])
            case _:
                return name not in IF_CANCELLED or bool(job["cancelled"])

    def request_cancel(self, job_id: str) -> bool:
        """Note that the user cancelled the job; False if it is not at the service."""
        job = self.jobs[job_id]
        if job["state"] not in AT_SERVICE:
            return False
        job["cancelled"] = True
        return True

    def undo_cancel(self, job_id: str) -> bool:
        """Forget that the user cancelled the job; False if it is not at the service or in doubt."""
        job = self.jobs[job_id]
        if job["state"] not in {*AT_SERVICE, State.NEEDS_DECISION}:
            return False
        job["cancelled"] = False
        return True

    def mark_interrupted(self, now: float) -> set[str]:
        """Do what a start does, and return the ids of the jobs that are in doubt from now on."""
        found = {name for name, job in self.jobs.items() if job["state"] is State.SUBMITTING}
        for job in self.jobs.values():
            if job["state"] is State.SUBMITTING:
                self._set_state(job, State.IN_DOUBT, now)
                job["due"] = now
            elif job["state"] is State.DELIVERING:
                job["due"] = min(job["due"], now)
        return found

    def prune(self, before: float) -> None:
        """Delete the jobs that finished before that time."""
        self.jobs = {
            name: job for name, job in self.jobs.items() if job["finished"] is None or job["finished"] >= before
        }

    def remaining(self, person: int, now: float) -> int:
        """Return how many more videos the user may ask for now."""
        return max(
            0,
            self._limits.user_daily
            - self._count_used([job for job in self.jobs.values() if job["person"] == person], now),
        )

    def _count_used(self, jobs: Collection[JobDict], now: float) -> int:
        """Return how many of these jobs, and of their lost submits sent again, count towards a daily limit."""
        made = [
            job
            for job in jobs
            if not job["exempt"]
            and job["created"] > now - DAY
            and job["state"] is not State.FAILED
            and not (job["state"] is State.CANCELLED and job["submitted"] is None)
        ]
        sent_again = [
            submit
            for job in jobs
            for submit, (exempt, at) in job["resubmits"].items()
            if not exempt
            and at > now - DAY
            and (
                job["submits"] > submit
                or job["state"] is State.QUEUED
                or (job["state"] is State.FAILED and job["lost"])
            )
        ]
        return len(made) + len(sent_again)

    def queue_order(self, now: float) -> list[str]:
        """Return the queue: whoever used the service least in ten minutes comes first, then whoever asked first."""
        turns: dict[int, int] = {}
        for job in self.jobs.values():
            recent = job["submitted"] is not None and job["submitted"] > now - 10 * MINUTE
            turns[job["person"]] = turns.get(job["person"], 0) + (job["state"] in AT_SERVICE or recent)
        waiting = []
        for name, job in self.jobs.items():
            if job["state"] is State.QUEUED:
                turns[job["person"]] += 1
                waiting.append((turns[job["person"]], job["created"], name))
        created = {name: number for number, name in enumerate(self.jobs)}
        return [name for *_, name in sorted(waiting, key=lambda item: (item[0], item[1], created[item[2]]))]

    def _set_state(self, job: JobDict, to: State, now: float) -> None:
        assert to in TRANSITIONS[job["state"]]
        job |= {"state": to, "version": job["version"] + 1, "finished": now if to in FINAL else None}
        job["history"].append(to)
