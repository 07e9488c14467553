"""How many videos a person may ask for, and whose turn it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage import State
from tests.assertions import is_video, says
from tests.handlers.private_sights import finished

if TYPE_CHECKING:
    from sandbox.telegram import Person
    from tests.conftest import Play


async def test_daily_limit(play: Play, coffee: bytes) -> None:
    """Beyond the daily limit the person is told when the next one is free; a day later it is."""
    await play.start(user_daily_limit="1")
    await finished(play, coffee)
    play.chat.photo(coffee, "/squish")
    refused = await play.chat.wait_for(says("last 24 hours"))
    assert "24 hours" in refused.text
    assert len(play.aiml.submissions) == 1
    play.pass_time(86_400)
    play.chat.photo(coffee, "/squish", at=play.clock())
    await play.until(lambda jobs: len(jobs) == 2)


async def test_active_limit(play: Play, coffee: bytes) -> None:
    """Beyond the videos at once the person is asked to wait for one of them."""
    play.aiml.concurrency = 0
    await play.start(user_active_limit="1")
    play.chat.photo(coffee, "/squish")
    await play.until(lambda jobs: len(jobs) == 1)
    play.chat.photo(coffee, "/squish")
    await play.chat.wait_for(says("already making a video for you"))
    assert len(await play.jobs()) == 1


async def test_daily_limit_of_all(play: Play, bob: Person, coffee: bytes) -> None:
    """Beyond what all people together may have, anyone is told when the next one is free; an admin is not held up."""
    boss = play.telegram.private(play.telegram.person("Boss"))
    await play.start(daily_limit="1", admin_ids=str(boss.id))
    await finished(play, coffee)
    other = play.telegram.private(bob)
    other.photo(coffee, "/squish")
    await other.wait_for(says("for everybody together. The next one is free in 24 hours"))
    assert len(play.aiml.submissions) == 1
    boss.photo(coffee, "/squish")
    await boss.wait_for(is_video)
    play.pass_time(86_400)
    other.photo(coffee, "/squish", at=play.clock())
    await other.wait_for(is_video)


async def test_admins_are_exempt(play: Play, coffee: bytes) -> None:
    """An admin has no limit."""
    await play.start(user_daily_limit="0", admin_ids=str(play.ada.id))
    await finished(play, coffee)


async def test_failed_job_gives_its_place_back(play: Play, coffee: bytes, ada: bytes) -> None:
    """A video that failed does not count towards the day."""
    await play.start(user_daily_limit="1")
    play.chat.album([ada, coffee], "/hug")
    await play.chat.wait_for(says("couldn't find a face"))
    await play.until_state(State.FAILED)
    await finished(play, coffee)


async def test_queue_is_fair_and_shown(play: Play, bob: Person, coffee: bytes) -> None:
    """With the service's places taken, people take turns, and a waiting person sees their number."""
    other = play.telegram.private(bob)
    await play.start(active_limit="1", user_active_limit="9", poll_interval="0.2")
    for _ in range(3):
        play.chat.photo(coffee, "/squish")
    await play.aiml.wait(lambda aiml: len(aiml.submissions) == 1)
    await play.until(lambda jobs: len(jobs) == 3)
    other.photo(coffee, "/squish")
    await other.wait_for(is_video, timeout=20)
    jobs = await play.until(lambda jobs: len(jobs) == 4)
    mine = [job for job in jobs if job.person_id == play.ada.id]
    assert any(job.state in {State.QUEUED, State.SUBMITTING, State.GENERATING} for job in mine)
    versions = [version.text for version in play.chat.history]
    assert any("number 2" in text or "number 3" in text for text in versions)
