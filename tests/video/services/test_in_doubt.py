"""Lost responses, at every service: one request is made, nothing is guessed, and the job is found again."""

from __future__ import annotations

import asyncio
import json
from base64 import b64encode
from typing import TYPE_CHECKING

import pytest

from sandbox.http.faults import CloseAfter, CloseBefore, HandleThen, Hang, RespondWith, TruncateResponse
from tests.video.services.case import KEY, NOW
from tests.video.services.service_under_test import LEFT_PHOTO, ServiceUnderTest
from video.services.protocol import Absent, Accepted, Found, InDoubt, Unanswered

if TYPE_CHECKING:
    from sandbox.http.faults import Fault

ACCEPTED_AND_LOST = (
    CloseAfter(),
    HandleThen(RespondWith(502, body=b"<html>Bad Gateway</html>")),
    HandleThen(RespondWith(504)),
    HandleThen(RespondWith(503, body=b"<html>Service Unavailable</html>")),
    HandleThen(RespondWith(429, json={"message": "API rate limit exceeded"})),
    HandleThen(RespondWith(307, headers={"Location": "https://example.com/login"})),
    HandleThen(RespondWith(200, body=b"{}")),
    HandleThen(RespondWith(200, body=b'{"id": 5, "code": 0')),
)
NOT_ACCEPTED = (
    CloseBefore(),
    RespondWith(500, json={"message": "Internal server error"}),
    RespondWith(502),
    RespondWith(504),
    Hang(),
)


def _name(response: Fault) -> str:
    inner = response.response if isinstance(response, HandleThen) else response
    return f"{type(response).__name__}-{inner.status}" if isinstance(inner, RespondWith) else type(response).__name__


async def _in_doubt(service: ServiceUnderTest, fault: Fault) -> str:
    """Submit with this fault, check that one request is in doubt, and return our own id of it."""
    service.fake.faults.add(service.case.submit, fault)
    request = service.request()
    assert isinstance(await service.client.submit(request), InDoubt)
    assert service.fake.faults.request_count == 1
    return request.client_request_id


@pytest.mark.parametrize("fault", ACCEPTED_AND_LOST, ids=_name)
async def test_accepted_and_the_response_is_lost(service: ServiceUnderTest, fault: Fault) -> None:
    """A job that was accepted is in doubt; no second request is made, and it is found by our own id."""
    own_id = await _in_doubt(service, fault)
    (sent,) = service.fake.submissions
    assert await service.client.find(own_id, submitted_at=NOW - 1) == Found(sent.id)


async def test_a_response_that_is_cut_short(service: ServiceUnderTest) -> None:
    """A job whose id came before the rest was lost is known at once; any other is found by our own id."""
    service.fake.faults.add(service.case.submit, TruncateResponse(12))
    request = service.request()
    outcome = await service.client.submit(request)
    (sent,) = service.fake.submissions
    if service.case.id_in_header:
        assert outcome == Accepted(sent.id)
    else:
        assert isinstance(outcome, InDoubt)
    assert await service.client.find(request.client_request_id, submitted_at=NOW - 1) == Found(sent.id)


@pytest.mark.parametrize("fault", NOT_ACCEPTED, ids=_name)
async def test_never_accepted(service: ServiceUnderTest, fault: Fault) -> None:
    """A submit that never became a job is in doubt all the same, and the service's record does not show it."""
    own_id = await _in_doubt(service, fault)
    assert await service.client.find(own_id, submitted_at=NOW - 1) == Absent()


async def test_responses_that_only_this_service_gives(service: ServiceUnderTest) -> None:
    """What leaves the charge open in the service's own words is in doubt too."""
    for response in service.case.in_doubt_responses:
        service.fake.faults.add(service.case.submit, response)
        assert isinstance(await service.client.submit(service.request()), InDoubt), response


async def test_found_whatever_became_of_it(service: ServiceUnderTest) -> None:
    """A lost submit whose video is done is found, and so is one among many others."""
    request = service.request()
    service.fake.faults.add(service.case.submit, CloseAfter())
    await service.client.submit(request)
    for _ in range(3):
        await service.accepted()
    (sent,) = [sent for sent in service.fake.submissions if sent.client_request_id == request.client_request_id]
    assert await service.client.find(request.client_request_id, submitted_at=NOW) == Found(sent.id)
    service.fake.jobs[sent.id].finish()
    assert await service.client.find(request.client_request_id, submitted_at=NOW) == Found(sent.id)


async def test_a_record_that_cannot_be_read(service: ServiceUnderTest) -> None:
    """A record that is down, strange or slow never counts as one that does not show the submit."""
    request = service.request()
    await service.accepted(request)
    faults: list[Fault] = [
        RespondWith(503, headers={"Retry-After": "3"}),
        RespondWith(401, json={"message": "no"}),
        RespondWith(404),
        RespondWith(404, body=b"404 page not found"),
        RespondWith(429),
        RespondWith(500),
        RespondWith(200, body=b"{"),
        *(RespondWith(200, json=record) for record in service.case.unusable_records),
        CloseBefore(),
        Hang(),
    ]
    service.fake.faults.add(service.case.record, *faults)
    outcomes = [await service.client.find(request.client_request_id, submitted_at=NOW) for _ in faults]
    assert [type(outcome) for outcome in outcomes] == [Unanswered] * len(faults)
    assert isinstance(outcomes[0], Unanswered)
    assert outcomes[0].retry_after == 3
    assert isinstance(await service.client.find(request.client_request_id, submitted_at=NOW), Found)


async def test_stopped_in_the_middle(service: ServiceUnderTest) -> None:
    """At shutdown a submit on its way is let go of at once."""
    begun = asyncio.Event()
    service.fake.faults.on_request = lambda _incoming, _moment: begun.set()
    service.fake.faults.add(service.case.submit, Hang())
    submit = asyncio.create_task(service.client.submit(service.request()))
    await begun.wait()
    submit.cancel()
    with pytest.raises(asyncio.CancelledError):
        await submit


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 422, 429, 500, 502, 503])
async def test_no_key_and_no_photo_in_any_words(service: ServiceUnderTest, status: int) -> None:
    """No outcome's text holds the key or a photo, even if the service echoes them."""
    photo = b64encode(LEFT_PHOTO).decode()
    echo = f"Bearer {KEY} data:image/jpeg;base64,{photo} {photo}"
    responses = (
        RespondWith(status, body=echo.encode()),
        RespondWith(status, json={"message": echo, "error": {"message": echo}, "code": echo, "status": echo}),
        RespondWith(status, json={"data": {"task_status": "failed", "task_status_msg": echo}, "status": "error"}),
        RespondWith(status, json=json.loads(json.dumps({"detail": [{"msg": echo, "type": echo, "input": echo}]}))),
    )
    outcomes: list[object] = []
    for name in (service.case.submit, service.case.poll, service.case.record, service.case.account):
        for response in responses:
            service.fake.faults.clear()
            service.fake.faults.add(name, response)
            outcomes.append(
                await service.client.submit(service.request())
                if name == service.case.submit
                else await service.client.balance()
                if name == service.case.account
                else (await service.client.poll("1"), await service.client.find("1", submitted_at=NOW))
            )
    assert KEY not in repr(outcomes)
    assert photo[:40] not in repr(outcomes)
    assert photo[-60:-20] not in repr(outcomes)
