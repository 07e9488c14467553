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
"""The key that every pretend service accepts."""


@dataclass(frozen=True, slots=True)
class No:
    """A refusal of a submit, and what it means.

    Attributes:
        name: for the test's name.
        reply: the service's answer.
        kind: what people are told.
        again: whether the same request may succeed later.
    """

    name: str
    reply: RespondWith
    kind: FailureKind
    again: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A service.

    Attributes:
        name: as in `VIDEO_SERVICE`.
        pretend: the stand-in.
        connect: makes ours: the key, the stand-in's address, how long to wait.
        submit, poll, record, account: the names that the stand-in's faults have for these requests.
        one, two: scenes that take one photo and two.
        unknown: a scene that the service has never heard of.
        refusals: every clear no that is documented.
        failures: how a job may end without a video: the stand-in's `error`, and what it means.
        no_video: answers to a poll of a job that is done, with no usable address.
        strange_records: good answers, where a lost submit is looked for, from which nothing can be learnt.
        lost: answers to a submit that leave open, in the service's own form, whether there is a job.
        rate_limit: the answer to too many requests.
        animates: whether it sets photos in motion as a prompt says.
        tells_balance: whether it tells what is left.
    """

    name: str
    pretend: type[FakeVideoService[Any]]
    connect: Callable[[str, str, Timeouts], VideoService]
    submit: str
    poll: str
    record: str
    account: str
    one: str
    two: str
    unknown: str
    rate_limit: RespondWith
    refusals: tuple[No, ...]
    failures: tuple[tuple[Any, FailureKind], ...]
    no_video: tuple[Any, ...]
    strange_records: tuple[Any, ...]
    lost: tuple[RespondWith, ...]
    animates: bool = False
    tells_balance: bool = False

    def __str__(self) -> str:
        return self.name
