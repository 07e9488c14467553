"""What people ask for that does not simply end in a video. The service is held: jobs there end by these hands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.aiml.job_errors import job_error
from sandbox.http.faults import CloseAfter, CloseBefore
from storage.models import State
from tests.crash.people import CANCEL, LEAVE, Habit

if TYPE_CHECKING:
    from sandbox.telegram import Chat
    from tests.crash.crash_sandbox import World
    from tests.crash.evidence import Asked
    from tests.crash.people import Deed

POST = "POST /v2/video/generations"
BUSY, DOUBT, MADE, DROPPING = (
    "I keep trying by myself",
    "didn't answer clearly",
    "being made",
    "its result will be dropped",
)
FAILED, READY, USED_UP = "there is no video this time", "is ready", "in the last 24 hours"


# ---------------------------------------------------------------- second thoughts
def cancels_in_the_queue(world: World) -> Asked:
    """The service has no room; the person presses Cancel as soon as they read so."""
    world.aiml.concurrency = 0
    chat = world.people.somebody(LEAVE)
    world.people.learn(chat, Habit((BUSY, DOUBT), world.people.pressing(CANCEL)))
    return world.people.one_photo(chat, {State.CANCELLED})


def cancels_at_the_service(world: World) -> Asked:
    """The service has begun; the person presses Cancel, and only then the service is done."""
    return _cancels(world, MADE)


def cancels_in_doubt(world: World) -> Asked:
    """The service has the photos, but its answer was lost; while the bot looks for it, the person presses Cancel."""
    world.aiml.faults.add(POST, CloseAfter())
    return _cancels(world, DOUBT)


def _cancels(world: World, words: str) -> Asked:
    chat = world.people.somebody()
    world.people.learn(chat, Habit((words,), world.people.pressing(CANCEL)))
    world.people.learn(chat, Habit((DROPPING,), finishing(world)))
    return world.people.one_photo(chat, {State.CANCELLED})


# ---------------------------------------------------------------- a failure, and the place of the day
def fails_and_asks_again(world: World) -> Asked:
    """Of one video a day the first fails; the person asks again and gets it, and a third time, which is too much."""
    people, chat = world.people, world.people.somebody()

    def ask_again(*_: object) -> None:
        people.learn(chat, Habit((MADE,), finishing(world)))
        people.learn(chat, Habit((READY,), ask_too_much))
        people.one_photo(chat)

    def ask_too_much(*_: object) -> None:
        people.one_too_many(chat, USED_UP)

    people.learn(chat, Habit((MADE,), failing(world)))
    people.learn(chat, Habit((FAILED,), ask_again))
    return people.one_photo(chat, {State.FAILED})


# ---------------------------------------------------------------- lost answers, and presses
def answer_lost(world: World) -> Asked:
    """The service takes the photos, and its answer is lost."""
    world.aiml.faults.add(POST, CloseAfter())
    return world.one_photo()


def never_arrived(world: World) -> Asked:
    """The service hangs up before it has read the photos."""
    world.aiml.faults.add(POST, CloseBefore())
    return world.one_photo()


def once_more(world: World) -> Asked:
    """Whoever asked first presses "Again" under their newest video."""
    return world.people.again(world.people.asked[0].chat)


# ---------------------------------------------------------------- the service's hands
def finishing(world: World) -> Deed:
    """The deed of ending whatever the service is at with a video."""

    def finish(_chat: Chat, _message_id: int) -> None:
        for job in list(world.aiml.jobs.values()):
            job.finish()

    return finish


def failing(world: World) -> Deed:
    """The deed of ending whatever the service is at with an error."""

    def fail(_chat: Chat, _message_id: int) -> None:
        for job in list(world.aiml.jobs.values()):
            job.fail(job_error("face_detection_error", job.request, 0))

    return fail
