"""What the bot makes of each answer of AIML: above all, whether it may have been charged."""

from __future__ import annotations

import json
import os
from base64 import b64encode
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from video.aiml_outcomes import sort_balance, sort_poll, sort_submit
from video.answer import Answer
from video.service import (
    Accepted,
    Balance,
    Completed,
    Failed,
    FailureKind,
    InDoubt,
    NotSent,
    Pending,
    Refused,
    Unanswered,
)

KEY = "sk-1234567890abcdef"
NO_CREDIT = (
    "You've run out of credits. Please top up your balance or update your payment method to continue: "
    "https://aimlapi.com/app/billing/"
)
NO_KEY = "This request requires a valid API key. You can create a new API key on the Billing page"


def answer(status: int, document: object = None, **headers: str) -> Answer:
    body = b"" if document is None else json.dumps(document).encode()
    return Answer(status, {name.replace("_", "-"): value for name, value in headers.items()}, body)


def refusal(status: int, message: str = "", **headers: str) -> Refused:
    outcome = sort_submit(answer(status, {"message": message, "statusCode": str(status)}, **headers))
    assert isinstance(outcome, Refused)
    return outcome


# ---------------------------------------------------------------- submit
@pytest.mark.parametrize("status", [200, 201, 202])
@pytest.mark.parametrize(
    "document",
    [
        {"id": "bA23_2Dk4Yh6RWT5BluZu", "status": "queued"},
        {"generation_id": "bA23_2Dk4Yh6RWT5BluZu"},
        {"id": "", "generation_id": "bA23_2Dk4Yh6RWT5BluZu"},
        {"id": "bA23_2Dk4Yh6RWT5BluZu", "status": "error", "error": {"message": "no"}},
    ],
)
def test_accepted(status: int, document: object) -> None:
    """Any 2xx with an id is a job, whose end is left to the polls."""
    assert sort_submit(answer(status, document)) == Accepted("bA23_2Dk4Yh6RWT5BluZu")


def test_old_ids() -> None:
    """The older form of id is taken as it is."""
    old = "9e4c45e7-5785-42f3-8271-ce8a8b31dd04:kling-video/v1.6/pro/effects"
    assert sort_submit(answer(201, {"id": old, "status": "queued"})) == Accepted(old)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b'{"id": "abc", "sta',
        b"<html>ok</html>",
        b"[]",
        b"null",
        b'{"status": "queued"}',
        b'{"id": ""}',
        b'{"id": " "}',
        b'{"id": 5}',
        b'{"id": null}',
        b'{"id": "a\\u0000b"}',
        b'{"id": "\\ud800"}',
        json.dumps({"id": "x" * 513}).encode(),
        b'{"id":' * 50_000,
    ],
)
def test_accepted_but_unreadable(body: bytes) -> None:
    """A 2xx without a usable id may have been charged: nothing is sent again."""
    assert isinstance(sort_submit(Answer(200, {}, body)), InDoubt)


@pytest.mark.parametrize("status", [408, 409, 418, 425, 499, 500, 501, 502, 504, 507, 520, 524, 599, 100, 600])
def test_in_doubt_by_status(status: int) -> None:
    """An answer that leaves the charge open is in doubt."""
    outcome = sort_submit(answer(status, {"message": "Internal server error"}))
    assert outcome == InDoubt(f"HTTP {status} Internal server error")


@pytest.mark.parametrize(
    "error",
    [
        httpx.ReadTimeout("slow"),
        httpx.WriteTimeout("slow"),
        httpx.ReadError("reset"),
        httpx.WriteError("reset"),
        httpx.CloseError("reset"),
        httpx.RemoteProtocolError("server disconnected"),
        httpx.DecodingError("gzip"),
        httpx.LocalProtocolError("too little data"),
        httpx.TooManyRedirects("round"),
        TimeoutError(),
        OSError("?"),
        RuntimeError("?"),
    ],
)
def test_in_doubt_by_exception(error: Exception) -> None:
    """A connection that breaks once it stood leaves the charge open."""
    assert isinstance(sort_submit(error), InDoubt)


@pytest.mark.parametrize(
    "error",
    [
        httpx.ConnectError("refused"),
        httpx.ConnectTimeout("slow"),
        httpx.PoolTimeout("full"),
        httpx.UnsupportedProtocol("ftp"),
        httpx.ProxyError("403"),
        httpx.InvalidURL("no"),
    ],
)
def test_not_sent(error: Exception) -> None:
    """Where no connection was made nothing was charged, and the job is queued again."""
    outcome = sort_submit(error)
    assert isinstance(outcome, NotSent)
    assert type(error).__name__ in outcome.detail


def test_not_sent_before_the_body() -> None:
    """A request that our side found ill-formed before any of its body left was not charged."""
    assert isinstance(sort_submit(httpx.LocalProtocolError("bad header"), begun=False), NotSent)


@pytest.mark.parametrize(
    ("status", "message", "kind"),
    [
        (400, "Body validation error. effect_scene: Invalid enum value. Expected 'a'", FailureKind.RETIRED),
        (400, "Body validation error. Invalid enum value. Expected 'a' | 'b', received 'c'", FailureKind.RETIRED),
        (400, "Image pixel is invalid", FailureKind.PHOTO_SIZE),
        (400, "The resolution or aspect ratio of the input image is invalid.", FailureKind.PHOTO_SIZE),
        (400, "File is not in a valid base64 format", FailureKind.PHOTO_UNREADABLE),
        (400, "Body validation error. image_url: Required", FailureKind.MISCONFIGURED),
        (400, "", FailureKind.MISCONFIGURED),
        (401, NO_KEY, FailureKind.BAD_KEY),
        (402, "", FailureKind.OUT_OF_CREDIT),
        (403, NO_CREDIT, FailureKind.OUT_OF_CREDIT),
        (403, "Your country is not served", FailureKind.MISCONFIGURED),
        (403, NO_KEY, FailureKind.MISCONFIGURED),
        (404, "Not Found", FailureKind.MISCONFIGURED),
        (405, "", FailureKind.MISCONFIGURED),
        (307, "", FailureKind.MISCONFIGURED),
        (413, "", FailureKind.MISCONFIGURED),
        (422, "Could not detect face in the image", FailureKind.NO_FACE),
    ],
)
def test_refused_for_good(status: int, message: str, kind: FailureKind) -> None:
    """A clear no is told for its reason, and is not tried again by itself."""
    outcome = refusal(status, message)
    assert outcome.failure.kind is kind
    assert (outcome.again, outcome.retry_after) == (False, None)
    assert outcome.failure.detail.startswith(f"HTTP {status}")


def test_refused_by_fal() -> None:
    """A refusal in fal's own words (422) tells the reason and the photo."""
    entry = {"loc": ["body", "image_url", 1], "msg": "Too small", "type": "image_too_small", "input": "x" * 999}
    outcome = sort_submit(answer(422, {"detail": [entry]}))
    assert isinstance(outcome, Refused)
    assert (outcome.failure.kind, outcome.failure.photo) == (FailureKind.PHOTO_SIZE, 2)


@pytest.mark.parametrize(("status", "kind"), [(429, FailureKind.BUSY), (503, FailureKind.DOWN)])
def test_refused_for_now(status: int, kind: FailureKind) -> None:
    """A service that is busy or down is asked again, when it says."""
    assert refusal(status) == Refused(refusal(status).failure, again=True)
    assert refusal(status).failure.kind is kind
    assert refusal(status, retry_after="17").retry_after == 17


HARMLESS = {400, 401, 402, 403, 404, 405, 413, 422, 429, 503, *range(300, 400)}
BEFORE = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.ProxyError,
    httpx.InvalidURL,
)
AFTER = (
    httpx.ReadTimeout,
    httpx.WriteTimeout,
    httpx.ReadError,
    httpx.WriteError,
    httpx.RemoteProtocolError,
    httpx.LocalProtocolError,
    httpx.DecodingError,
    TimeoutError,
    OSError,
    ValueError,
)
PHOTO = b64encode(os.urandom(300)).decode()
words = st.one_of(
    st.text(max_size=40), st.sampled_from([KEY, PHOTO, "effect_scene", "credits", "face", f"data:x;base64,{PHOTO}"])
)
documents = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), words),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.one_of(
                st.sampled_from(
                    ["id", "generation_id", "status", "message", "error", "detail", "type", "msg", "loc", "video"]
                ),
                words,
            ),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=20,
)
bodies = st.one_of(
    st.binary(max_size=60),
    documents.map(lambda document: json.dumps(document).encode()),
    words.map(lambda text: text.encode("utf-8", "surrogatepass")),
)
headers = st.dictionaries(st.just("retry-after"), st.one_of(st.text(max_size=30), st.integers().map(str)))
answers = st.builds(
    Answer, st.one_of(st.integers(100, 599), st.sampled_from([200, 400, 403, 429, 500])), headers, bodies
)
errors = st.builds(lambda kind, text: kind(text), st.sampled_from(BEFORE + AFTER), words)


def detail_of(outcome: object) -> str:
    match outcome:
        case NotSent(detail) | InDoubt(detail) | Unanswered(detail):
            return detail
        case Refused(failure) | Failed(failure):
            return failure.detail
        case Pending(status):
            return status
    return ""


def may_be_logged(detail: str) -> bool:
    pieces = (PHOTO[at : at + 40] for at in range(len(PHOTO) - 40))
    return len(detail) <= 200 and KEY not in detail and not any(piece in detail for piece in pieces)


@given(st.one_of(answers, errors), st.booleans())
def test_any_answer_to_a_submit(came: Answer | Exception, begun: bool) -> None:  # noqa: FBT001 - drawn
    """Whatever comes back falls into one class; a new POST is only possible where nothing can have been charged."""
    outcome = sort_submit(came, secret=KEY, now=1.8e9, begun=begun)
    assert isinstance(outcome, Accepted | NotSent | Refused | InDoubt)
    assert may_be_logged(detail_of(outcome))
    match outcome:
        case NotSent():
            assert isinstance(came, BEFORE) or (isinstance(came, httpx.LocalProtocolError) and not begun)
        case Refused(_, again, retry_after):
            assert isinstance(came, Answer)
            assert came.status in HARMLESS
            assert again == (came.status in {429, 503})
            assert retry_after is None or 0 <= retry_after <= 3600
        case Accepted(service_job_id):
            assert isinstance(came, Answer)
            assert 200 <= came.status < 300
            assert 0 < len(service_job_id) <= 512
            assert service_job_id.encode()


@given(answers)
def test_any_answer_to_a_question(came: Answer) -> None:
    """Whatever a poll or the balance brings, there is an outcome that can be logged."""
    outcome = sort_poll(came, secret=KEY, now=1.8e9)
    assert isinstance(outcome, Pending | Completed | Failed | Unanswered)
    assert may_be_logged(detail_of(outcome))
    balance = sort_balance(came, secret=KEY, now=1.8e9)
    assert isinstance(balance, Balance | Refused | Unanswered)
    assert may_be_logged(detail_of(balance))


# ---------------------------------------------------------------- poll
URL = "https://cdn.aimlapi.com/kangaroo/x.mp4?ksTime=6996fedd"


@pytest.mark.parametrize("word", ["queued", "generating", "waiting", "active", "Queued", "dreaming"])
def test_pending(word: str) -> None:
    """A job in progress, in known words or new ones, is polled again."""
    job = {"id": "x", "status": word, "video": None, "error": None, "meta": None}
    assert sort_poll(answer(200, job)) == Pending(word.lower())


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
        ([], None),
    ],
)
def test_completed(meta: Any, usd: float | None) -> None:
    """A finished job brings the video's address, and its price where the service tells."""
    job = {"id": "x", "status": "completed", "video": {"url": URL, "file_size": 5}, "meta": meta}
    assert sort_poll(answer(200, job)) == Completed(URL, usd)


def test_completed_beside_a_placeholder() -> None:
    """The status decides, even where an error stands beside it, as in AIML's own sample."""
    job = {"id": "x", "status": "completed", "video": {"url": URL}, "error": {"name": "text", "message": "text"}}
    assert sort_poll(answer(200, job)) == Completed(URL)


@pytest.mark.parametrize("video", [None, {}, {"url": ""}, {"url": None}, {"url": "a\nb"}, [], "x"])
def test_completed_without_url(video: Any) -> None:
    """A finished job without an address is asked for again."""
    outcome = sort_poll(answer(200, {"id": "x", "status": "completed", "video": video}))
    assert isinstance(outcome, Unanswered)


@pytest.mark.parametrize("word", ["error", "failed", "cancelled", "canceled", "ERROR"])
def test_failed(word: str) -> None:
    """A job that ended without a video is told for its reason."""
    job = {"status": word, "error": {"name": "Error", "message": "Failure to pass the risk control system"}}
    outcome = sort_poll(answer(200, job))
    assert isinstance(outcome, Failed)
    assert outcome.failure.kind is FailureKind.MODERATED


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 408, 429, 500, 502, 503, 504])
def test_poll_refused(status: int) -> None:
    """A poll that fails says nothing of the job: it is asked again, when the service says."""
    outcome = sort_poll(answer(status, {"message": "No", "status": "error"}, retry_after="9"))
    assert outcome == Unanswered(f"HTTP {status} No", 9)


@pytest.mark.parametrize("document", [None, {}, {"status": None}, {"status": ""}, {"status": 5}, [1], "completed"])
def test_poll_without_status(document: object) -> None:
    """A poll without a status is asked again."""
    assert isinstance(sort_poll(answer(200, document)), Unanswered)


# ---------------------------------------------------------------- balance
def test_balance() -> None:
    """The operator is told what is left."""
    assert sort_balance(answer(200, {"current_balance": 123.45, "currency": "USD"})) == Balance(123.45)
    assert sort_balance(answer(200, {"current_balance": 0})) == Balance(0)


@pytest.mark.parametrize(
    ("status", "kind"),
    [(401, FailureKind.BAD_KEY), (402, FailureKind.OUT_OF_CREDIT), (404, FailureKind.MISCONFIGURED)],
)
def test_balance_refused(status: int, kind: FailureKind) -> None:
    """The operator is told that the key or the address is wrong."""
    outcome = sort_balance(answer(status, {"message": "No"}))
    assert isinstance(outcome, Refused)
    assert outcome.failure.kind is kind


@pytest.mark.parametrize(
    ("status", "document"), [(200, {}), (200, {"current_balance": "5"}), (429, {}), (500, {}), (503, {})]
)
def test_balance_unanswered(status: int, document: object) -> None:
    """A service that is busy or answers strangely says nothing of the key."""
    assert isinstance(sort_balance(answer(status, document)), Unanswered)
