from __future__ import annotations

import pytest

from sandbox.aiml import ErrorShape, FakeAiml, job_error
from sandbox.photos import photo
from tests.sandbox.services.aiml_client import data_uri, effect_body, get_job, manual_service, submit, submit_ok
from tests.sandbox.services.serving import VIDEO, Clock, served_client

LEGACY = "/v2/generate/video/kling/generation"


async def test_the_answer_to_a_submit_has_the_documented_form() -> None:
    """The response to a submit has the id, in the body and in a header, and the status `queued`."""
    aiml = manual_service()
    async with served_client(aiml) as client:
        answer = await submit(client, effect_body(), "job-1")
    assert answer.status_code == 200
    assert answer.json() == {"id": aiml.submissions[0].id, "status": "queued"}
    assert answer.headers["x-inference-id"] == aiml.submissions[0].id


async def test_a_pending_job_has_three_empty_fields() -> None:
    """While a job runs, its video, error and meta are null, as documented."""
    async with served_client(manual_service()) as client:
        job = await submit_ok(client, effect_body())
        assert await get_job(client, job) == {
            "id": job, "status": "queued", "video": None, "error": None, "meta": None
        }  # fmt: skip


async def test_a_completed_job_leads_to_its_video_and_tells_its_price() -> None:
    """The URL of a completed job's video needs no key, and the job states its cost."""
    aiml = manual_service()
    async with served_client(aiml) as client:
        job = await submit_ok(client, effect_body())
        aiml.jobs[job].finish()
        body = await get_job(client, job)
        film = await client.get(body["video"]["url"], headers={"Authorization": ""})
    assert body["status"] == "completed"
    assert body["meta"] == {"usage": {"credits_used": 450_000, "usd_spent": 0.225}}
    assert (film.headers["content-type"], film.content) == ("video/mp4", VIDEO)


@pytest.mark.parametrize("word", ["waiting", "active", "generating", "thinking_hard"])
async def test_any_status_word_can_be_shown(word: str) -> None:
    """The service can be made to show any status, documented or not."""
    aiml = manual_service()
    async with served_client(aiml) as client:
        job = await submit_ok(client, effect_body())
        aiml.jobs[job].show_status(word)
        assert (await get_job(client, job))["status"] == word


async def test_a_held_job_stays_where_it_is() -> None:
    """A held job never ends by the clock, but can be ended by hand."""
    clock = Clock()
    aiml = FakeAiml(job_seconds=10, clock=clock, video=VIDEO, face_scenes=())
    async with served_client(aiml) as client:
        job = await submit_ok(client, effect_body())
        aiml.jobs[job].hold()
        clock.now += 1000
        assert (await get_job(client, job))["status"] == "queued"
        aiml.jobs[job].finish()
        assert (await get_job(client, job))["status"] == "completed"


async def test_a_failed_job_costs_nothing() -> None:
    """A failed job shows its error and is not charged, even if it is finished afterwards."""
    aiml = manual_service()
    async with served_client(aiml) as client:
        job = await submit_ok(client, effect_body())
        aiml.jobs[job].fail({"name": "Error", "message": "no luck"})
        aiml.jobs[job].finish()
        body = await get_job(client, job)
    assert (body["status"], body["error"]) == ("error", {"name": "Error", "message": "no luck"})
    assert aiml.ledger == []
    assert aiml.balance_usd == 100


async def test_the_legacy_path_works_too() -> None:
    """The older path creates and queries the same jobs."""
    aiml = manual_service()
    async with served_client(aiml) as client:
        answer = await client.post(LEGACY, json=effect_body())
        seen = await client.get(LEGACY, params={"generation_id": answer.json()["id"]})
    assert seen.json()["status"] == "queued"


async def test_legacy_responses() -> None:
    """The service can respond as its older version: 201, long ids, more fields beside the URL."""
    aiml = manual_service()
    aiml.accept_status, aiml.legacy_ids, aiml.legacy_video_fields, aiml.placeholder_error = 201, True, True, True
    async with served_client(aiml) as client:
        answer = await submit(client, effect_body())
        job = answer.json()["id"]
        aiml.jobs[job].finish()
        body = await get_job(client, job)
        film = await client.get(body["video"]["url"])
    assert answer.status_code == 201
    assert job.endswith(":kling-video/v1.6/standard/effects")
    assert body["video"] | {"url": ""} == {
        "url": "", "content_type": "video/mp4", "file_name": "output.mp4", "file_size": len(VIDEO)
    }  # fmt: skip
    assert body["error"] == {"name": "text", "message": "text"}
    assert film.content == VIDEO


async def test_a_cup_of_coffee_cannot_be_hugged() -> None:
    """A hug without a face in one photo ends in the error of the real service."""
    aiml = FakeAiml(job_seconds=0.05, video=VIDEO)
    async with served_client(aiml) as client:
        job = await submit_ok(client, effect_body("hug", "ada", "coffee"))
        await aiml.wait(lambda service: service.jobs[job].done)
        body = await get_job(client, job)
    assert body["status"] == "error"
    assert body["error"] == {
        "detail": [
            {
                "loc": ["body", "image_url"],
                "msg": "Could not detect face in the image",
                "type": "face_detection_error",
                "input": data_uri(photo("coffee")),
            }
        ]
    }
    assert aiml.ledger == []


@pytest.mark.parametrize(
    ("shape", "told"),
    [
        (ErrorShape.FAL_INDEXED, {"loc": ["body", "image_url", 1]}),
        (ErrorShape.NAMED, {"name": "Error", "message": "Could not detect face in the image"}),
    ],
)
async def test_error_shapes(shape: ErrorShape, told: dict[str, object]) -> None:
    """The same error can have the photo's index, or just a name and a message."""
    aiml = FakeAiml(job_seconds=0.05, video=VIDEO)
    aiml.error_shape = shape
    async with served_client(aiml) as client:
        job = await submit_ok(client, effect_body("kiss", "ada", "coffee"))
        await aiml.wait(lambda service: service.jobs[job].done)
        error = (await get_job(client, job))["error"]
    found = error["detail"][0] if "detail" in error else error
    assert told.items() <= found.items()


async def test_two_faces_make_a_video() -> None:
    """With a face in each photo the hug is made, once."""
    made = []

    def make(scene: str, photos: list[bytes], *, seconds: float) -> bytes:
        made.append((scene, len(photos), seconds))
        return VIDEO

    aiml = FakeAiml(job_seconds=0.05, video=make)
    async with served_client(aiml) as client:
        job = await submit_ok(client, effect_body("hug", "ada", "ben", duration=10))
        await aiml.wait(lambda service: service.jobs[job].done)
        url = (await get_job(client, job))["video"]["url"]
        films = [(await client.get(url)).content for _ in range(2)]
    assert films == [VIDEO, VIDEO]
    assert made == [("hug", 2, 10)]


@pytest.mark.parametrize(
    ("link", "kind"),
    [
        (data_uri(b"this is no picture"), "image_load_error"),
        (data_uri(photo("cat")[:2000]), "image_load_error"),
        ("https://example.org/a.jpg", "file_download_error"),
    ],
)
async def test_a_photo_that_is_none_fails_later(link: str, kind: str) -> None:
    """A photo that passes the schema but cannot be decoded ends in the service's own error."""
    aiml = FakeAiml(job_seconds=0.05, video=VIDEO)
    async with served_client(aiml) as client:
        job = await submit_ok(client, effect_body(image_url=link))
        await aiml.wait(lambda service: service.jobs[job].done)
        body = await get_job(client, job)
    assert body["error"]["detail"][0]["type"] == kind


async def test_a_developer_can_make_any_of_the_known_errors() -> None:
    """Every error of the vendor's list can be set by hand."""
    aiml = manual_service()
    async with served_client(aiml) as client:
        job = aiml.jobs[await submit_ok(client, effect_body())]
        job.fail(job_error("content_policy_violation", job.request, 0))
        error = (await get_job(client, job.id))["error"]
    assert error["detail"][0]["type"] == "content_policy_violation"


async def test_a_timeout_lists_the_jobs() -> None:
    """The error of a wait that times out lists the jobs."""
    aiml = manual_service()
    async with served_client(aiml) as client:
        job = await submit_ok(client, effect_body())
        with pytest.raises(TimeoutError, match=f"{job} squish: queued"):
            await aiml.wait(lambda service: service.jobs[job].done, timeout=0.01)
