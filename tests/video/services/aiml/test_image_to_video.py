"""A photo set in motion, at AIML over real HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.aiml import ErrorShape, job_error
from tests.video.services.aiml.connection import AimlUnderTest, numbers
from tests.video.services.service_under_test import LEFT_PHOTO, RIGHT_PHOTO
from video.effects.models import MODELS, ImageToVideoModel
from video.services.protocol import Completed, Failed, FailureKind, ImageToVideoRequest, Refused, SubmitRequest


def animation(
    *photos: bytes, model: ImageToVideoModel = MODELS["v1.6"], duration: int = 5, **more: Any
) -> SubmitRequest:
    return SubmitRequest(
        f"job-{next(numbers)}:1", ImageToVideoRequest(model, "steam rises", **more), duration, photos or (LEFT_PHOTO,)
    )


@pytest.mark.parametrize(
    ("submit_request", "model"),
    [
        (animation(), "kling-video/v1.6/pro/image-to-video"),
        (animation(LEFT_PHOTO, RIGHT_PHOTO, duration=10), "kling-video/v1.6/pro/image-to-video"),
        (
            animation(model=MODELS["v2"], negative_prompt="blur", cfg_scale=1.0),
            "klingai/v2-master-image-to-video",
        ),
    ],
)
async def test_it_becomes_a_video(service: AimlUnderTest, submit_request: SubmitRequest, model: str) -> None:
    """One photo with either model, or two with the older one, are taken as they are, and made, at the model's price."""
    job = await service.accepted(submit_request)
    (submission,) = service.fake.submissions
    assert (submission.model, submission.duration) == (model, submit_request.duration)
    assert submission.photos == list(submit_request.photos)
    service.fake.jobs[job].finish()
    outcome = await service.client.poll(job)
    assert isinstance(outcome, Completed)
    assert outcome.usd == service.fake.charged_usd[job]


async def test_two_photos_with_the_model_that_takes_one(service: AimlUnderTest) -> None:
    """A request that no body can be made of is refused before anything is sent."""
    outcome = await service.client.submit(animation(LEFT_PHOTO, RIGHT_PHOTO, model=MODELS["v2"]))
    assert isinstance(outcome, Refused)
    assert not outcome.retryable
    assert service.fake.submissions == []


async def test_a_prompt_against_the_rules(service: AimlUnderTest) -> None:
    """What the service's rules forbid in the prompt is told as such, about no photo, and the prompt is not echoed."""
    job = await service.accepted(animation(LEFT_PHOTO, RIGHT_PHOTO))
    doomed = service.fake.jobs[job]
    doomed.fail(job_error("content_policy_violation", doomed.request, None))
    outcome = await service.client.poll(job)
    assert isinstance(outcome, Failed)
    assert (outcome.failure.kind, outcome.failure.photo) == (FailureKind.MODERATED, None)
    assert "steam" not in outcome.failure.detail


@pytest.mark.parametrize("shape", [ErrorShape.FAL, ErrorShape.FAL_INDEXED])
async def test_the_last_frame_is_the_second_photo(service: AimlUnderTest, shape: ErrorShape) -> None:
    """An error about the last frame is about the second photo."""
    job = await service.accepted(animation(LEFT_PHOTO, RIGHT_PHOTO))
    doomed = service.fake.jobs[job]
    doomed.fail(job_error("image_too_small", doomed.request, 1, shape))
    outcome = await service.client.poll(job)
    assert isinstance(outcome, Failed)
    assert (outcome.failure.kind, outcome.failure.photo) == (FailureKind.PHOTO_SIZE, 2)
