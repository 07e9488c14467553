"""What the bot makes of each answer to a poll, and of what is left on the account."""

from __future__ import annotations

from typing import Any

import pytest

from tests.video.services.responses import response
from video.services.aiml.outcomes import classify_balance, classify_poll
from video.services.protocol import Balance, Completed, Failed, FailureKind, NoVideo, Pending, Refused, Unanswered

# ---------------------------------------------------------------- poll
URL = "https://cdn.aimlapi.com/kangaroo/x.mp4?ksTime=6996fedd"


@pytest.mark.parametrize("word", ["queued", "generating", "waiting", "active", "Queued", "dreaming"])
def test_pending(word: str) -> None:
    """A job in progress, in known words or new ones, is polled again."""
    job = {"id": "x", "status": word, "video": None, "error": None, "meta": None}
    assert classify_poll(response(200, job)) == Pending(word.lower())


@pytest.mark.parametrize(
    ("meta", "usd"),
    [
        (None, None),
        ({"usage": None}, None),
        ({"usage": {"credits_used": 120000, "usd_spent": 0.06}}, 0.06),
        ({"usage": {"credits_used": 120000}}, 0.06),
        ({"usage": {"tokens_used": 1}}, None),
        ({"usage": {"usd_spent": "much"}}, None),
        ({"usage": {"usd_spent": True}}, None),
        ({"usage": {"usd_spent": 10**400}}, None),
        ({"usage": {"usd_spent": 1e300}}, None),
        ({"usage": {"usd_spent": -5, "credits_used": 120000}}, 0.06),
        ([], None),
    ],
)
def test_completed(meta: Any, usd: float | None) -> None:
    """A finished job brings the video's address, and its price if the service reports it."""
    job = {"id": "x", "status": "completed", "video": {"url": URL, "file_size": 5}, "meta": meta}
    assert classify_poll(response(200, job)) == Completed(URL, usd)


def test_completed_beside_a_placeholder() -> None:
    """The status decides, even if there is an error beside it, as in AIML's own sample."""
    job = {"id": "x", "status": "completed", "video": {"url": URL}, "error": {"name": "text", "message": "text"}}
    assert classify_poll(response(200, job)) == Completed(URL)


@pytest.mark.parametrize("video", [None, {}, {"url": ""}, {"url": None}, {"url": "a\nb"}, [], "x"])
def test_completed_without_url(video: Any) -> None:
    """A finished job without an address is told as such."""
    outcome = classify_poll(response(200, {"id": "x", "status": "completed", "video": video}))
    assert isinstance(outcome, NoVideo)


@pytest.mark.parametrize("word", ["error", "failed", "cancelled", "canceled", "ERROR"])
def test_failed(word: str) -> None:
    """A job that ended without a video is told for its reason."""
    job = {"status": word, "error": {"name": "Error", "message": "Failure to pass the risk control system"}}
    outcome = classify_poll(response(200, job))
    assert isinstance(outcome, Failed)
    assert outcome.failure.kind is FailureKind.MODERATED


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 408, 429, 500, 502, 503, 504])
def test_poll_refused(status: int) -> None:
    """A poll that fails says nothing of the job: it is asked again, when the service says."""
    outcome = classify_poll(response(status, {"message": "No", "status": "error"}, retry_after="9"))
    assert outcome == Unanswered(f"HTTP {status} No", 9)


@pytest.mark.parametrize("document", [None, {}, {"status": None}, {"status": ""}, {"status": 5}, [1], "completed"])
def test_poll_without_status(document: object) -> None:
    """A poll without a status is asked again."""
    assert isinstance(classify_poll(response(200, document)), Unanswered)


# ---------------------------------------------------------------- balance
def test_balance() -> None:
    """The operator is told what is left."""
    assert classify_balance(response(200, {"current_balance": 123.45, "currency": "USD"})) == Balance(123.45)
    assert classify_balance(response(200, {"current_balance": 0})) == Balance(0)


@pytest.mark.parametrize(
    ("status", "kind"),
    [(401, FailureKind.BAD_KEY), (402, FailureKind.OUT_OF_CREDIT), (404, FailureKind.MISCONFIGURED)],
)
def test_balance_refused(status: int, kind: FailureKind) -> None:
    """The operator is told that the key or the address is wrong."""
    outcome = classify_balance(response(status, {"message": "No"}))
    assert isinstance(outcome, Refused)
    assert outcome.failure.kind is kind


@pytest.mark.parametrize(
    ("status", "document"), [(200, {}), (200, {"current_balance": "5"}), (429, {}), (500, {}), (503, {})]
)
def test_balance_unanswered(status: int, document: object) -> None:
    """A service that is busy or answers strangely says nothing of the key."""
    assert isinstance(classify_balance(response(status, document)), Unanswered)
