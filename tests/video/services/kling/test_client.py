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
from tests.video.services.service_under_test import LEFT, PATIENCE, RIGHT
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


def an_order(*photos: bytes, scene: str = "pet_dance") -> SubmitRequest:
    return SubmitRequest("job-1.1", EffectRequest(scene, Quality.STANDARD), 5, photos or (LEFT,))


@asynccontextmanager
async def connected(
    pretend: FakeKling, key: KlingAuth | None = None, clock: Clock | None = None, prefix: str = RESELLER_PREFIX
) -> AsyncIterator[KlingService]:
    """Ours, connected to the pretend service on a real socket."""
    async with Server(pretend.app) as server:
        pretend.public_url = server.url
        ours = KlingService(
            key or KlingAuth.bearer(pretend.key),
            url=server.url + prefix,
            clock=clock or (lambda: NOW),
            timeouts=PATIENCE,
        )
        try:
            yield ours
        finally:
            await ours.aclose()


def a_pretend(clock: Clock | None = None) -> FakeKling:
    return FakeKling(job_seconds=None, clock=clock or (lambda: NOW), video=b"video", face_scenes=())


async def accepted(ours: KlingService, order: SubmitRequest | None = None) -> str:
    outcome = await ours.submit(order or an_order())
    assert isinstance(outcome, Accepted), outcome
    return outcome.service_job_id


@pytest.mark.parametrize("prefix", ["", "/kling", "/kling/"])
async def test_with_a_pair_of_keys(prefix: str) -> None:
    """An account at Kling itself, with an access key and a secret key, makes videos; hours later too."""
    clock = Clock()
    pretend = a_pretend(clock)
    key = KlingAuth.signed(pretend.access_key, pretend.secret_key)
    async with connected(pretend, key, clock, prefix) as ours:
        task = await accepted(ours)
        clock.now += 7200
        assert await ours.poll(task) == Pending("submitted")
        assert await ours.balance() == Balance(None)


@pytest.mark.parametrize("skew", [-4.0, 1700.0])
async def test_clocks_apart(skew: float) -> None:
    """A service whose clock is a few seconds behind, or half an hour ahead, takes the tokens."""
    pretend = a_pretend()
    pretend.clock_skew = skew
    async with connected(pretend, KlingAuth.signed(pretend.access_key, pretend.secret_key)) as ours:
        await accepted(ours)


@pytest.mark.parametrize(("skew", "code"), [(-600.0, 1003), (3600.0, 1004)])
async def test_a_clock_that_is_wrong(skew: float, code: int) -> None:
    """A machine whose clock is wrong is let in nowhere, and the operator reads Kling's code for it."""
    pretend = a_pretend()
    pretend.clock_skew = skew
    async with connected(pretend, KlingAuth.signed(pretend.access_key, pretend.secret_key)) as ours:
        outcome = await ours.submit(an_order())
    assert isinstance(outcome, Refused)
    assert outcome.failure.kind is FailureKind.BAD_KEY
    assert str(code) in outcome.failure.detail


@pytest.mark.parametrize("shape", ResponseShape)
async def test_every_form_of_answer(shape: ResponseShape) -> None:
    """Each reseller's form of answer leads from photos to a video, or to the reason why there is none."""
    pretend = a_pretend()
    pretend.shape = shape
    async with connected(pretend) as ours:
        task = await accepted(ours, an_order(LEFT, RIGHT, scene="hug_pro"))
        assert isinstance(await ours.poll(task), Pending)
        pretend.jobs[task].finish()
        assert await ours.poll(task) == Completed(f"{pretend.public_url}/files/{task}.mp4")
        failing = await accepted(ours, SubmitRequest("job-2.1", EffectRequest("pet_dance", Quality.PRO), 5, (LEFT,)))
        pretend.jobs[failing].fail("No face is detected in the input image")
        outcome = await ours.poll(failing)
    assert isinstance(outcome, Failed)
    assert outcome.failure.kind is FailureKind.NO_FACE


async def test_codes_as_words() -> None:
    """A reseller that writes codes as strings is understood."""
    pretend = a_pretend()
    pretend.string_codes = True
    async with connected(pretend) as ours:
        await accepted(ours)
        pretend.balance_usd = 0
        outcome = await ours.submit(SubmitRequest("job-2.1", EffectRequest("pet_dance", Quality.PRO), 5, (LEFT,)))
    assert isinstance(outcome, Refused)
    assert outcome.failure.kind is FailureKind.OUT_OF_CREDIT


@pytest.mark.parametrize("scene", ["hug", "kiss", "heart_gesture", "fight"])
async def test_older_scenes(scene: str) -> None:
    """The four older scenes of two people are asked for as the service wants them, of ten seconds too."""
    async with connected(a_pretend()) as ours:
        await accepted(ours, SubmitRequest("job-1.1", EffectRequest(scene, Quality.PRO), 10, (LEFT, RIGHT)))


async def test_a_lost_submit_that_the_service_broke() -> None:
    """A lost submit that the service took and could not make may be sent again."""
    pretend = a_pretend()
    pretend.faults.add("POST /v1/videos/effects", CloseAfter())
    async with connected(pretend) as ours:
        await ours.submit(an_order())
        (task,) = pretend.jobs.values()
        task.fail("Server internal error")
        assert isinstance(await ours.find("job-1.1", submitted_at=NOW), FoundFailed)


async def test_no_key_in_the_words_of_a_wrong_pair() -> None:
    """Neither key of a wrong pair, nor the token made of them, is in what the operator reads."""
    access, secret = "the-access-key-of-someone", "the-secret-key-of-someone-32-bytes"
    async with connected(a_pretend(), KlingAuth.signed(access, secret)) as ours:
        told = f"{await ours.submit(an_order())} {await ours.balance()} {await ours.poll('1')} {ours!r}"
    assert "1002" in told
    assert access not in told
    assert secret not in told
    assert "eyJ" not in told


async def test_an_unknown_status_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    """A status that nobody has documented counts as pending, and the operator reads of it once."""
    log_unknown_status.cache_clear()  # another test of this process may have had it logged
    pretend = a_pretend()
    async with connected(pretend) as ours:
        task = await accepted(ours)
        with caplog.at_level(logging.WARNING, "video"):
            for word in ("processing", "dreaming", "dreaming"):
                pretend.jobs[task].show_status(word)
                assert await ours.poll(task) == Pending(word)
    told = [record.getMessage() for record in caplog.records if record.name.startswith("video")]
    assert [line.rpartition(" ")[2] for line in told] == ["dreaming"]
