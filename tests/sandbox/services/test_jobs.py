from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.photos import photo
from tests.sandbox.services import aiml_client, kling_client
from tests.sandbox.services.serving import Clock, served_client

if TYPE_CHECKING:
    from types import ModuleType

TWO = {aiml_client: "hug", kling_client: "hug_pro"}
"""A scene of two people at each."""
WORDS = {
    aiml_client: ["queued", "generating", "generating", "completed"],
    kling_client: ["submitted", "processing", "processing", "succeed"],
}
at_each = pytest.mark.parametrize("desk", [aiml_client, kling_client], ids=["aiml", "kling"])


@at_each
async def test_a_job_goes_its_way_by_the_clock(desk: ModuleType) -> None:
    """A job waits, is made, and is done when its seconds have passed."""
    clock = Clock()
    service = desk.by_hand(job_seconds=100, clock=clock)
    seen = []
    async with served_client(service) as client:
        job = await desk.ordered(client, desk.order())
        await service.renderer.wait_idle()
        for later in (0, 20, 79, 2):
            clock.now += later
            seen.append(await desk.status(client, job))
    assert seen == WORDS[desk]


@at_each
async def test_a_real_clock_moves_a_job_without_anyone_asking(desk: ModuleType) -> None:
    """A job ends, and is charged, though nobody polls it."""
    service = desk.by_hand(job_seconds=0.05)
    async with served_client(service) as client:
        job = await desk.ordered(client, desk.order(), "job-1")
        await service.wait(lambda service: service.jobs[job].done)
    assert [(charge.job_id, charge.client_request_id) for charge in service.ledger] == [(job, "job-1")]


@at_each
async def test_an_unfinished_job_has_no_file(desk: ModuleType) -> None:
    """Guessing a video's address before the video is done finds nothing."""
    async with served_client(desk.by_hand()) as client:
        job = await desk.ordered(client, desk.order())
        assert (await client.get(f"/files/{job}.mp4")).status_code == 404


@at_each
async def test_two_people_are_taken_in_the_order_they_came(desk: ModuleType) -> None:
    """Of two photos the first stays the first, byte for byte."""
    service = desk.by_hand()
    async with served_client(service) as client:
        await desk.ordered(client, desk.order(TWO[desk], "ada", "ben"))
    (submission,) = service.submissions
    assert submission.photos == [photo("ada"), photo("ben")]
    assert (submission.scene, submission.duration) == (TWO[desk], 5)
