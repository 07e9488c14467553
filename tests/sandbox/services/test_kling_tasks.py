from __future__ import annotations

import pytest

from sandbox.http.faults import CloseAfter
from sandbox.kling import FakeKling, ResponseShape
from tests.sandbox.services.kling_client import PATH, effect_body, get_task, manual_service, submit_ok
from tests.sandbox.services.serving import VIDEO, Clock, served_client


async def test_the_answer_to_a_submit_has_the_documented_form() -> None:
    """The response to a submit is an envelope with code 0, a long number as the id, and times in milliseconds."""
    clock = Clock()
    async with served_client(manual_service(clock=clock)) as client:
        body = (await client.post(PATH, json={**effect_body(), "external_task_id": "job-1"})).json()
    assert body.keys() == {"code", "message", "request_id", "data"}
    assert (body["code"], body["message"]) == (0, "SUCCEED")
    data = body["data"]
    assert data["task_id"].isdigit()
    assert data["task_status"] == "submitted"
    assert data["task_info"] == {"external_task_id": "job-1"}
    assert data["created_at"] == clock.now * 1000


async def test_a_video_is_where_the_answer_says() -> None:
    """The URL of a finished task's video needs no key; its duration and its price are strings."""
    kling = manual_service()
    async with served_client(kling) as client:
        task = await submit_ok(client, effect_body())
        kling.jobs[task].finish()
        data = (await get_task(client, task))["data"]
        (video,) = data["task_result"]["videos"]
        got = await client.get(video["url"], headers={"Authorization": ""})
    assert got.content == VIDEO
    assert isinstance(video["duration"], str)
    assert isinstance(data["final_unit_deduction"], str)


async def test_a_failed_task_has_a_good_status() -> None:
    """A failed task is reported with HTTP 200 and code 0, is not charged, and has no video."""
    kling = manual_service()
    async with served_client(kling) as client:
        task = await submit_ok(client, effect_body())
        kling.jobs[task].fail("Failure to pass the risk control system")
        body = await get_task(client, task)
        assert (await client.get(f"/files/{task}.mp4")).status_code == 404
    assert body["code"] == 0
    assert body["data"]["task_status"] == "failed"
    assert body["data"]["task_status_msg"] == "Failure to pass the risk control system"
    assert kling.ledger == []


@pytest.mark.parametrize(("name", "reason"), [("coffee", "No face is detected in the input image"), ("ada", "")])
async def test_faces_are_looked_for(name: str, reason: str) -> None:
    """A hug needs a face in both photos."""
    kling = FakeKling(job_seconds=0.05, video=VIDEO)
    async with served_client(kling) as client:
        task = await submit_ok(client, effect_body("hug_pro", "ben", name))
        await kling.wait(lambda service: service.jobs[task].done)
        assert (await get_task(client, task))["data"]["task_status_msg"] == reason


async def test_found_by_the_callers_own_id() -> None:
    """A task can be queried by the client's own id."""
    kling = manual_service()
    async with served_client(kling) as client:
        task = await submit_ok(client, {**effect_body(), "external_task_id": "job-1.1"})
        assert (await get_task(client, "job-1.1"))["data"]["task_id"] == task
        assert (await client.get(f"{PATH}/job-1.2")).json()["code"] == 1203


async def test_an_id_is_taken_once() -> None:
    """The client's own id is unique among the accepted tasks; that of a refused one can be used again."""
    kling = manual_service()
    body = {**effect_body(), "external_task_id": "job-1.1"}
    async with served_client(kling) as client:
        kling.concurrency = 0
        assert (await client.post(PATH, json=body)).json()["code"] == 1303
        kling.concurrency = None
        await submit_ok(client, body)
        again = await client.post(PATH, json=body)
    assert (again.status_code, again.json()["code"]) == (400, 1201)
    assert [len(ids) for ids in kling.accepted_ids.values()] == [1]


async def test_a_lost_answer_is_a_task_all_the_same() -> None:
    """A submit whose response is lost is a task nevertheless."""
    kling = manual_service()
    kling.faults.add("POST /v1/videos/effects", CloseAfter())
    async with served_client(kling) as client:
        with pytest.raises(Exception, match="disconnected"):
            await client.post(PATH, json={**effect_body(), "external_task_id": "job-1.1"})
        await get_task(client, "job-1.1")
    assert len(kling.jobs) == 1


async def test_the_list_shows_the_newest_first_in_pages() -> None:
    """Tasks are listed in pages, newest first."""
    async with served_client(manual_service()) as client:
        ids = [await submit_ok(client, effect_body()) for _ in range(5)]
        pages = [(await client.get(PATH, params={"pageNum": n, "pageSize": 2})).json()["data"] for n in (1, 2, 3, 4)]
        wrong = await client.get(PATH, params={"pageSize": 501})
    assert [[task["task_id"] for task in page] for page in pages] == [ids[:2:-1], ids[2:0:-1], ids[:1], []]
    assert wrong.json()["code"] == 1201


@pytest.mark.parametrize("shape", ResponseShape)
async def test_shapes_of_resellers(shape: ResponseShape) -> None:
    """Each form of response describes the task, and has the URL of the video once there is one."""
    kling = manual_service()
    kling.shape, kling.string_codes = shape, True
    async with served_client(kling) as client:
        body = (await client.post(PATH, json=effect_body())).json()
        task = str(body.get("id") or body.get("task_id") or body["data"]["task_id"])
        kling.jobs[task].finish()
        assert f"/files/{task}.mp4" in str(await get_task(client, task))
        assert isinstance(body.get("code", ""), str)
