"""Why there is no video: what people are told for each of the service's many words."""

from __future__ import annotations

from typing import Any

import pytest

from video.services.aiml.failures import classify_failure
from video.services.protocol import FailureKind

PHOTO = "data:image/jpeg;base64," + "/9j/4AAQSkZJRg" * 5000


def fal(kind: str, message: str = "", loc: list[Any] | None = None) -> dict[str, Any]:
    return {"detail": [{"loc": loc or ["body", "image_url"], "msg": message, "type": kind, "input": PHOTO}]}


def test_the_real_face_error() -> None:
    """A photo without a face is told as such, and the photo that the service echoes is not in the log."""
    failure = classify_failure(fal("face_detection_error", "Could not detect face in the image"))
    assert failure.kind is FailureKind.NO_FACE
    assert failure.detail == "Could not detect face in the image (face_detection_error)"
    assert failure.photo is None


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("content_policy_violation", FailureKind.MODERATED),
        ("image_too_small", FailureKind.PHOTO_SIZE),
        ("image_too_large", FailureKind.PHOTO_SIZE),
        ("file_too_large", FailureKind.PHOTO_SIZE),
        ("image_load_error", FailureKind.PHOTO_UNREADABLE),
        ("file_download_error", FailureKind.PHOTO_UNREADABLE),
        ("generation_timeout", FailureKind.TIMED_OUT),
        ("internal_server_error", FailureKind.DOWN),
        ("downstream_service_unavailable", FailureKind.DOWN),
        ("no_media_generated", FailureKind.NOTHING_MADE),
        ("something_new", FailureKind.OTHER),
    ],
)
def test_fal_types(word: str, kind: FailureKind) -> None:
    """The `type` of fal's errors decides, whatever the sentence beside it."""
    assert classify_failure(fal(word, "Sorry.")).kind is kind


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Failure to pass the risk control system", FailureKind.MODERATED),
        ("The content was flagged by a content checker.", FailureKind.MODERATED),
        ("Image pixel is invalid", FailureKind.PHOTO_SIZE),
        (
            "The resolution or aspect ratio of the input image is invalid. Please ensure it meets the required.",
            FailureKind.PHOTO_SIZE,
        ),
        ("The image dimensions are too small.", FailureKind.PHOTO_SIZE),
        ("The file size exceeds the maximum limit.", FailureKind.PHOTO_SIZE),
        ("File is not in a valid base64 format", FailureKind.PHOTO_UNREADABLE),
        ("Failed to load the image.", FailureKind.PHOTO_UNREADABLE),
        ("Failed to download the file.", FailureKind.PHOTO_UNREADABLE),
        ("Could not detect face in the image", FailureKind.NO_FACE),
        ("No faces found", FailureKind.NO_FACE),
        ("The user interface changed on the surface", FailureKind.OTHER),
        ("effect_scene: Invalid enum value. Expected 'a' | 'b', received 'c'", FailureKind.RETIRED),
        ("Body validation error. Invalid enum value. Expected 'a' | 'b', received 'c'", FailureKind.RETIRED),
        ("Invalid enum value. Expected 'klingai/a', received 'c'", FailureKind.OTHER),
        ("You've run out of credits. Please top up your balance", FailureKind.OUT_OF_CREDIT),
        ("parallel task over resource pack limit", FailureKind.BUSY),
        ("Too Many Requests", FailureKind.BUSY),
        ("The operation timed out.", FailureKind.TIMED_OUT),
        ("Generation timeout", FailureKind.TIMED_OUT),
        ("The model is under maintenance, please contact us", FailureKind.DOWN),
        ("Something wrong with the server. Please, try again later.", FailureKind.DOWN),
        ("Computer says no", FailureKind.OTHER),
    ],
)
def test_sentences(sentence: str, kind: FailureKind) -> None:
    """Kling's and AIML's sentences are understood in either shape of error."""
    assert classify_failure({"name": "Error", "message": sentence}).kind is kind
    assert classify_failure(fal("unknown", sentence)).kind is kind
    assert classify_failure({"detail": sentence}).kind is kind
    assert classify_failure({"detail": {"msg": sentence}}).kind is kind
    assert classify_failure({"error": {"message": sentence}}).kind is kind
    assert classify_failure(sentence).kind is kind


@pytest.mark.parametrize(
    ("error", "photo"),
    [
        (fal("face_detection_error", "No face", ["body", "image_url", 0]), 1),
        (fal("face_detection_error", "No face", ["body", "image_url", 1]), 2),
        (fal("face_detection_error", "No face", ["body", "image_url", 7]), None),
        (fal("face_detection_error", "No face", ["body", "image_url", True]), None),
        (fal("face_detection_error", "No face in the second image", ["body", "image_url"]), 2),
        ({"message": "First photo: no face"}, 1),
        ({"message": "image_url[1] could not be loaded"}, 2),
        ({"message": "No face in image 2"}, 2),
        ({"message": "Neither the first image nor the second image shows a face"}, None),
        ({"message": "Not the right image format"}, None),
        ({"message": "No face"}, None),
        ({"detail": [{"loc": [["image_url"], 1], "msg": "x"}]}, None),
        ({"detail": [{"loc": "image_url", "msg": "x"}]}, None),
    ],
)
def test_which_photo(error: dict[str, Any], photo: int | None) -> None:
    """A person is told which of the two photos it is about, if the service says so."""
    assert classify_failure(error).photo == photo


def test_both_photos() -> None:
    """A person whose two photos both lack a face is not sent after one of them."""
    entries = [fal("face_detection_error", "No face", ["body", "image_url", at])["detail"][0] for at in (0, 1)]
    failure = classify_failure({"detail": entries})
    assert failure.kind is FailureKind.NO_FACE
    assert failure.photo is None


@pytest.mark.parametrize(
    "error", [None, {}, [], "", 5, {"detail": []}, {"detail": [None]}, {"detail": [{"type": 3, "msg": []}]}]
)
def test_nothing_said(error: object) -> None:
    """A failure without a word is told as one without a known reason."""
    failure = classify_failure(error)
    assert failure.kind is FailureKind.OTHER
    assert failure.photo is None
