"""A job's video and its end, found in answers of every shape."""

from __future__ import annotations

import json
from typing import Any

import pytest

from video.services.aiml import outcomes as aiml
from video.services.http import Response
from video.services.kling import outcomes as kling
from video.services.protocol import Completed, Failed, FailureKind, NoVideo, Pending, Unanswered

URL = "https://cdn.example.com/files/output.mp4?sign=1"
BARE = "https://cdn.example.com/v/8153?sign=1"
COVER = "https://cdn.example.com/cover.jpg"
POLLS = [aiml.classify_poll, kling.classify_poll]


def response(document: object, status: int = 200) -> Response:
    """Return a response with this JSON."""
    return Response(status, {}, json.dumps(document).encode())


def shapes(url: str) -> list[dict[str, Any]]:
    """Return answers about a finished job with its video at this URL."""
    done = {"id": "x", "status": "completed"}
    task = {"task_id": "x", "task_status": "succeed"}
    return [
        {**done, "video": {"url": url}},
        {**done, "video": url},
        {**done, "video": [{"url": url}]},
        {**done, "video": {"download_url": url, "cover": COVER}},
        {**done, "video_url": url},
        {**done, "videoUrl": url, "coverUrl": COVER},
        {**done, "videos": [{"url": url}, {"url": "https://cdn.example.com/second.mp4"}]},
        {**done, "videos": [url]},
        {**done, "url": url},
        {**done, "output": url},
        {**done, "output": [url]},
        {**done, "output": {"video_url": url}},
        {**done, "outputs": [{"file": {"uri": url}}]},
        {**done, "result": {"url": url}},
        {**done, "result": {"videos": [{"url": url}]}},
        {**done, "result": json.dumps({"video": {"url": url}})},
        {**done, "response": {"video": {"url": url}, "status_url": "https://x/status"}},
        {**done, "metadata": {"url": url}},
        {**done, "assets": {"video": url, "thumbnail": COVER}},
        {**done, "generation": {"assets": {"video": url}}},
        {**done, "generated_videos": [{"video": {"uri": url}}]},
        {**done, "content": {"video_url": url, "last_frame_url": COVER}},
        {**done, "files": [{"link": url}]},
        {**done, "media": {"src": url}},
        {**done, "data": {"output": {"video_url": url}}},
        {**done, "data": [{"url": url}]},
        {**done, "image_url": "https://cdn.example.com/me.mp4", "data": {"url": url}},
        {**done, "watermark_url": "https://cdn.example.com/mark.mp4", "url": url},
        {**done, "urls": {"get": "https://x/y", "cancel": "https://x/z"}, "output": url},
        {"code": 0, "data": {**task, "task_result": {"videos": [{"id": "1", "url": url, "watermark_url": COVER}]}}},
        {"code": 0, "data": {**task, "works": [{"resource": {"resource": url}, "cover": {"resource": COVER}}]}},
        {"code": "success", "data": {"status": "SUCCESS", "fail_reason": url}},
        {"code": "success", "data": {"status": "SUCCESS", "data": {"code": 0, "data": {**task, "url": url}}}},
        {"code": 200, "data": {"task_id": 5, "state": "done", "result": {"video_list": [{"play_url": url}]}}},
        {"name": "x", "done": True, "response": {"generatedVideos": [{"video": {"uri": url}}]}},
        {"id": "x", "status": {"code": "COMPLETED", "message": "ok"}, "url": url},
        {"id": "x", "status": "completed", "steps": [{"status": "failed"}, {"status": "ok"}], "url": url},
        {"id": "x", "video": {"url": url}},
        {"id": "x", "status": 2, "video": {"url": url}},
        {**done, "download": url},
        {**done, "video": {"play_url": url.removeprefix("https:")}},
        {"code": 0, "data": {"task_id": "x", "task_result": {"videos": [{"url": url}]}}},
    ]


@pytest.mark.parametrize("classify_poll", POLLS, ids=["aiml", "kling"])
@pytest.mark.parametrize("url", [URL, BARE], ids=["file", "bare"])
def test_row_39_a_video_is_found_wherever_it_stands(classify_poll: Any, url: str) -> None:
    """A finished video is shown, whichever of many shapes the answer has: never a cover, never what was sent."""
    for document in shapes(url):
        assert classify_poll(response(document)) == Completed(url), document


def test_row_39_a_file_among_words() -> None:
    """A video's address inside of a sentence is found if it is that of a video file."""
    document = {"id": "x", "status": "completed", "message": f"Done: [video]({URL})"}
    assert aiml.classify_poll(response(document)) == Completed(URL)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"video": None},
        {"video": {"cover_url": COVER}},
        {"image_url": "https://cdn.example.com/photo"},
        {"input": {"video_url": URL}},
        {"status_url": "https://x/status", "response_url": "https://x/response"},
        {"help": "https://docs.example.com/videos"},
        {"url": COVER},
    ],
)
@pytest.mark.parametrize("classify_poll", POLLS, ids=["aiml", "kling"])
def test_row_39_what_is_no_video(classify_poll: Any, fields: dict[str, Any]) -> None:
    """A cover, the photo that was sent or a page is not taken for the video; the operator reads the answer's shape."""
    outcome = classify_poll(response({"id": "x", "status": "completed", **fields}))
    assert isinstance(outcome, NoVideo)
    assert "status: completed" in outcome.shape
    assert "example.com" not in outcome.shape


@pytest.mark.parametrize(
    "document",
    [
        {"id": "x", "status": "FAILURE"},
        {"id": "x", "status": "Failed."},
        {"id": "x", "status": "task-failed"},
        {"id": "x", "state": "TASK_STATE_FAILED"},
        {"id": "x", "status": "content_moderated"},
        {"id": "x", "status": "失败"},
        {"id": "x", "taskStatus": "aborted"},
        {"id": "x", "success": False, "error": "sorry"},
        {"id": "x", "done": True, "error": {"code": 3, "message": "sorry"}},
        {"task": {"id": "x", "status": "rejected"}},
        {"output": {"task_id": "x", "task_status": "FAILED", "message": "sorry"}},
        {"data": [{"task_id": "x", "status": "error"}]},
        {"code": "success", "data": {"status": "FAILURE", "data": {"data": {"task_status": "processing"}}}},
        {"code": "success", "data": {"status": "IN_PROGRESS", "data": {"data": {"task_status": "failed"}}}},
        {"id": "x", "status": {"code": "FAILED", "message": "sorry"}},
        {"id": "x", "status": {"state": "failed"}},
        {"film": {"id": "x", "status": "failed"}},
        {"id": "x", "status": "Failed: no face detected"},
        {"id": "x", "status": "moderation_failed"},
        {"id": "x", "status": "视频生成失败"},
        {"status": "success", "film": {"id": "x", "status": "failed"}},
        {"data": {"task": {"id": "x", "state": "failed"}}, "status": "processing"},
    ],
)
@pytest.mark.parametrize("classify_poll", POLLS, ids=["aiml", "kling"])
def test_row_39_an_end_in_any_shape(classify_poll: Any, document: dict[str, Any]) -> None:
    """A job that failed ends at once, in whatever word and place the service says so."""
    assert isinstance(classify_poll(response(document)), Failed)


@pytest.mark.parametrize(
    ("document", "known"),
    [
        ({"id": "x", "status": "IN_PROGRESS"}, True),
        ({"id": "x", "status": "In Queue"}, True),
        ({"status": "success", "data": {"id": "x", "state": "processing"}}, True),
        ({"code": "success", "data": {"status": "SUCCESS", "data": {"data": {"task_status": "processing"}}}}, True),
        ({"id": "x", "status": "排队中"}, True),
        ({"id": "x", "status": "processing (45%)"}, True),
        ({"id": "x", "status": "Queued: 3 ahead"}, True),
        ({"id": "x", "status": 3}, False),
        ({"id": "x", "status": "no_error"}, False),
        ({"id": "x", "status": "failed_over"}, False),
        ({"id": "x", "status": "processing", "webhook": {"status": "failed"}}, True),
        ({"id": "x", "status": "processing", "attempts": [{"status": "failed"}, {"status": "running"}]}, True),
        ({"id": "x", "status": "processing", "thumbnail": {"status": "completed", "url": COVER}}, True),
        ({"data": {"task_id": "x", "task_status": "processing"}, "upload": {"status": "succeed"}}, True),
        ({"id": "x", "status": "dreaming"}, False),
        ({"id": "x", "status": "not_found"}, False),
    ],
)
@pytest.mark.parametrize("classify_poll", POLLS, ids=["aiml", "kling"])
def test_row_39_still_being_made(classify_poll: Any, document: dict[str, Any], known: bool) -> None:  # noqa: FBT001
    """A job in progress is polled again; a word that nobody knows counts as one, and is told."""
    outcome = classify_poll(response(document))
    assert isinstance(outcome, Pending)
    assert outcome.known is known


@pytest.mark.parametrize(
    ("document", "status"),
    [
        ({"id": "x", "error": {"detail": [{"msg": "no", "type": "face_detection_error"}]}}, 200),
        ({"detail": [{"msg": "no", "type": "face_detection_error"}]}, 422),
        ({"id": "x", "error": {"message": "The image has no face"}}, 200),
        ({"code": 1301, "message": "no"}, 400),
        ({"code": "fail_to_fetch_task", "message": '{"code": 1301, "message": "no"}', "data": None}, 400),
        ({"task_id": "x", "error": "图片包含敏感内容"}, 200),
        ({"error": {"code": "task_failed", "message": "no face"}}, 400),
    ],
)
@pytest.mark.parametrize("classify_poll", POLLS, ids=["aiml", "kling"])
def test_row_39_a_reason_without_a_status(classify_poll: Any, document: dict[str, Any], status: int) -> None:
    """A reason that only a job can have ends it, though the answer has no status: nobody waits a day for it."""
    assert isinstance(classify_poll(response(document, status)), Failed)


@pytest.mark.parametrize(
    ("document", "status"),
    [
        ({"message": "Invalid generation_id format", "statusCode": 400}, 400),
        ({"message": "Blocked by the network's policy"}, 403),
        ({"code": 1302, "message": "no"}, 429),
        ({"code": 1203, "message": "no"}, 404),
        ({"code": 1301, "message": "no"}, 502),
        ({"error": {"message": "Service unavailable"}}, 200),
    ],
)
@pytest.mark.parametrize("classify_poll", POLLS, ids=["aiml", "kling"])
def test_row_39_a_refusal_of_the_poll(classify_poll: Any, document: dict[str, Any], status: int) -> None:
    """What is wrong with the question, or at the service, ends no job: its video may be on the way."""
    assert isinstance(classify_poll(response(document, status)), Unanswered)


@pytest.mark.parametrize("status", [400, 404, 410, 422])
@pytest.mark.parametrize("classify_poll", POLLS, ids=["aiml", "kling"])
def test_row_39_an_end_with_the_status_of_an_error(classify_poll: Any, status: int) -> None:
    """A failed job is told of at once though its answer has HTTP's status of an error: it names the job."""
    assert isinstance(classify_poll(response({"id": "x", "status": "failed", "message": "no"}, status)), Failed)
    assert isinstance(classify_poll(response({"status": "error", "message": "no such route"}, status)), Unanswered)
    assert isinstance(classify_poll(response({"id": "x", "status": "failed"}, 502)), Unanswered)


def test_row_39_the_word_itself_may_be_the_reason() -> None:
    """A status like `nsfw` tells the person why."""
    outcome = aiml.classify_poll(response({"id": "x", "status": "nsfw"}))
    assert isinstance(outcome, Failed)
    assert outcome.failure.kind is FailureKind.MODERATED


@pytest.mark.parametrize(
    "document",
    [{}, {"id": "x"}, {"code": 0, "data": None}, {"data": ["status"]}, {"status": 200}, {"url": "https://x/y"}],
)
@pytest.mark.parametrize("classify_poll", POLLS, ids=["aiml", "kling"])
def test_row_39_no_word_about_the_job(classify_poll: Any, document: dict[str, Any]) -> None:
    """An answer that says nothing of the job ends nothing."""
    assert isinstance(classify_poll(response(document)), Unanswered)


def test_row_39_shapes_of_any_size() -> None:
    """However big or deep an answer is, its shape is one line, and it is read at once."""
    wide = {"id": "x", "status": "completed", **{f"key{n}": {"deep": [{"er": n}] * 200} for n in range(2000)}}
    deep: Any = "leaf"
    for _ in range(400):
        deep = {"data": deep}
    for document in (wide, {"id": "x", "status": "completed", "data": deep}):
        outcome = aiml.classify_poll(response(document))
        assert isinstance(outcome, NoVideo)
        assert len(outcome.shape) <= 200
