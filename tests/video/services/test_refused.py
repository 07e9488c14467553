"""Every refusal, at every service: what people are told, whether it may succeed later, and that nothing was charged."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest

from sandbox.http.faults import RespondWith
from tests.video.services.case import KEY, NOW, Case
from tests.video.services.service_under_test import TIMEOUTS, ServiceUnderTest
from video.effects.models import MODELS
from video.services.protocol import (
    Accepted,
    Balance,
    FailureKind,
    ImageToVideoRequest,
    InDoubt,
    NotSent,
    Refused,
    Unanswered,
)


async def test_each_refusal_has_its_meaning(service: ServiceUnderTest) -> None:
    """Each refusal has its reason; one request was made, and nothing was charged."""
    for refusal in service.case.refusals:
        before = service.fake.faults.request_count
        service.fake.faults.add(service.case.submit, refusal.response)
        outcome = await service.client.submit(service.request())
        assert isinstance(outcome, Refused), (refusal.name, outcome)
        assert (refusal.name, outcome.failure.kind, outcome.retryable) == (
            refusal.name,
            refusal.kind,
            refusal.retryable,
        )
        assert outcome.retry_after is None
        assert outcome.failure.detail
        assert service.fake.faults.request_count == before + 1
    assert list(service.fake.submissions) == []


async def test_a_scene_that_is_not_there(service: ServiceUnderTest) -> None:
    """An effect that the service does not know is retired, not a mistake of the bot's."""
    outcome = await service.client.submit(service.request(scene=service.case.unknown_scene))
    assert isinstance(outcome, Refused)
    assert (outcome.failure.kind, outcome.retryable) == (FailureKind.RETIRED, False)


async def test_an_empty_account(service: ServiceUnderTest) -> None:
    """With an empty account nothing is taken, and nothing is tried again."""
    service.fake.balance_usd = 0
    outcome = await service.client.submit(service.request())
    assert isinstance(outcome, Refused)
    assert (outcome.failure.kind, outcome.retryable) == (FailureKind.OUT_OF_CREDIT, False)


async def test_a_full_service(service: ServiceUnderTest) -> None:
    """A service at its limit is asked again later."""
    service.fake.concurrency = 0
    outcome = await service.client.submit(service.request())
    assert isinstance(outcome, Refused)
    assert (outcome.failure.kind, outcome.retryable) == (FailureKind.BUSY, True)


@pytest.mark.parametrize(
    ("header", "seconds"), [({}, None), ({"Retry-After": "7"}, 7), ({"Retry-After": "soon"}, None)]
)
async def test_too_many_requests(service: ServiceUnderTest, header: dict[str, str], seconds: float | None) -> None:
    """If a service asks to wait, the bot waits as long as it says."""
    service.fake.faults.add(service.case.submit, replace(service.case.rate_limit, headers=header))
    outcome = await service.client.submit(service.request())
    assert isinstance(outcome, Refused)
    assert (outcome.failure.kind, outcome.retryable, outcome.retry_after) == (FailureKind.BUSY, True, seconds)


async def test_a_wrong_key(service: ServiceUnderTest) -> None:
    """With a wrong key nothing is taken, the operator learns why, and the key is in no text."""
    key = "sk-not-the-right-one-987"
    client = service.case.connect(key, service.fake.public_url, TIMEOUTS)
    try:
        submit, balance = await client.submit(service.request()), await client.balance()
        poll, find = await client.poll("x"), await client.find("x", submitted_at=NOW)
    finally:
        await client.aclose()
    assert isinstance(submit, Refused)
    assert isinstance(balance, Refused)
    assert submit.failure.kind is balance.failure.kind is FailureKind.BAD_KEY
    assert isinstance(poll, Unanswered)
    assert isinstance(find, Unanswered)
    assert key not in f"{submit}{balance}{poll}{find}{client!r}"
    assert list(service.fake.submissions) == []


async def test_image_to_video(service: ServiceUnderTest) -> None:
    """Image-to-video is accepted by a service that offers it, and refused without a request by one that does not."""
    request = replace(service.request(), video=ImageToVideoRequest(MODELS["v1.6"], "She waves"))
    outcome = await service.client.submit(request)
    if service.case.image_to_video:
        assert isinstance(outcome, Accepted)
    else:
        assert isinstance(outcome, Refused)
        assert (outcome.failure.kind, outcome.retryable) == (FailureKind.NOT_OFFERED, False)
        assert service.fake.faults.request_count == 0


async def test_a_redirect_is_not_followed(service: ServiceUnderTest) -> None:
    """Photos and the key go to the configured address alone."""
    service.fake.faults.add(service.case.submit, RespondWith(307, headers={"Location": service.fake.public_url + "/x"}))
    outcome = await service.client.submit(service.request())
    assert isinstance(outcome, InDoubt)
    assert outcome.wrong_address
    assert service.fake.faults.request_count == 1


async def test_nobody_listens(case: Case, service: ServiceUnderTest) -> None:
    """If no connection can be made, nothing was charged."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        client = case.connect(KEY, f"http://127.0.0.1:{taken.getsockname()[1]}", TIMEOUTS)
        try:
            assert isinstance(await client.submit(service.request()), NotSent)
            assert isinstance(await client.poll("x"), Unanswered)
            assert isinstance(await client.find("x", submitted_at=NOW), Unanswered)
            assert isinstance(await client.balance(), Unanswered)
        finally:
            await client.aclose()


@pytest.mark.parametrize("url", ["http://no-such-host.invalid", "ftp://127.0.0.1", "127.0.0.1:80", "http://["])
async def test_a_wrong_address(case: Case, service: ServiceUnderTest, url: str) -> None:
    """With an address that leads nowhere nothing was charged."""
    client = case.connect(KEY, url, TIMEOUTS)
    try:
        assert isinstance(await client.submit(service.request()), NotSent)
        assert isinstance(await client.poll("x"), Unanswered)
    finally:
        await client.aclose()


# ---------------------------------------------------------------- the account
async def test_the_balance(service: ServiceUnderTest) -> None:
    """The balance costs nothing to ask for. A service that does not report it still confirms that the key works."""
    assert await service.client.balance() == Balance(100.0 if service.case.reports_balance else None)
    assert list(service.fake.submissions) == []


async def test_an_account_that_cannot_be_asked(service: ServiceUnderTest) -> None:
    """A service that is down or strange says nothing of the key."""
    responses = (
        RespondWith(503, headers={"Retry-After": "4"}),
        RespondWith(502),
        RespondWith(200, body=b"<html>"),
        RespondWith(200, json={}),
    )
    service.fake.faults.add(service.case.account, *responses)
    outcomes = [await service.client.balance() for _ in responses]
    assert all(isinstance(outcome, Unanswered) for outcome in outcomes)
    assert isinstance(outcomes[0], Unanswered)
    assert outcomes[0].retry_after == 4
