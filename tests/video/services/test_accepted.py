"""From photos to a video, at every service."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx
import pytest

from sandbox.http.faults import CloseBefore, Hang, RespondWith
from tests.video.services.service_under_test import LEFT_PHOTO, RIGHT_PHOTO, ServiceUnderTest
from video.effects.models import Quality
from video.services.protocol import Completed, Failed, NoVideo, Pending, Unanswered

if TYPE_CHECKING:
    from tests.video.services.case import Case


async def test_one_photo_becomes_a_video(service: ServiceUnderTest) -> None:
    """One photo arrives whole, the job is followed to its end, and the video is at the URL that the service returns."""
    request = service.request()
    job = await service.accepted(request)
    (sent,) = service.fake.submissions
    assert (sent.photos, sent.client_request_id) == ([LEFT_PHOTO], request.client_request_id)
    assert isinstance(await service.client.poll(job.id), Pending)
    assert service.fake.ledger == []
    job.finish()
    outcome = await service.client.poll(job.id)
    assert isinstance(outcome, Completed)
    async with httpx.AsyncClient() as http:
        assert (await http.get(outcome.url)).content == b"video"
    assert [charge.client_request_id for charge in service.fake.ledger] == [request.client_request_id]


async def test_two_photos_keep_their_sides(service: ServiceUnderTest) -> None:
    """Of two photos the first stays the left person."""
    await service.accepted(service.request(LEFT_PHOTO, RIGHT_PHOTO))
    assert service.fake.submissions[0].photos == [LEFT_PHOTO, RIGHT_PHOTO]


@pytest.mark.parametrize("quality", Quality)
async def test_either_quality(service: ServiceUnderTest, quality: Quality) -> None:
    """Either quality may be asked for, of one photo and of two."""
    await service.accepted(service.request(LEFT_PHOTO, quality=quality))
    await service.accepted(service.request(LEFT_PHOTO, RIGHT_PHOTO, quality=quality))


async def test_a_video_costs_what_the_service_says(service: ServiceUnderTest) -> None:
    """If the service reports what a video cost, that is what it charged."""
    job = await service.accepted()
    job.finish()
    outcome = await service.client.poll(job.id)
    assert isinstance(outcome, Completed)
    assert outcome.usd in {None, service.fake.ledger[0].usd}


async def test_each_failure_has_its_meaning(service: ServiceUnderTest) -> None:
    """A job that ends without a video tells why, in terms that a person can do something about."""
    for error, kind in service.case.failures:
        job = await service.accepted()
        job.fail(error)
        outcome = await service.client.poll(job.id)
        assert isinstance(outcome, Failed)
        assert outcome.failure.kind is kind, error
    assert service.fake.ledger == []


async def test_an_unknown_status_is_a_job_being_made(service: ServiceUnderTest) -> None:
    """A word that nobody has documented never ends a job."""
    job = await service.accepted()
    job.show_status("dreaming")
    assert await service.client.poll(job.id) == Pending("dreaming")


async def test_done_without_an_address(service: ServiceUnderTest) -> None:
    """A job that is done with no usable address of a video is told as such, with the shape of the answer."""
    for response in service.case.responses_without_video:
        service.fake.faults.add(service.case.poll, RespondWith(200, json=response))
        assert isinstance(await service.client.poll("1"), NoVideo), response


async def test_polls_survive_faults(service: ServiceUnderTest) -> None:
    """A poll that fails in any way is unanswered, and the next one works."""
    job = await service.accepted()
    faults = (
        RespondWith(404),
        RespondWith(401, json={"message": "no"}),
        RespondWith(503, headers={"Retry-After": "5"}),
        RespondWith(502, body=b"<html>"),
        RespondWith(200, body=b"{"),
        RespondWith(200, body=b"[]"),
        CloseBefore(),
        Hang(),
    )
    service.fake.faults.add(service.case.poll, *faults)
    outcomes = [await service.client.poll(job.id) for _ in faults]
    assert all(isinstance(outcome, Unanswered) for outcome in outcomes)
    assert isinstance(outcomes[2], Unanswered)
    assert outcomes[2].retry_after == 5
    assert isinstance(await service.client.poll(job.id), Pending)


@pytest.mark.parametrize("job_id", ["nobody-has-this", "../../etc", "a/b?c=d&e#f", "%2e%2e", "ä ö"])
async def test_an_id_is_only_a_value(service: ServiceUnderTest, job_id: str) -> None:
    """Any id is escaped: the request goes to the path of that job and to no other."""
    await service.accepted()
    asked: list[str] = []
    service.fake.faults.on_request = lambda incoming, _moment: asked.append(incoming.method)
    outcome = await service.client.poll(job_id)
    assert isinstance(outcome, Unanswered)
    assert set(asked) <= {service.case.poll}


async def test_submits_at_once(service: ServiceUnderTest) -> None:
    """Several submits on their way at once do not mix."""
    requests = [service.request() for _ in range(5)]
    jobs = await asyncio.gather(*(service.accepted(request) for request in requests))
    by_id = {sent.id: sent.client_request_id for sent in service.fake.submissions}
    assert [by_id[job.id] for job in jobs] == [request.client_request_id for request in requests]


def test_it_is_named(case: Case) -> None:
    """A service has the name by which settings and the catalogue know it."""
    assert case.name.isidentifier()
