"""Kling over real HTTP: what the conformance suite does not ask of every service."""

from __future__ import annotations

import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from sandbox.http.faults import CloseAfter
from sandbox.http.server import Server
from sandbox.kling import FakeKling, ResponseShape
from sandbox.kling.service import RESELLER_PREFIX
from tests.video.services.case import NOW
from tests.video.services.service_under_test import LEFT_PHOTO, RIGHT_PHOTO, TIMEOUTS
from video.effects.models import Quality
from video.services.classify import log_unknown_status
from video.services.kling.auth import KlingAuth
from video.services.kling.client import KlingService
from video.services.protocol import (
    Accepted,
    Balance,
    Completed,
    EffectRequest,
    Failed,
    FailureKind,
    FoundFailed,
    Pending,
    Refused,
    SubmitRequest,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class Clock:
    """A clock that can be moved on."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        """Unix time in seconds."""
        return self.now


def new_request(*photos: bytes, scene: str = "pet_dance") -> SubmitRequest:
    return SubmitRequest("job-1.1", EffectRequest(scene, Quality.STANDARD), 5, photos or (LEFT_PHOTO,))


@asynccontextmanager
async def connected(
    fake: FakeKling, key: KlingAuth | None = None, clock: Clock | None = None, prefix: str = RESELLER_PREFIX
) -> AsyncIterator[KlingService]:
    """Our client, connected to the fake service on a real socket."""
    async with Server(fake.app) as server:
        fake.public_url = server.url
        client = KlingService(
            key or KlingAuth.bearer(fake.key),
            url=server.url + prefix,
            clock=clock or (lambda: NOW),
            timeouts=TIMEOUTS,
        )
        try:
            yield client
        finally:
            await client.aclose()


def _reported_usd(shape: ResponseShape) -> float | None:
    """Return what a video of two units costs by list, if this form of answer passes the vendor's fields on."""
    return 0.28 if shape in {ResponseShape.VENDOR, ResponseShape.NESTED} else None


def new_fake(clock: Clock | None = None) -> FakeKling:
    return FakeKling(job_seconds=None, clock=clock or (lambda: NOW), video=b"video", face_scenes=())


async def accepted(client: KlingService, request: SubmitRequest | None = None) -> str:
    outcome = await client.submit(request or new_request())
    assert isinstance(outcome, Accepted), outcome
    return outcome.service_job_id


@pytest.mark.parametrize("prefix", ["", "/kling", "/kling/"])
async def test_with_a_pair_of_keys(prefix: str) -> None:
    """An account at Kling itself, with an access key and a secret key, makes videos; hours later too."""
    clock = Clock()
    fake = new_fake(clock)
    key = KlingAuth.signed(fake.access_key, fake.secret_key)
    async with connected(fake, key, clock, prefix) as client:
        task = await accepted(client)
        clock.now += 7200
        assert await client.poll(task) == Pending("submitted")
        assert await client.balance() == Balance(None)


@pytest.mark.parametrize("skew", [-4.0, 1700.0])
async def test_clocks_apart(skew: float) -> None:
    """A service whose clock is a few seconds behind, or half an hour ahead, takes the tokens."""
    fake = new_fake()
    fake.clock_skew = skew
    async with connected(fake, KlingAuth.signed(fake.access_key, fake.secret_key)) as client:
        await accepted(client)


@pytest.mark.parametrize(("skew", "code"), [(-600.0, 1003), (3600.0, 1004)])
async def test_a_clock_that_is_wrong(skew: float, code: int) -> None:
    """A machine whose clock is wrong is let in nowhere, and the operator reads Kling's code for it."""
    fake = new_fake()
    fake.clock_skew = skew
    async with connected(fake, KlingAuth.signed(fake.access_key, fake.secret_key)) as client:
        outcome = await client.submit(new_request())
    assert isinstance(outcome, Refused)
    assert outcome.failure.kind is FailureKind.BAD_KEY
    assert str(code) in outcome.failure.detail


@pytest.mark.parametrize("skew", [-86_400.0, -600.0, 3600.0, 86_400.0])
async def test_row_37_a_token_by_klings_own_clock(skew: float) -> None:
    """Once a response has told Kling's time, requests are signed by it, however wrong the machine's clock is."""
    fake = new_fake()
    fake.clock_skew = skew
    async with connected(fake, KlingAuth.signed(fake.access_key, fake.secret_key)) as client:
        assert await client.balance() == Balance(None)  # the first of its two requests is refused, and tells the time
        await accepted(client)


@pytest.mark.parametrize("shape", ResponseShape)
async def test_every_form_of_answer(shape: ResponseShape) -> None:
    """Each reseller's form of answer leads from photos to a video, or to the reason why there is none."""
    fake = new_fake()
    fake.shape = shape
    async with connected(fake) as client:
        task = await accepted(client, new_request(LEFT_PHOTO, RIGHT_PHOTO, scene="hug_pro"))
        assert isinstance(await client.poll(task), Pending)
        fake.jobs[task].finish()
        assert await client.poll(task) == Completed(f"{fake.public_url}/files/{task}.mp4", _reported_usd(shape))
        failing = await accepted(
            client, SubmitRequest("job-2.1", EffectRequest("pet_dance", Quality.PRO), 5, (LEFT_PHOTO,))
        )
        fake.jobs[failing].fail("No face is detected in the input image")
        outcome = await client.poll(failing)
    assert isinstance(outcome, Failed)
    assert outcome.failure.kind is FailureKind.NO_FACE


async def test_codes_as_words() -> None:
    """A reseller that writes codes as strings is understood."""
    fake = new_fake()
    fake.string_codes = True
    async with connected(fake) as client:
        await accepted(client)
        fake.balance_usd = 0
        outcome = await client.submit(
            SubmitRequest("job-2.1", EffectRequest("pet_dance", Quality.PRO), 5, (LEFT_PHOTO,))
        )
    assert isinstance(outcome, Refused)
    assert outcome.failure.kind is FailureKind.OUT_OF_CREDIT


@pytest.mark.parametrize("scene", ["hug", "kiss", "heart_gesture", "fight"])
async def test_older_scenes(scene: str) -> None:
    """The four older scenes of two people are asked for as the service wants them, of ten seconds too."""
    async with connected(new_fake()) as client:
        await accepted(
            client, SubmitRequest("job-1.1", EffectRequest(scene, Quality.PRO), 10, (LEFT_PHOTO, RIGHT_PHOTO))
        )


async def test_a_lost_submit_that_the_service_broke() -> None:
    """A lost submit that the service took and could not make may be sent again."""
    fake = new_fake()
    fake.faults.add("POST /v1/videos/effects", CloseAfter())
    async with connected(fake) as client:
        await client.submit(new_request())
        (task,) = fake.jobs.values()
        task.fail("Server internal error")
        assert isinstance(await client.find("job-1.1", submitted_at=NOW), FoundFailed)


async def test_no_key_in_the_words_of_a_wrong_pair() -> None:
    """Neither key of a wrong pair, nor the token made of them, is in what the operator reads."""
    access, secret = "the-access-key-of-someone", "the-secret-key-of-someone-32-bytes"
    async with connected(new_fake(), KlingAuth.signed(access, secret)) as client:
        text = f"{await client.submit(new_request())} {await client.balance()} {await client.poll('1')} {client!r}"
    assert "1002" in text
    assert access not in text
    assert secret not in text
    assert "eyJ" not in text


async def test_an_unknown_status_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    """A status that nobody has documented counts as pending, and the operator reads of it once."""
    log_unknown_status.cache_clear()  # another test of this process may have had it logged
    fake = new_fake()
    async with connected(fake) as client:
        task = await accepted(client)
        with caplog.at_level(logging.WARNING, "video"):
            for word in ("processing", "dreaming", "dreaming"):
                fake.jobs[task].show_status(word)
                assert await client.poll(task) == Pending(word)
    messages = [record.getMessage() for record in caplog.records if record.name.startswith("video")]
    assert [line.rpartition(" ")[2] for line in messages] == ["dreaming"]
