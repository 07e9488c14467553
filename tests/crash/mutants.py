"""Row 25: mistakes that the tests must catch, made one at a time in a copy: `python -m tests.crash.mutants`.

Each is an edit that looks harmless and breaks a guarantee. The exit code is 1 if one of them was not caught.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.crash.bot_process import PROJECT

_NOT_COPIED = shutil.ignore_patterns(".venv", ".git", "__pycache__", ".*_cache", "*.egg-info", "*.db*", "*.mp4")
_REASON = re.compile(r"AssertionError: (.{1,160})")
_FAILED = re.compile(r"^FAILED (\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mistake: what it is, in which file, the edits, and the tests that must fail.

    `without_look` also takes away the look before the first submit after a start, which would make up for the mistake.
    """

    name: str
    file: str
    changes: tuple[tuple[str, str], ...]
    tests: tuple[str, ...]
    without_look: bool = False

    @property
    def edits(self) -> tuple[tuple[str, str, str], ...]:
        """Every edit as (file, old text, new text)."""
        look = (_NO_LOOK,) if self.without_look else ()
        return (*((self.file, old, new) for old, new in self.changes), *look)


_NO_LOOK = (
    "bot/workers/reconcile.py",
    "    if job.id in context.unverified:\n",
    "    if job.id in context.unverified and job.submits < 0:\n",
)


REQUESTS = "tests/crash/test_kill_at_request.py"
BEFORE_OTHER_ENDS = "tests/crash/test_kill_before_other_ends.py"
TWO = "tests/bot/test_two_services.py"
RESTORE = "tests/bot/test_restore.py"
FAILURES = "tests/bot/test_failures.py"
LOST = "tests/bot/test_lost_submits.py"
MUTANTS = (
    Mutant(
        "a photo process outlives the bot",
        "video/photos/worker.py",
        (("    _end_with_parent()\n    _limit", "    _limit"),),
        ("tests/crash/test_photo_process.py::test_row_42_the_bot_ends_while_a_photo_process_hangs",),
    ),
    Mutant(
        "the intent is committed after the POST",
        "bot/workers/submit.py",
        (
            (
                "        job = await self._context.store.transitions.submit(",
                """        from dataclasses import replace
        job = replace(row, client_request_id=f"{row.id}.{row.submits + 1}")
        intent = self._context.store.transitions.submit(""",
            ),
            (
                "        await self._commit_outcome(job, outcome)\n",
                "        await intent\n        await self._commit_outcome(job, outcome)\n",
            ),
        ),
        (f"{REQUESTS}::test_row_1_a_submit_that_arrived_is_found_in_the_log",),
        without_look=True,
    ),
    Mutant(
        "the delivery is committed before the video is shown",
        "bot/workers/deliver.py",
        (
            (
                "        await self._commit_outcome(job, await self._deliver(job))\n",
                """        now = self._context.clock()
        await self._context.store.transitions.mark_delivered(job.id, file_id=None, card_id=job.card_id or 0, now=now)
        await self._deliver(job)
""",
            ),
        ),
        (f"{REQUESTS}::test_row_1_every_request_of_a_one_photo_job",),
    ),
    Mutant(
        "updates are confirmed before they are committed",
        "bot/updates/polling.py",
        (
            (
                "            any_to_confirm = await self._store(updates)\n",
                """            any_to_confirm = bool(updates)
            if updates:
                self._offset = updates[-1]["update_id"] + 1
                late = self._store(updates)
                asyncio.get_running_loop().call_later(0.1, lambda late=late: asyncio.ensure_future(late))
""",
            ),
        ),
        (f"{REQUESTS}::test_row_1_every_request_of_a_one_photo_job",),
    ),
    Mutant(
        "the submit carries no id of ours",
        "video/services/aiml/client.py",
        (('headers = {"X-Client-Request-Id": request.client_request_id}', "headers: dict[str, str] = {}"),),
        (f"{REQUESTS}::test_row_1_a_submit_that_arrived_is_found_in_the_log",),
    ),
    Mutant(
        "the submit to Kling carries no id of ours",
        "video/services/kling/body.py",
        (('            "external_task_id": request.client_request_id,\n', ""),),
        ("tests/crash/test_kill_with_kling.py::test_row_1_a_task_that_kling_has_is_found_by_our_id[handled]",),
    ),
    Mutant(
        "an empty account at Kling is taken for a full queue",
        "video/services/failure_codes.py",
        (("1102: FailureKind.OUT_OF_CREDIT", "1102: FailureKind.BUSY"),),
        ("tests/video/services/test_refused.py::test_each_refusal_has_its_meaning",),
    ),
    Mutant(
        "a message that had its effect has it again",
        "handlers/requests/drafts.py",
        (
            (
                """    draft = await deps.store.drafts.by_message(message.chat_id, message.message_id)
    if draft is None:
""",
                """    draft = None
    if draft is None:
""",
            ),
        ),
        ("tests/crash/test_updates_again.py::test_row_4_a_message_that_comes_again_under_another_id",),
    ),
    Mutant(
        "a submit that was interrupted is simply made again",
        "storage/transitions.py",
        (
            (
                """UPDATE jobs SET state = 'in_doubt', changed_at = :now""",
                """UPDATE jobs SET state = 'queued', submitted_at = NULL, changed_at = :now""",
            ),
        ),
        (f"{REQUESTS}::test_row_1_a_submit_that_arrived_is_found_in_the_log",),
        without_look=True,
    ),
    Mutant(
        "a video that was being delivered is forgotten",
        "bot/workers/deliver.py",
        (("jobs.due(State.READY, State.DELIVERING, ", "jobs.due(State.READY, "),),
        (f"{REQUESTS}::test_row_1_every_request_of_a_one_photo_job",),
    ),
    Mutant(
        "what was cancelled at the service is delivered",
        "storage/transitions.py",
        (("state = 'generating' AND cancel_requested = 0", "state = 'generating'"),),
        (f"{BEFORE_OTHER_ENDS}::test_row_1_a_video_that_was_cancelled_before_it_was_made",),
    ),
    Mutant(
        "a failed job keeps its place of the day",
        "storage/budgets.py",
        (("(state <> 'failed' OR reason IN ('given_up', 'no_video'))\n    AND NOT", "NOT"),),
        (f"{BEFORE_OTHER_ENDS}::test_row_1_a_failed_job_gives_its_place_of_the_day_back_once",),
    ),
    Mutant(
        "a video reserves nothing",
        "storage/jobs.py",
        ((":inline_message_id, :source, :reserved_microusd, :now", ":inline_message_id, :source, 0, :now"),),
        ("tests/storage/test_budgets.py::test_eight_at_once_never_pass_a_budget",),
    ),
    Mutant(
        "a submit in doubt is taken for one that was never sent, and goes on to the other service",
        "bot/workers/submit.py",
        (
            (
                "                await self._mark_in_doubt(job, detail)\n",
                "                await self._retry(job, FailureKind.DOWN, detail, None)\n",
            ),
        ),
        (f"{TWO}::test_never_moved_in_doubt",),
    ),
    Mutant(
        "a proxy's page is taken for a refusal",
        "video/services/aiml/outcomes.py",
        (
            (
                "    if not _has_own_words(response):\n",
                "    if not response.status:\n",
            ),
        ),
        (f"{FAILURES}::test_row_28_behind_a_proxys_page_it_is_charged_once",),
    ),
    Mutant(
        "a press sends again whatever was lost last",
        "storage/limits.py",
        (
            ("state = 'needs_decision' AND submits = :submit", "state = 'needs_decision'"),
            ("SELECT :id, :submit, :exempt, :now", "SELECT :id, random(), :exempt, :now"),
        ),
        ("tests/storage/test_limits.py::test_row_27_a_press_answers_the_submit_that_it_names",),
    ),
    Mutant(
        "what waited at the start is sent without a look, as if the database were never a copy",
        _NO_LOOK[0],
        (),
        (f"{RESTORE}::test_row_26_a_backup_put_back_pays_nothing_twice",),
        without_look=True,
    ),
    Mutant(
        "a submit that moved to the other service is looked for at its own alone",
        "bot/workers/reconcile.py",
        (("    for service, moved_to in places:\n", "    for service, moved_to in places[:1]:\n"),),
        (f"{RESTORE}::test_row_26_what_moved_to_the_other_service_is_found_there",),
    ),
    Mutant(
        "a lost submit is sent again without one more look",
        "bot/workers/submit.py",
        (("        if not await look_before_submit(self._context, row):\n            return\n", ""),),
        (f"{LOST}::test_row_27_one_more_look_before_it_is_sent_again",),
    ),
    Mutant(
        "another account's record is believed",
        "bot/workers/reconcile.py",
        (("        case Absent() if job.account not in {None, ", "        case Absent() if job.id in {None, "),),
        (f"{LOST}::test_row_27_another_keys_record_proves_nothing",),
    ),
    Mutant(
        "a job goes to and fro between two services",
        "bot/workers/context.py",
        (("        if effect is None or job.moved_from is not None:\n", "        if effect is None:\n"),),
        (f"{TWO}::test_moved_once",),
    ),
    Mutant(
        "a consent is to whatever is made in the end",
        "storage/people/consents.py",
        (("        ELSE given.subject = {subject} AND NOT EXISTS (", "        ELSE NOT EXISTS ("),),
        ("tests/storage/test_consents.py::test_row_45_a_consent_is_to_one_video",),
    ),
    Mutant(
        "Accept is to what the draft is now, whatever the question described",
        "handlers/buttons/consent.py",
        (("    if subject is None or button.subject != subject:\n", "    if subject is None:\n"),),
        ("tests/handlers/test_rules.py::test_row_45_two_taps_on_the_choice_of_effects",),
    ),
    Mutant(
        "a job is made without the consent of whose picture it is",
        "storage/jobs.py",
        ((" AND NOT EXISTS ({_REFUSING}) AND {WITHIN_LIMITS}", " AND {WITHIN_LIMITS}"),),
        ("tests/storage/test_consents.py::test_row_46_no_job_without_a_consent",),
    ),
    Mutant(
        "never, said after the job was made, comes too late",
        "storage/submit_transitions.py",
        (("state = 'queued' AND NOT EXISTS ({REFUSING_AT_SUBMIT}) AND\n", "state = 'queued' AND\n"),),
        ("tests/storage/test_consents.py::test_row_46_never_said_later_holds",),
    ),
    Mutant(
        "two processes may use one database",
        "bot/instance_lock.py",
        (("            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)\n", "            pass\n"),),
        ("tests/crash/test_second_process.py",),
    ),
)


def main() -> int:
    """Try each mutant, or those with one of the words on the command line, and return the exit code."""
    words = sys.argv[1:]
    chosen = [mutant for mutant in MUTANTS if not words or any(word in mutant.name for word in words)]
    survivors = [mutant.name for mutant in chosen if not _try(mutant)]
    _say(f"{len(chosen) - len(survivors)} of {len(chosen)} mutants were caught")
    return 1 if survivors else 0


def _try(mutant: Mutant) -> bool:
    """Return True if the tests fail, and print the result."""
    with tempfile.TemporaryDirectory(prefix="mutant-") as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(PROJECT, tree, ignore=_NOT_COPIED)
        _make(mutant, tree)
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *mutant.tests]
        run = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    caught = run.returncode == 1
    test, reason = _FAILED.search(run.stdout), _REASON.search(run.stdout)
    if caught:
        _say(f"caught: {mutant.name}\n    by {test and test[1]}: {reason and reason[1]}")
    else:
        _say(f"NOT CAUGHT: {mutant.name} (pytest's exit code {run.returncode})\n{run.stdout[-2000:]}")
    return caught


def _make(mutant: Mutant, tree: Path) -> None:
    """Edit the files in the copy.

    Raises:
        LookupError: the code has changed, and the mutant must follow.
    """
    for file, old, new in mutant.edits:
        path = tree / file
        text = path.read_text("utf-8")
        if text.count(old) != 1:
            raise LookupError(f"{mutant.name}: {file} has this {text.count(old)} times, not once:\n{old}")
        path.write_text(text.replace(old, new), "utf-8")


def _say(words: str) -> None:
    print(words, flush=True)  # noqa: T201 -- a command line's answer


if __name__ == "__main__":
    sys.exit(main())
