"""Which photo an answer is about, by the photo that it repeats."""

from __future__ import annotations

import base64
import hashlib
import json
import random
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from video.services.aiml import outcomes as aiml
from video.services.echoes import digest_of, find_echoes, which_photo
from video.services.http import Response
from video.services.kling import outcomes as kling
from video.services.protocol import Failed, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

_RANDOM = random.Random(55)  # noqa: S311 - no secret
_HEADER = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(600)  # that both photos have
LEFT, RIGHT, STRANGER = (_HEADER + _RANDOM.randbytes(size) for size in (90_001, 120_002, 90_001))
PHOTOS = (LEFT, RIGHT)
DIGESTS = [digest_of(photo) for photo in PHOTOS]
CDN = "https://cdn.example.com/files"


def encoded(photo: bytes) -> str:
    """Return a photo's Base64."""
    return base64.b64encode(photo).decode()


def uri(photo: bytes) -> str:
    """Return a photo as a data URI."""
    return f"data:image/jpeg;base64,{encoded(photo)}"


def detail(value: object) -> dict[str, Any]:
    """Return fal's error, as the service's document shows it."""
    entry = {"loc": ["body", "image_url"], "msg": "Could not detect face in the image", "type": "face_detection_error"}
    return {"detail": [{**entry, "input": value}]}


FORMS: list[Callable[[bytes], object]] = [
    uri,
    encoded,
    lambda photo: [uri(photo)],
    lambda photo: {"image_url": uri(photo)},
    lambda photo: uri(photo).rstrip("="),
    lambda photo: base64.urlsafe_b64encode(photo).decode(),
    lambda photo: base64.encodebytes(photo).decode(),
    lambda photo: "data:image/jpeg;base64," + quote(encoded(photo), safe=""),
    lambda photo: f"data:application/octet-stream;name=a.jpg;base64,{encoded(photo)}",
    lambda photo: f"https://proxy.example.com/fetch?image={uri(photo)}",
    lambda photo: f"https://proxy.example.com/fetch?image={quote(uri(photo), safe='')}",
    lambda photo: f"https://proxy.example.com/{encoded(photo)}",
    lambda photo: uri(photo)[:3000],
    lambda photo: uri(photo)[:20_001] + "…",
    lambda photo: encoded(photo)[:20_002] + "... [truncated]",
    lambda photo: encoded(photo)[-2000:],
    lambda photo: "…" + encoded(photo)[-501:],
    lambda photo: encoded(photo).rstrip("=")[-777:],
    lambda photo: uri(photo)[:1500] + "..." + encoded(photo)[-200:],
    lambda photo: f"{CDN}/{hashlib.sha256(photo).hexdigest()}.jpg?sign=1",
    lambda photo: f"{CDN}/{hashlib.md5(photo, usedforsecurity=False).hexdigest()}",
    lambda photo: f"{CDN}/2026/11/{hashlib.sha1(photo, usedforsecurity=False).hexdigest().upper()}/image.jpeg",
]


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("form", FORMS)
def test_row_55_a_photo_is_told_by_its_echo(form: Callable[[bytes], object], number: int) -> None:
    """A person reads which of the two photos it is, in whatever form the answer repeats it."""
    assert which_photo(find_echoes(detail(form(PHOTOS[number - 1]))), DIGESTS) == number


@pytest.mark.parametrize("url", [f"{CDN}/right.jpg", "https://other.example.org/a/b/RIGHT.jpg?sign=2"])
def test_row_55_a_url_that_ends_alike(url: str) -> None:
    """If the answer lists the addresses of both photos, the one that ends alike is named."""
    answer = {"request": {"image_url": [f"{CDN}/left.jpg", f"{CDN}/right.jpg?sign=1"]}, "error": detail(url)}
    assert which_photo(find_echoes(answer), DIGESTS) == 2


@pytest.mark.parametrize(
    "answer",
    [
        detail([uri(LEFT), uri(RIGHT)]),
        {"detail": [*detail(uri(LEFT))["detail"], *detail(encoded(RIGHT))["detail"]]},
        detail(uri(STRANGER)),
        detail(uri(LEFT)[:600]),
        detail(f"{CDN}/image.jpeg"),
        detail(f"{CDN}/{hashlib.sha256(STRANGER).hexdigest()}"),
        {"request": {"image_url": [f"{CDN}/a.jpg", f"{CDN}/a.jpg"]}, **detail(f"{CDN}/a.jpg")},
        detail("a prompt that says a good deal about what should be seen " * 10),
        detail(None),
        detail("A" * 5000),
        detail("data:image/jpeg;base64,"),
        {},
        "text",
    ],
)
def test_row_55_no_photo_is_named_by_guess(answer: object) -> None:
    """No photo is named if the answer repeats both, another one, or too little."""
    assert which_photo(find_echoes(answer), DIGESTS) is None


def test_row_55_the_same_photo_twice() -> None:
    """Of two photos that are the same, neither is named."""
    assert which_photo(find_echoes(detail(uri(LEFT))), [DIGESTS[0], DIGESTS[0]]) is None


def test_row_55_a_job_of_an_older_version() -> None:
    """A job that was submitted before digests were kept is told without a number."""
    assert which_photo(find_echoes(detail(uri(LEFT))), [None, None]) is None


def test_row_55_the_request_repeated_beside_it() -> None:
    """What stands under `input` decides, though the answer repeats the whole request elsewhere."""
    answer = {"request": {"image_url": [uri(LEFT), uri(RIGHT)]}, "error": detail(uri(RIGHT))}
    assert which_photo(find_echoes(answer), DIGESTS) == 2


def response(document: object, status: int) -> Response:
    """Return a response with this JSON."""
    return Response(status, {}, json.dumps(document).encode())


@pytest.mark.parametrize(
    "document",
    [
        {"id": "x", "status": "error", "error": detail(uri(RIGHT))},
        {"id": "x", "status": "failed", "error": {"message": json.dumps(detail(uri(RIGHT)))}},
        {"id": "x", "status": "failed", **detail(encoded(RIGHT))},
        {"code": "success", "data": {"task_id": "x", "status": "FAILURE", "error": detail(encoded(RIGHT))}},
    ],
)
@pytest.mark.parametrize("service", [aiml, kling])
def test_row_55_failed_jobs_of_both_services(service: Any, document: dict[str, Any]) -> None:
    """A failed job's answer names the photo, at AIML and behind Kling's resellers."""
    outcome = service.classify_poll(response(document, 200))
    assert isinstance(outcome, Failed)
    assert which_photo(outcome.failure.echoes, DIGESTS) == 2
    assert len(outcome.failure.detail) <= 200


@pytest.mark.parametrize("service", [aiml, kling])
def test_row_55_refusals_of_both_services(service: Any) -> None:
    """A refusal of the submit names the photo, too."""
    refused = {"error": {"message": "no face", "input": encoded(LEFT)}}
    outcome = service.classify_submit(response(refused, 400))
    assert isinstance(outcome, Refused)
    assert which_photo(outcome.failure.echoes, DIGESTS) == 1
