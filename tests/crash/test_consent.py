"""Rows 1 and 14 for consent: nothing is sent before the person agrees, whatever is killed or lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.http.faults import CloseAfter
from sandbox.photos import photo
from storage import State
from tests.assertions import MENTION
from tests.crash.evidence import Request
from tests.crash.kill_sequences import MAX_REQUESTS, in_each_phase, kill_at_each_request
from tests.crash.killer import MOMENTS
from tests.crash.people import CONFIRM_QUESTION as AGAIN_QUESTION
from tests.crash.people import TRY_AGAIN, Reaction

if TYPE_CHECKING:
    from sandbox.http.faults import Phase
    from sandbox.telegram import Chat
    from tests.bot_under_test import BotUnderTest
    from tests.crash.conftest import NewCrashSandbox
    from tests.crash.crash_sandbox import CrashSandbox

QUESTION = "with your profile picture"
ACCEPT = "✅ Accept"
CONSENT = 14
"""Requests that such a job makes at least: the question and its answer beside those of any job."""


def hug_with_somebody(sandbox: CrashSandbox) -> Request:
    """A member asks for a hug with another one, who accepts as soon as they are asked."""
    telegram, people = sandbox.telegram, sandbox.people
    number = len(telegram.people)
    asker = telegram.add_person(f"Asker {number}", language_code="en", profile_photo=photo("ada"))
    other = telegram.add_person(f"Other {number}", language_code="en", profile_photo=photo("ben"))
    group = telegram.add_group(f"Friends {number}", [asker, other])
    submitted = len(sandbox.aiml.submissions)

    def accept(chat: Chat, message_id: int) -> None:
        assert len(sandbox.aiml.submissions) == submitted, "submitted before anyone agreed"
        people.pressing(ACCEPT, other)(chat, message_id)

    people.add_reaction(group, Reaction((QUESTION,), accept))
    people.add_reaction(group, Reaction((AGAIN_QUESTION,), people.pressing(TRY_AGAIN, asker), each_time=True))
    words = group.send_text("good morning", by=other)
    asked = group.send_text(f"/hug{MENTION}", by=asker, reply_to=words)
    return people.record(Request(group, (asked,), video=True, ends=frozenset({State.DELIVERED})))


async def test_row_1_every_third_request_of_a_consent(new_sandbox: NewCrashSandbox) -> None:
    """Wherever the bot is killed on the way of a consent, one video comes, paid once, after the person agreed."""

    async def work(sandbox: CrashSandbox, moment: Phase) -> None:
        await kill_at_each_request(
            sandbox, hug_with_somebody, moment, range(1 + MOMENTS.index(moment), MAX_REQUESTS, 3)
        )

    await in_each_phase(new_sandbox, work)


@pytest.mark.matrix
async def test_row_1_every_request_of_a_consent(new_sandbox: NewCrashSandbox) -> None:
    """As above, at every request."""

    async def work(sandbox: CrashSandbox, moment: Phase) -> None:
        victims = await kill_at_each_request(sandbox, hug_with_somebody, moment, range(1, MAX_REQUESTS))
        assert len(victims) >= CONSENT, victims

    await in_each_phase(new_sandbox, work)


@pytest.mark.parametrize("method", ["sendMessage", "getUserProfilePhotos", "getChatMember", "deleteMessage"])
async def test_row_14_an_answer_on_the_way_of_a_consent(bot: BotUnderTest, ada: bytes, ben: bytes, method: str) -> None:
    """Telegram did what it was asked and its answer was lost: there is one video, after a consent."""
    bot.ada.profile_photo = ada
    other = bot.telegram.add_person("Ben", profile_photo=ben)
    group = bot.telegram.add_group("Friends", [bot.ada, other])
    bot.telegram.faults.add(method, CloseAfter())
    await bot.start()
    group.send_text(f"/hug{MENTION}", by=bot.ada, reply_to=group.send_text("hello", by=other))
    question = await group.wait_for(lambda seen: QUESTION in seen.text)
    group.press(question.id, ACCEPT, by=other)
    await bot.until(lambda jobs: bool(jobs) and jobs[0].state is State.DELIVERED, advancing=1)
    assert len(bot.aiml.ledger) == 1
    assert len([seen for seen in group.messages if seen.video is not None]) == 1


async def test_row_14_a_question_that_was_asked_twice(bot: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """A question whose id was lost is asked again; the one answered, the other says thanks too and vanishes."""
    bot.ada.profile_photo = ada
    other = bot.telegram.add_person("Ben", profile_photo=ben)
    group = bot.telegram.add_group("Friends", [bot.ada, other])
    bot.telegram.faults.add("sendMessage", CloseAfter())
    await bot.start()
    group.send_text(f"/hug{MENTION}", by=bot.ada, reply_to=group.send_text("hello", by=other))
    first = await group.wait_for(lambda seen: QUESTION in seen.text)
    bot.advance(30)
    second = await group.wait_for(lambda seen: QUESTION in seen.text and seen.id != first.id)
    group.press(second.id, ACCEPT, by=other)
    await bot.until_state(State.DELIVERED)
    group.press(first.id, ACCEPT, by=other)
    await group.wait(lambda chat: not [seen for seen in chat.messages if QUESTION in seen.text])
    assert len(await bot.jobs()) == 1
