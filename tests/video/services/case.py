"""What the conformance suite must know of a video service: all else is the same for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.http.faults import RespondWith
    from sandbox.services.service import FakeVideoService
    from video.services.http import Timeouts
    from video.services.protocol import FailureKind, VideoService

NOW = 1_800_000_000.0
"""The time at both ends, in Unix seconds."""
KEY = "sk-the-operators-key-0123456789"
"""The key that every fake service accepts."""


@dataclass(frozen=True, slots=True)
class DocumentedRefusal:
    """A refusal of a submit, and what it means.

    Attributes:
        name: what a failed test calls it.
        response: the service's response.
        kind: what people are told.
        retryable: whether the same request may succeed later.
    """

    name: str
    response: RespondWith
    kind: FailureKind
    retryable: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A service.

    Attributes:
        name: as in `VIDEO_SERVICE`.
        fake: the class of its fake.
        connect: makes the client, from the key, the fake's address and the timeouts.
        submit, poll, record, account: what the fake's faults call these requests.
        one_photo_scene, two_photo_scene: scenes that take one photo and two.
        unknown_scene: a scene that the service does not have.
        rate_limit: the response to too many requests.
        refusals: every documented refusal of a submit.
        failures: how a job may fail: the fake's `error`, and what it means.
        responses_without_video: JSON of a poll that says that the job is done, without a usable URL.
        unusable_records: JSON of a search for a lost submit from which nothing can be learnt.
        in_doubt_responses: responses to a submit that leave open whether there is a job, in the service's own form.
        image_to_video: whether it makes image-to-video.
        reports_balance: whether it reports the account's balance.
        id_in_header: whether a header of each response has the job's id.
    """

    name: str
    fake: type[FakeVideoService[Any]]
    connect: Callable[[str, str, Timeouts], VideoService]
    submit: str
    poll: str
    record: str
    account: str
    one_photo_scene: str
    two_photo_scene: str
    unknown_scene: str
    rate_limit: RespondWith
    refusals: tuple[DocumentedRefusal, ...]
    failures: tuple[tuple[Any, FailureKind], ...]
    responses_without_video: tuple[Any, ...]
    unusable_records: tuple[Any, ...]
    in_doubt_responses: tuple[RespondWith, ...]
    image_to_video: bool = False
    reports_balance: bool = False
    id_in_header: bool = False

    def __str__(self) -> str:
        return self.name
