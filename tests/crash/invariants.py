"""The invariants I1 to I7 of docs/reliability.md, which hold after every fault; one function each.

Each raises an AssertionError that says what a user or the operator would have suffered.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from storage.models import FINAL, TRANSITIONS, State

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sandbox.telegram import Chat
    from sandbox.telegram.chats.messages import MessageSnapshot
    from tests.crash.evidence import Evidence, Job, Request

_BASE64 = re.compile(r"[A-Za-z0-9+/]{200,}")


def check_invariants(evidence: Evidence) -> None:
    """Check all of them."""
    for invariant in (i1_handled_once, i2_charged_once, i3_one_video, i4_idle, i5_path, i6_intact, i7_silent):
        invariant(evidence)


def i1_handled_once(evidence: Evidence) -> None:
    """Every update is handled, and each request for a video makes one job."""
    left = [row for row in evidence.rows.inbox if row[1] != "done" and row[0] > 0]  # below 0: what had no id
    assert not left, f"I1: updates that were never handled: {left}"
    waiting = [update["update_id"] for update in evidence.telegram.updates.pending]
    assert not waiting, f"I1: updates that the bot never confirmed: {waiting}"
    for asked in evidence.requests:
        if asked.video:
            made = [job.id for job in jobs_of_request(evidence, asked)]
            assert len(made) == 1, f"I1: the request {asked.messages} in {asked.chat} made {len(made)} jobs: {made}"
        else:
            replies = [seen for seen in asked.chat.messages if seen.reply_to == asked.messages[0]]
            answers = [seen for seen in replies if asked.words in seen.text]
            assert answers, f"I1: the message {asked.messages[0]} was never answered in these words: {asked.words!r}"
    for press in evidence.presses:
        known = press.query_id in evidence.telegram.callback_answers
        assert known, f"I1: the press of {press.button!r} in {press.chat} was never answered"
    wanted = sum(asked.video for asked in evidence.requests)
    assert len(evidence.rows.jobs) == wanted, f"I1: {wanted} videos were asked for, {len(evidence.rows.jobs)} jobs made"


def i2_charged_once(evidence: Evidence) -> None:
    """All services together accept and charge a job at most once, and each delivered job is charged."""
    charges, taken = Counter(evidence.charged), Counter(evidence.accepted)
    strangers = (charges.keys() | taken.keys()) - {job.id for job in evidence.rows.jobs}
    assert not strangers, f"I2: the service was asked for what no job stands for: {strangers}"
    twice = {job: count for job, count in (charges | taken).items() if count > 1}
    assert not twice, f"I2: paid more than once: {twice}"
    free = [job.id for job in evidence.rows.jobs if job.state == State.DELIVERED and charges[job.id] != 1]
    assert not free, f"I2: delivered and not charged: {free}"
    paid = [job.id for job in evidence.rows.jobs if job.state == State.FAILED and charges[job.id]]
    assert not paid, f"I2: people read that nothing was charged, and it was: {paid}"


def i3_one_video(evidence: Evidence) -> None:
    """Each delivered job shows one video, in its status message; other jobs show none."""
    for asked in evidence.requests:
        delivered = [job for job in evidence.rows.jobs if _rests(job) and job.chat_id == asked.chat.id]
        places = sorted(job.card_id or 0 for job in delivered)
        videos = sorted(seen.id for seen in asked.chat.messages if _is_video(seen))
        assert videos == places, f"I3: videos in the messages {videos}, delivered in {places}:\n{_all(asked)}"
        ever = {seen.id for seen in asked.chat.history if _is_video(seen)}
        assert len(ever) == len(delivered), f"I3: {len(ever)} videos were shown for {len(delivered)} jobs"


def i4_idle(evidence: Evidence) -> None:
    """Every job is in a final state, and its person was told how it ended."""
    stuck = [(job.id, job.state) for job in evidence.rows.jobs if job.state not in FINAL]
    assert not stuck, f"I4: jobs that came to no end: {stuck}"
    for asked in evidence.requests:
        for job in jobs_of_request(evidence, asked):
            assert job.state in asked.ends, f"I4: {job.id} ended as {job.state}:\n{_all(asked)}"
            assert _TOLD[job.state](evidence, asked.chat, job), (
                f"I4: nobody was told that {job.id} is {job.state}: {job}\n{_all(asked)}"
            )


def i5_path(evidence: Evidence) -> None:
    """The history of each job is a path that `TRANSITIONS` allows."""
    for job in evidence.rows.jobs:
        assert job.events, f"I5: {job.id} has no history"
        assert job.events[0] == (None, State.QUEUED), f"I5: {job.id} began with {job.events[0]}"
        assert job.events[-1][1] == job.state, f"I5: the history of {job.id} ends with {job.events[-1]}: {job.state}"
        for (_, before), (start, to) in pairwise(job.events):
            assert before == start, f"I5: {job.id} went to {before}, and on from {start}"
            assert State(to) in TRANSITIONS[State(start)], f"I5: {job.id} went from {start} to {to}"


def i6_intact(evidence: Evidence) -> None:
    """SQLite finds nothing wrong with the file."""
    assert evidence.rows.integrity == "ok", f"I6: {evidence.rows.integrity}"


def i7_silent(evidence: Evidence) -> None:
    """The log holds no token, no key and no photo."""
    for secret in (evidence.telegram.token, *(service.key for service in evidence.services)):
        line = next((line for line in evidence.log.splitlines() if secret in line), None)
        assert line is None, f"I7: a secret was logged: {line}"
    assert not _BASE64.search(evidence.log), "I7: Base64 was logged"


def jobs_of_request(evidence: Evidence, asked: Request) -> list[Job]:
    """Return the jobs that a request made."""
    return [job for job in evidence.rows.jobs if job.chat_id == asked.chat.id and job.message_id in asked.messages]


# ---------------------------------------------------------------- how people are told of the end
def _told_of_the_video(_: Evidence, chat: Chat, job: Job) -> bool:
    """Return True if a reply to the video says that it is ready."""
    return any(seen.reply_to == job.card_id and "is ready" in seen.text for seen in chat.messages)


def _told_of_the_failure(_: Evidence, chat: Chat, job: Job) -> bool:
    """Return True if the status message, and no other, tells of the failure."""
    texts = [seen for seen in chat.messages if f"({job.id})" in seen.text]
    return [seen.id for seen in texts] == [job.card_id] and "there is no video this time" in texts[0].text


def _told_of_the_end(evidence: Evidence, chat: Chat, job: Job) -> bool:
    """Return True if the status message says that the job was cancelled and whether it was charged; no button."""
    card = next((seen for seen in chat.messages if seen.id == job.card_id), None)
    if card is None or " — cancelled" not in card.text or card.buttons:
        return False
    free = "Nothing was charged" in card.text
    if not free and "may have been charged" not in card.text:
        return False
    charged = job.id in evidence.charged
    doubtful = any(to in {State.IN_DOUBT, State.NEEDS_DECISION} for _, to in job.events)
    return free != charged or (doubtful and not free)


def _told_that_it_is_kept(_: Evidence, chat: Chat, job: Job) -> bool:
    """Return True if the message of a video that is not to be posted offers it; any other may have no chat for that."""
    start, _to = job.events[-1]
    card = next((seen for seen in chat.messages if seen.id == job.card_id), None)
    withheld = start in {State.GENERATING, State.READY}
    return not withheld or (card is not None and " — made" in card.text and bool(card.buttons))


_TOLD: Mapping[str, Callable[[Evidence, Chat, Job], bool]] = {
    State.DELIVERED: _told_of_the_video,
    State.FAILED: _told_of_the_failure,
    State.CANCELLED: _told_of_the_end,
    State.UNDELIVERABLE: _told_that_it_is_kept,
}


def _rests(job: Job) -> bool:
    return job.state == State.DELIVERED


def _is_video(seen: MessageSnapshot) -> bool:
    return "video" in seen.raw and seen.sender == "bot"


def _all(asked: Request) -> str:
    return asked.chat.transcript()
