"""AIML over real HTTP: from photos to a video, and every clear no."""

from __future__ import annotations

import logging
import socket
from dataclasses import replace

import pytest

from sandbox.aiml import ErrorShape, FakeAiml, job_error
from sandbox.http.faults import RespondWith
from sandbox.http.server import Server
from tests.video.services.aiml.connection import KEY, SUBMIT, AimlUnderTest, connected, new_request
from tests.video.services.aiml_case import CASE
from tests.video.services.case import NOW
from tests.video.services.service_under_test import LEFT_PHOTO, RIGHT_PHOTO
from video.effects.models import Quality
from video.services.aiml.client import AimlService
from video.services.classify import log_unknown_status
from video.services.protocol import (
    Accepted,
    Balance,
    Completed,
    EffectRequest,
    Failed,
    FailureKind,
    InDoubt,
    NotSent,
    Pending,
    Refused,
    SubmitRequest,
    Unanswered,
)


# ---------------------------------------------------------------- from photos to a video
async def test_two_photos_become_a_video(service: AimlUnderTest) -> None:
    """A hug of two photos is taken, made and found at an address, and each poll tells how it stands."""
    request = new_request(LEFT_PHOTO, RIGHT_PHOTO, scene="hug", quality=Quality.PRO)
    job = await service.accepted(request)
    submission = service.fake.submissions[0]
    assert submission.photos == [LEFT_PHOTO, RIGHT_PHOTO]
    assert submission.client_request_id == request.client_request_id
    assert submission.model == "klingai/kling-video-v1.6-pro-effects"
    assert submission.body["duration"] == 5
    assert await service.client.poll(job) == Pending("queued")
    service.fake.jobs[job].finish()
    outcome = await service.client.poll(job)
    assert isinstance(outcome, Completed)
    assert outcome.url.startswith(service.fake.public_url)
    assert outcome.usd == service.fake.ledger[0].usd


async def test_one_photo_is_a_string(service: AimlUnderTest) -> None:
    """A squish of one photo is sent as the service wants one photo."""
    await service.accepted(new_request())
    assert isinstance(service.fake.submissions[0].body["image_url"], str)


async def test_old_address_status_and_ids() -> None:
    """The service's older address, its 201 and its older ids with : and / work too."""
    fake = FakeAiml(key=KEY, job_seconds=None, clock=lambda: NOW, video=b"video", face_scenes=())
    fake.accept_status, fake.legacy_ids, fake.legacy_video_fields, fake.placeholder_error = (
        201,
        True,
        True,
        True,
    )
    legacy = "v2/generate/video/kling/generation"
    async with Server(fake.app) as server, connected(server.url + "/", path=legacy) as client:
        outcome = await client.submit(new_request())
        assert isinstance(outcome, Accepted)
        assert "/" in outcome.service_job_id
        fake.jobs[outcome.service_job_id].finish()
        assert isinstance(await client.poll(outcome.service_job_id), Completed)


@pytest.mark.parametrize(
    ("shape", "photo_number"), [(ErrorShape.FAL, None), (ErrorShape.FAL_INDEXED, 2), (ErrorShape.NAMED, None)]
)
async def test_no_face(service: AimlUnderTest, shape: ErrorShape, photo_number: int | None) -> None:
    """A photo without a face is reported as such, in either shape, with its number if the service tells it."""
    job = await service.accepted(new_request(LEFT_PHOTO, RIGHT_PHOTO, scene="kiss"))
    fake = service.fake.jobs[job]
    fake.fail(job_error("face_detection_error", fake.request, 1, shape))
    outcome = await service.client.poll(job)
    assert isinstance(outcome, Failed)
    assert (outcome.failure.kind, outcome.failure.photo) == (FailureKind.NO_FACE, photo_number)
    assert "base64" not in outcome.failure.detail


async def test_unknown_status_is_logged_once(service: AimlUnderTest, caplog: pytest.LogCaptureFixture) -> None:
    """A status that nobody has documented counts as pending, and the operator reads of it once."""
    log_unknown_status.cache_clear()  # another test of this process may have had it logged
    job = await service.accepted(new_request())
    with caplog.at_level(logging.WARNING, "video"):
        for word in ("waiting", "active", "dreaming", "dreaming"):
            service.fake.jobs[job].show_status(word)
            assert await service.client.poll(job) == Pending(word)
    client = [record.getMessage() for record in caplog.records if record.name.startswith("video")]
    assert [line.rpartition(" ")[2] for line in client] == ["dreaming"]


# ---------------------------------------------------------------- refused, or never sent
async def test_wrong_key(service: AimlUnderTest) -> None:
    """With a wrong key nothing is taken, the operator learns why, and the key is in no text."""
    key = "sk-not-the-right-one"
    async with connected(service.fake.public_url, key=key) as client:
        submit, balance, poll = await client.submit(new_request()), await client.balance(), await client.poll("x")
    assert isinstance(submit, Refused)
    assert isinstance(balance, Refused)
    assert submit.failure.kind is balance.failure.kind is FailureKind.BAD_KEY
    assert isinstance(poll, Unanswered)
    assert key not in f"{submit}{balance}{poll}{client!r}"


async def test_out_of_credit(service: AimlUnderTest) -> None:
    """With an empty account nothing is taken, and the operator learns why."""
    service.fake.balance_usd = 0
    outcome = await service.client.submit(new_request())
    assert isinstance(outcome, Refused)
    assert outcome.failure.kind is FailureKind.OUT_OF_CREDIT
    assert await service.client.balance() == Balance(0)


async def test_retired_effect(service: AimlUnderTest) -> None:
    """An effect that the service does not know is told as retired."""
    outcome = await service.client.submit(new_request(scene="balloon_parade"))
    assert isinstance(outcome, Refused)
    assert outcome.failure.kind is FailureKind.RETIRED


async def test_busy(service: AimlUnderTest) -> None:
    """A service at its limit is asked again later, at its own word."""
    service.fake.concurrency = 0
    outcome = await service.client.submit(new_request())
    assert isinstance(outcome, Refused)
    assert (outcome.failure.kind, outcome.retryable) == (FailureKind.BUSY, True)
    service.fake.faults.add(SUBMIT, replace(CASE.rate_limit, headers={"Retry-After": "7"}))
    outcome = await service.client.submit(new_request())
    assert isinstance(outcome, Refused)
    assert outcome.retry_after == 7


async def test_redirect_is_not_followed(service: AimlUnderTest) -> None:
    """A submit that is sent elsewhere is not repeated there: photos go to the configured address alone."""
    service.fake.faults.add(SUBMIT, RespondWith(307, headers={"Location": service.fake.public_url + "/elsewhere"}))
    outcome = await service.client.submit(new_request())
    assert isinstance(outcome, InDoubt)
    assert service.fake.faults.request_count == 1


async def test_nobody_listens() -> None:
    """Where no connection can be made nothing was charged."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        async with connected(f"http://127.0.0.1:{port}") as client:
            assert isinstance(await client.submit(new_request()), NotSent)
            assert isinstance(await client.poll("x"), Unanswered)
            assert isinstance(await client.find("x", submitted_at=NOW), Unanswered)
            assert isinstance(await client.balance(), Unanswered)


@pytest.mark.parametrize("url", ["http://no-such-host.invalid", "ftp://127.0.0.1", "127.0.0.1:80", "http://["])
async def test_wrong_address(url: str) -> None:
    """With an address that leads nowhere nothing was charged."""
    async with connected(url) as client:
        assert isinstance(await client.submit(new_request()), NotSent)
        assert isinstance(await client.poll("x"), Unanswered)


async def test_ill_formed_header(service: AimlUnderTest) -> None:
    """A request that HTTP does not allow never leaves."""
    request = SubmitRequest("two\nlines", EffectRequest("squish", Quality.STANDARD), 5, (LEFT_PHOTO,))
    assert isinstance(await service.client.submit(request), NotSent)
    assert service.fake.faults.request_count == 0


@pytest.mark.parametrize("key", ["", " ", "ключ", "a\nb"])
def test_impossible_keys(key: str) -> None:
    """A key that no HTTP header may carry is refused at start."""
    with pytest.raises(ValueError, match="printable ASCII"):
        AimlService(key)
