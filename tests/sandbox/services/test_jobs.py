from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.photos import photo
from tests.sandbox.services import aiml_client, kling_client
from tests.sandbox.services.serving import Clock, served_client

if TYPE_CHECKING:
    from types import ModuleType

TWO_PHOTO_SCENE = {aiml_client: "hug", kling_client: "hug_pro"}
STATUSES = {
    aiml_client: ["queued", "generating", "generating", "completed"],
    kling_client: ["submitted", "processing", "processing", "succeed"],
}
for_each_service = pytest.mark.parametrize("api", [aiml_client, kling_client], ids=["aiml", "kling"])


@for_each_service
async def test_a_job_advances_by_the_clock(api: ModuleType) -> None:
    """A job is queued, processed, and done once its time has passed."""
    clock = Clock()
    service = api.manual_service(job_seconds=100, clock=clock)
    seen = []
    async with served_client(service) as client:
        job = await api.submit_ok(client, api.effect_body())
        await service.renderer.wait_idle()
        for seconds in (0, 20, 79, 2):
            clock.now += seconds
            seen.append(await api.get_status(client, job))
    assert seen == STATUSES[api]


@for_each_service
async def test_a_job_ends_without_being_polled(api: ModuleType) -> None:
    """With the real clock a job ends and is charged even if nobody polls it."""
    service = api.manual_service(job_seconds=0.05)
    async with served_client(service) as client:
        job = await api.submit_ok(client, api.effect_body(), "job-1")
        await service.wait(lambda service: service.jobs[job].done)
    assert [(charge.job_id, charge.client_request_id) for charge in service.ledger] == [(job, "job-1")]


@for_each_service
async def test_an_unfinished_job_has_no_file(api: ModuleType) -> None:
    """The URL of a video that is not done yet is a 404."""
    async with served_client(api.manual_service()) as client:
        job = await api.submit_ok(client, api.effect_body())
        assert (await client.get(f"/files/{job}.mp4")).status_code == 404


@for_each_service
async def test_two_photos_keep_their_order(api: ModuleType) -> None:
    """The first of two photos stays the first, byte for byte."""
    service = api.manual_service()
    async with served_client(service) as client:
        await api.submit_ok(client, api.effect_body(TWO_PHOTO_SCENE[api], "ada", "ben"))
    (submission,) = service.submissions
    assert submission.photos == [photo("ada"), photo("ben")]
    assert (submission.scene, submission.duration) == (TWO_PHOTO_SCENE[api], 5)
