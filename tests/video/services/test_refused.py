"""Every clear no, at every service: what people are told, whether it may succeed later, that nothing was charged."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest

from sandbox.http.faults import RespondWith
from tests.video.services.case import KEY, NOW, Case
from tests.video.services.service_under_test import PATIENCE, World
from video.effects.models import MODELS
from video.services.protocol import Accepted, Balance, FailureKind, ImageToVideoRequest, NotSent, Refused, Unanswered


async def test_each_refusal_has_its_meaning(world: World) -> None:
    """A clear no is told for its reason; one request was made, and nothing charged."""
    for no in world.case.refusals:
        before = world.pretend.faults.request_count
        world.pretend.faults.add(world.case.submit, no.reply)
        outcome = await world.ours.submit(world.order())
        assert isinstance(outcome, Refused), (no.name, outcome)
        assert (no.name, outcome.failure.kind, outcome.retryable) == (no.name, no.kind, no.again)
        assert outcome.retry_after is None
        assert outcome.failure.detail
        assert world.pretend.faults.request_count == before + 1
    assert list(world.pretend.submissions) == []


async def test_a_scene_that_is_not_there(world: World) -> None:
    """An effect that the service does not know is retired, not a mistake of the bot's."""
    outcome = await world.ours.submit(world.order(scene=world.case.unknown))
    assert isinstance(outcome, Refused)
    assert (outcome.failure.kind, outcome.retryable) == (FailureKind.RETIRED, False)


async def test_an_empty_account(world: World) -> None:
    """With an empty account nothing is taken, and nothing is tried again."""
    world.pretend.balance_usd = 0
    outcome = await world.ours.submit(world.order())
    assert isinstance(outcome, Refused)
    assert (outcome.failure.kind, outcome.retryable) == (FailureKind.OUT_OF_CREDIT, False)


async def test_a_full_service(world: World) -> None:
    """A service at its limit is asked again later."""
    world.pretend.concurrency = 0
    outcome = await world.ours.submit(world.order())
    assert isinstance(outcome, Refused)
    assert (outcome.failure.kind, outcome.retryable) == (FailureKind.BUSY, True)


@pytest.mark.parametrize(
    ("header", "seconds"), [({}, None), ({"Retry-After": "7"}, 7), ({"Retry-After": "soon"}, None)]
)
async def test_too_many_requests(world: World, header: dict[str, str], seconds: float | None) -> None:
    """A service that asks for patience gets it, for as long as it says."""
    world.pretend.faults.add(world.case.submit, replace(world.case.rate_limit, headers=header))
    outcome = await world.ours.submit(world.order())
    assert isinstance(outcome, Refused)
    assert (outcome.failure.kind, outcome.retryable, outcome.retry_after) == (FailureKind.BUSY, True, seconds)


async def test_a_wrong_key(world: World) -> None:
    """With a wrong key nothing is taken, the operator learns why, and the key is in no text."""
    key = "sk-not-the-right-one-987"
    ours = world.case.connect(key, world.pretend.public_url, PATIENCE)
    try:
        submit, balance = await ours.submit(world.order()), await ours.balance()
        poll, find = await ours.poll("x"), await ours.find("x", submitted_at=NOW)
    finally:
        await ours.aclose()
    assert isinstance(submit, Refused)
    assert isinstance(balance, Refused)
    assert submit.failure.kind is balance.failure.kind is FailureKind.BAD_KEY
    assert isinstance(poll, Unanswered)
    assert isinstance(find, Unanswered)
    assert key not in f"{submit}{balance}{poll}{find}{ours!r}"
    assert list(world.pretend.submissions) == []


async def test_an_animation(world: World) -> None:
    """A photo to be set in motion is taken where that is offered, and refused without a request where it is not."""
    order = replace(world.order(), video=ImageToVideoRequest(MODELS["v1.6"], "She waves"))
    outcome = await world.ours.submit(order)
    if world.case.animates:
        assert isinstance(outcome, Accepted)
    else:
        assert isinstance(outcome, Refused)
        assert (outcome.failure.kind, outcome.retryable) == (FailureKind.NOT_OFFERED, False)
        assert world.pretend.faults.request_count == 0


async def test_a_redirect_is_not_followed(world: World) -> None:
    """Photos and the key go to the configured address alone."""
    world.pretend.faults.add(world.case.submit, RespondWith(307, headers={"Location": world.pretend.public_url + "/x"}))
    outcome = await world.ours.submit(world.order())
    assert isinstance(outcome, Refused)
    assert outcome.failure.kind is FailureKind.MISCONFIGURED
    assert world.pretend.faults.request_count == 1


async def test_nobody_listens(case: Case, world: World) -> None:
    """Where no connection can be made nothing was charged."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        ours = case.connect(KEY, f"http://127.0.0.1:{taken.getsockname()[1]}", PATIENCE)
        try:
            assert isinstance(await ours.submit(world.order()), NotSent)
            assert isinstance(await ours.poll("x"), Unanswered)
            assert isinstance(await ours.find("x", submitted_at=NOW), Unanswered)
            assert isinstance(await ours.balance(), Unanswered)
        finally:
            await ours.aclose()


@pytest.mark.parametrize("url", ["http://no-such-host.invalid", "ftp://127.0.0.1", "127.0.0.1:80", "http://["])
async def test_a_wrong_address(case: Case, world: World, url: str) -> None:
    """With an address that leads nowhere nothing was charged."""
    ours = case.connect(KEY, url, PATIENCE)
    try:
        assert isinstance(await ours.submit(world.order()), NotSent)
        assert isinstance(await ours.poll("x"), Unanswered)
    finally:
        await ours.aclose()


# ---------------------------------------------------------------- the account
async def test_the_balance(world: World) -> None:
    """The account can be asked about at no cost: what is left where the service tells, that the key works elsewhere."""
    assert await world.ours.balance() == Balance(100.0 if world.case.tells_balance else None)
    assert list(world.pretend.submissions) == []


async def test_an_account_that_cannot_be_asked(world: World) -> None:
    """A service that is down or strange says nothing of the key."""
    answers = (
        RespondWith(503, headers={"Retry-After": "4"}),
        RespondWith(502),
        RespondWith(200, body=b"<html>"),
        RespondWith(200, json={}),
    )
    world.pretend.faults.add(world.case.account, *answers)
    outcomes = [await world.ours.balance() for _ in answers]
    assert all(isinstance(outcome, Unanswered) for outcome in outcomes)
    assert isinstance(outcomes[0], Unanswered)
    assert outcomes[0].retry_after == 4
