"""The service's record, by which lost submits are found, may be slow, down, in pages, or on another clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.http.faults import FOREVER, CloseAfter, Hang, RespondWith
from storage import State

if TYPE_CHECKING:
    from tests.conftest import Play

SUBMIT = "POST /v2/video/generations"
LOGS = "GET /v2/logs"


async def lost(play: Play, photo: bytes) -> None:
    """A submit that was taken, and whose answer was lost."""
    play.aiml.faults.add(SUBMIT, CloseAfter())
    await play.start()
    play.chat.photo(photo, "/squish")
    await play.until(lambda jobs: bool(jobs) and jobs[0].state is State.IN_DOUBT)


async def adopted(play: Play) -> None:
    """The video comes from that very submit."""
    await play.until(lambda jobs: jobs[0].state is State.DELIVERED, advancing=5)
    assert len(play.aiml.submissions) == 1
    assert len(play.aiml.ledger) == 1


@pytest.mark.parametrize(
    "answer", [RespondWith(500, {"message": "x"}), RespondWith(429, headers={"Retry-After": "2"}), RespondWith(200)]
)
async def test_row_10_down_for_a_while(play: Play, coffee: bytes, answer: RespondWith) -> None:
    """A record that can't be read for a while is read later."""
    play.aiml.faults.add(LOGS, answer, times=4)
    await lost(play, coffee)
    await adopted(play)


async def test_down_for_an_hour(play: Play, coffee: bytes) -> None:
    """A record that can't be read for an hour is waited for: the person is not asked to pay on a guess."""
    rule = play.aiml.faults.add(LOGS, RespondWith(503), times=FOREVER)
    await lost(play, coffee)
    for _ in range(12):
        play.pass_time(300)
        used = rule.use_count
        await play.until(lambda _, used=used: rule.use_count > used)  # type: ignore[misc]
    assert (await play.job()).state is State.IN_DOUBT
    rule.remove()
    await adopted(play)


async def test_down_after_a_long_absence(play: Play, coffee: bytes) -> None:
    """A bot that was away for hours does not ask the person before it could read the record."""
    await lost(play, coffee)
    await play.stop()
    play.clock.advance(3 * 3600)
    rule = play.aiml.faults.add(LOGS, RespondWith(503), times=3)
    await play.start()
    await play.until(lambda _: rule.use_count > 0)
    assert (await play.job()).state is State.IN_DOUBT
    await adopted(play)


async def test_row_10_many_pages(play: Play, coffee: bytes) -> None:
    """A record of several pages is read to the page where the submit is."""
    play.aiml.concurrency = None
    await lost(play, coffee)
    ours = play.aiml.submissions[0]
    for number in range(250):
        play.aiml.record(ours.body, f"other.{number}", None, accepted=False)
    await play.until(lambda jobs: jobs[0].state is State.DELIVERED, advancing=5)
    assert len(play.aiml.ledger) == 1


@pytest.mark.parametrize("skew", [-120, 120])
async def test_row_10_clocks_apart(play: Play, coffee: bytes, skew: float) -> None:
    """Two minutes between the two clocks don't matter."""
    play.aiml.clock_skew = skew
    await lost(play, coffee)
    await adopted(play)


async def test_row_10_record_hangs(play: Play, coffee: bytes) -> None:
    """A record that never answers holds up no other job."""
    play.aiml.faults.add(LOGS, Hang(), times=FOREVER)
    await lost(play, coffee)
    bob = play.telegram.private(play.telegram.person("Bob"))
    play.pass_time(5)
    bob.photo(coffee, "/squish")
    await bob.wait_for(lambda seen: seen.video is not None)


async def test_found_while_the_person_decides(play: Play, coffee: bytes) -> None:
    """A submit that the record shows only after the person was asked is adopted all the same."""
    play.aiml.log_delay = 10_000
    await lost(play, coffee)
    await play.until(lambda jobs: jobs[0].state is State.NEEDS_DECISION, advancing=100)
    play.aiml.log_delay = 0
    await play.until(lambda jobs: jobs[0].state is State.DELIVERED, advancing=100)
    assert len(play.aiml.submissions) == 1
