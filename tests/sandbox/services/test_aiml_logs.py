from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox.services.aiml_client import STANDARD, effect_body, manual_service, submit, submit_ok
from tests.sandbox.services.serving import Clock, served_client

if TYPE_CHECKING:
    import httpx

LOGS = "/v2/logs"


def iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat()


async def rows(client: httpx.AsyncClient, **query: Any) -> list[dict[str, Any]]:
    answer = await client.get(LOGS, params=query)
    assert answer.status_code == 200, answer.text
    data: list[dict[str, Any]] = answer.json()["data"]
    return data


async def test_a_row_tells_all_that_is_documented() -> None:
    """A submit is in the log with the client's own id, the job's id and its cost."""
    aiml = manual_service(clock=Clock())
    async with served_client(aiml) as client:
        job = await submit_ok(client, effect_body(), "job-1")
        aiml.jobs[job].finish()
        row = (await rows(client))[0]
    assert row == {
        "created": "2026-09-21T14:13:20.000Z",
        "status": "succeeded",
        "origin": "api",
        "model": STANDARD,
        "cost": {"usd": 0.225, "credits": 450_000},
        "tokens": {"input": 0, "output": 0, "total": 0},
        "request_id": row["request_id"],
        "inference_id": job,
        "client_request_id": "job-1",
    }


async def test_failed_and_refused_submits_are_rows_too() -> None:
    """The log shows failed jobs and refused submits as failed, at no cost."""
    aiml = manual_service()
    async with served_client(aiml) as client:
        job = await submit_ok(client, effect_body(), "job-1")
        aiml.jobs[job].fail({"name": "Error", "message": "no luck"})
        await submit(client, effect_body(duration=7), "job-2")
        await submit_ok(client, effect_body(), "job-3")
        failed = await rows(client, status="failed")
        both = await rows(client, status=["failed", "succeeded"])
    assert [row["client_request_id"] for row in failed] == ["job-2", "job-1"]
    assert [row["cost"]["usd"] for row in failed] == [0, 0]
    assert len(both) == 3


async def test_the_log_comes_in_pages_newest_first() -> None:
    """The log comes in pages, newest row first."""
    aiml = manual_service()
    async with served_client(aiml) as client:
        for number in range(5):
            await submit_ok(client, effect_body(), f"job-{number}")
        first = (await client.get(LOGS, params={"limit": 2})).json()
        last = (await client.get(LOGS, params={"limit": 2, "offset": 4})).json()
    assert [row["client_request_id"] for row in first["data"]] == ["job-4", "job-3"]
    assert first["pagination"] == {"limit": 2, "offset": 0, "total": 5, "has_more": True}
    assert [row["client_request_id"] for row in last["data"]] == ["job-0"]
    assert last["pagination"]["has_more"] is False


async def test_the_log_may_be_delayed() -> None:
    """A submit is in the log only after the delay that is set."""
    clock = Clock()
    aiml = manual_service(clock=clock)
    aiml.log_delay = 60
    async with served_client(aiml) as client:
        await submit_ok(client, effect_body())
        clock.now += 59
        assert await rows(client) == []
        clock.now += 1
        assert len(await rows(client)) == 1


async def test_the_clocks_may_differ() -> None:
    """If the service's clock is two minutes ahead, a narrow window around our time misses the row."""
    clock = Clock()
    aiml = manual_service(clock=clock)
    aiml.clock_skew = 120
    async with served_client(aiml) as client:
        await submit_ok(client, effect_body())
        narrow = await rows(client, start=iso(clock.now - 60), end=iso(clock.now + 60))
        wide = await rows(client, start=iso(clock.now - 600), end=iso(clock.now + 600))
    assert (len(narrow), len(wide)) == (0, 1)


async def test_the_log_is_filtered_by_model() -> None:
    """The log can be filtered by a model's full name or its last part; a list with commas matches nothing."""
    async with served_client(manual_service()) as client:
        await submit_ok(client, effect_body())
        counts = [
            len(await rows(client, model=model))
            for model in (STANDARD, STANDARD.rpartition("/")[2], "openai/gpt-5", f"{STANDARD},x")
        ]
    assert counts == [1, 1, 0, 0]


@pytest.mark.parametrize(
    "query",
    [
        {"limit": 0}, {"limit": 101}, {"limit": "many"}, {"offset": -1}, {"status": "failed,succeeded"},
        {"period": "7w"}, {"period": "7d", "start": "2026-01-01", "end": "2026-01-02"}, {"start": "2026-01-01"},
        {"start": "2026-01-02", "end": "2026-01-01"}, {"start": "2026-01-01", "end": "2026-06-01"},
        {"start": "yesterday", "end": "today"},
    ],
)  # fmt: skip
async def test_an_invalid_query_is_refused(query: dict[str, Any]) -> None:
    """A query that breaks the documented rules is a 400."""
    async with served_client(manual_service()) as client:
        assert (await client.get(LOGS, params=query)).status_code == 400


async def test_an_invalid_client_id_is_dropped() -> None:
    """An X-Client-Request-Id with forbidden characters is ignored, as documented."""
    aiml = manual_service()
    async with served_client(aiml) as client:
        await submit_ok(client, effect_body(), "job 1/2")
        assert [row["client_request_id"] for row in await rows(client)] == [None]
