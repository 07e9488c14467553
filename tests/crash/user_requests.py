"""Requests that do not simply end in a video. The service finishes no job by itself: these functions end them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.aiml.job_errors import job_error
from sandbox.http.faults import CloseAfter, CloseBefore
from storage.models import State
from tests.crash.people import CANCEL, LEAVE, WITHHOLD, Reaction

if TYPE_CHECKING:
    from sandbox.telegram import Chat
    from tests.crash.crash_sandbox import CrashSandbox
    from tests.crash.evidence import Request
    from tests.crash.people import Action

POST = "POST /v2/video/generations"
BUSY, DOUBT, MADE, SURE, WITHHOLDING = (
    "I keep trying by myself",
    "didn't answer clearly",
    "being made",
    "Shall I post it here when it is done?",
    "I won't post it",
)
FAILED, READY, USED_UP = "there is no video this time", "is ready", "in the last 24 hours"


# ---------------------------------------------------------------- second thoughts
def cancels_in_the_queue(sandbox: CrashSandbox) -> Request:
    """The service has no room; the person presses Cancel as soon as they are told."""
    sandbox.aiml.concurrency = 0
    chat = sandbox.people.new_chat(LEAVE)
    sandbox.people.add_reaction(chat, Reaction((BUSY,), sandbox.people.pressing(CANCEL)))
    return sandbox.people.request_one_photo(chat, {State.CANCELLED})


def cancels_at_the_service(sandbox: CrashSandbox) -> Request:
    """The service has begun; the person doesn't want it posted and is sure, and only then the service finishes."""
    return _cancels(sandbox, MADE)


def cancels_in_doubt(sandbox: CrashSandbox) -> Request:
    """The service has the photos, but its answer was lost; while the bot looks for it, the person doesn't want it."""
    sandbox.aiml.faults.add(POST, CloseAfter())
    return _cancels(sandbox, DOUBT)


def _cancels(sandbox: CrashSandbox, words: str) -> Request:
    chat = sandbox.people.new_chat()
    sandbox.people.add_reaction(chat, Reaction((words,), sandbox.people.pressing(WITHHOLD)))
    sandbox.people.add_reaction(chat, Reaction((SURE,), sandbox.people.pressing(WITHHOLD)))
    sandbox.people.add_reaction(chat, Reaction((WITHHOLDING,), finishing(sandbox)))
    return sandbox.people.request_one_photo(chat, {State.UNDELIVERABLE})


# ---------------------------------------------------------------- a failure, and the place of the day
def fails_and_asks_again(sandbox: CrashSandbox) -> Request:
    """With one video a day allowed, the first fails, the second is made, and the third is refused."""
    people, chat = sandbox.people, sandbox.people.new_chat(LEAVE)  # "Try again" would count as another video

    def ask_again(*_: object) -> None:
        people.add_reaction(chat, Reaction((MADE,), finishing(sandbox)))
        people.add_reaction(chat, Reaction((READY,), ask_too_much))
        people.request_one_photo(chat, {State.DELIVERED, State.CANCELLED})

    def ask_too_much(*_: object) -> None:
        people.request_over_limit(chat, USED_UP)

    people.add_reaction(chat, Reaction((MADE,), failing(sandbox)))
    people.add_reaction(chat, Reaction((FAILED,), ask_again))
    return people.request_one_photo(chat, {State.FAILED, State.CANCELLED})


# ---------------------------------------------------------------- lost answers, and presses
def answer_lost(sandbox: CrashSandbox) -> Request:
    """The service takes the photos, and its answer is lost."""
    sandbox.aiml.faults.add(POST, CloseAfter())
    return sandbox.request_one_photo()


def never_arrived(sandbox: CrashSandbox) -> Request:
    """The service closes the connection before it has read the photos."""
    sandbox.aiml.faults.add(POST, CloseBefore())
    return sandbox.request_one_photo()


def once_more(sandbox: CrashSandbox) -> Request:
    """The first person presses "Again" under their newest video."""
    return sandbox.people.press_again(sandbox.people.requests[0].chat)


# ---------------------------------------------------------------- the service's hands
def finishing(sandbox: CrashSandbox) -> Action:
    """Return an action that completes every job at the service."""

    def finish(_chat: Chat, _message_id: int) -> None:
        for job in list(sandbox.aiml.jobs.values()):
            job.finish()

    return finish


def failing(sandbox: CrashSandbox) -> Action:
    """Return an action that fails every job at the service."""

    def fail(_chat: Chat, _message_id: int) -> None:
        for job in list(sandbox.aiml.jobs.values()):
            job.fail(job_error("face_detection_error", job.request, 0))

    return fail
