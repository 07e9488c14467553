"""A broken or hostile service: every service's responses are read with the same care."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.http.faults import HandleThen, RespondWith
from tests.hostile_bodies import HOSTILE_BODIES
from tests.video.services.case import NOW
from video.services.protocol import Failed, Found, InDoubt, Pending, Unanswered

if TYPE_CHECKING:
    from tests.video.services.service_under_test import ServiceUnderTest

hostile_bodies = pytest.mark.parametrize("body", HOSTILE_BODIES.values(), ids=HOSTILE_BODIES.keys())


@hostile_bodies
async def test_a_bomb_after_a_submit(service: ServiceUnderTest, body: bytes) -> None:
    """A submit answered with a bomb is in doubt, and found."""
    service.fake.faults.add(service.case.submit, HandleThen(RespondWith(200, body=body)))
    request = service.request()
    assert isinstance(await service.client.submit(request), InDoubt)
    assert isinstance(await service.client.find(request.client_request_id, submitted_at=NOW), Found)


@hostile_bodies
async def test_bombs_after_questions(service: ServiceUnderTest, body: bytes) -> None:
    """A bomb after any question makes no video, finds nothing, and says nothing of the account."""
    for name in (service.case.poll, service.case.record, service.case.account):
        service.fake.faults.clear()
        service.fake.faults.add(name, RespondWith(200, body=body), times=2)
        if name == service.case.poll:
            outcome: object = await service.client.poll("1")
            assert isinstance(outcome, Unanswered | Pending | Failed), outcome
        if name == service.case.record:
            assert isinstance(await service.client.find("job-1.1", submitted_at=NOW), Unanswered)
        if name == service.case.account:
            assert isinstance(await service.client.balance(), Unanswered)
