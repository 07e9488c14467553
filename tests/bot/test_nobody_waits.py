"""What takes long for one service, one chat or one member holds up nobody else."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from bot.updates.polling import lane_of
from bot.wakeups import Slots
from sandbox.http.faults import FOREVER, CloseAfter, Delay, Hang
from storage import State
from tests.assertions import MENTION, is_video, says

if TYPE_CHECKING:
    from sandbox.http.faults import IncomingRequest
    from sandbox.telegram import Chat
    from tests.bot_under_test import BotUnderTest

SUBMIT = "POST /v2/video/generations"
POLL = "GET /v2/video/generations"
RECORD = "GET /v2/logs"
LOST = 10
SLOW_CHATS = 20
STATUSES = 60


def others(bot: BotUnderTest, count: int = 1) -> list[Chat]:
    """Return the private chats of other people."""
    people = [bot.telegram.add_person(f"Person {number}", language_code="en") for number in range(count)]
    return [bot.telegram.private_chat(person) for person in people]


@pytest.mark.parametrize("step", [SUBMIT, POLL])
async def test_row_43_a_service_that_hangs_holds_up_no_other(
    bot_with_kling: BotUnderTest, coffee: bytes, step: str
) -> None:
    """While every request of a kind to one service hangs, the other one makes videos."""
    bot = bot_with_kling
    rule = bot.aiml.faults.add(lambda request: request.method == step, Hang(), times=FOREVER)
    await bot.start(active_limit="10", user_active_limit="20", user_daily_limit="50")
    for _ in range(10):
        bot.chat.send_photo(coffee, "/squish")
    await bot.until(lambda _: rule.use_count == 10)
    (other,) = others(bot)
    other.send_photo(coffee, "/pet_roll_window")
    await other.wait_for(is_video)
    assert not any(is_video(seen) for seen in bot.chat.messages)


async def test_row_43_lost_submits_hold_up_no_poll(bot: BotUnderTest, coffee: bytes) -> None:
    """While the service's record hangs, in which lost submits are looked for, its videos for others come."""
    bot.aiml.faults.add(SUBMIT, CloseAfter(), times=LOST)
    lookups = bot.aiml.faults.add(RECORD, Hang(), times=FOREVER)
    await bot.start(user_active_limit="20", user_daily_limit="50")
    for _ in range(LOST):
        bot.chat.send_photo(coffee, "/squish")
    await bot.until(lambda _: lookups.use_count == LOST, advancing=1)
    (other,) = others(bot)
    other.send_photo(coffee, "/squish")
    await other.wait_for(is_video)
    assert {job.state for job in await bot.jobs() if job.person_id == bot.ada.id} == {State.IN_DOUBT}


async def test_row_43_slow_chats_hold_up_no_other(bot: BotUnderTest, coffee: bytes) -> None:
    """While Telegram lets the answers to many chats wait, another person's photo becomes a video."""
    slow, gate = others(bot, SLOW_CHATS), asyncio.Event()
    ids = {chat.id for chat in slow}

    def to_slow_chat(request: IncomingRequest) -> bool:
        return request.method == "sendMessage" and int(request.params.get("chat_id", 0)) in ids

    rule = bot.telegram.faults.add(to_slow_chat, Delay(gate), times=FOREVER)
    await bot.start(user_active_limit="20")
    for chat in slow:
        chat.send_text("/help")
        chat.send_photo(coffee, "/squish")
    await bot.telegram.wait(lambda _: rule.use_count > SLOW_CHATS)
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(is_video)
    gate.set()
    for chat in slow:
        await chat.wait_for(says("I turn one or two photos"))
        await chat.wait_for(is_video)


@pytest.mark.parametrize("command", ["/status", "/help", "/effects"])
async def test_row_43_sixty_questions_hold_up_no_photo(bot: BotUnderTest, coffee: bytes, command: str) -> None:
    """A member asks sixty times for a message only; the photo that comes after it becomes a video at once."""
    bob = bot.telegram.add_person("Bob", language_code="en")
    group = bot.telegram.add_group("Friends", [bot.ada, bob])
    for _ in range(STATUSES):
        group.send_text(command + MENTION, by=bob)
    group.send_photo(coffee, f"/squish{MENTION}", by=bot.ada)
    await bot.start(rate_per_chat="20")
    await group.wait_for(is_video)
    answered = sum(seen.sender == "bot" and not is_video(seen) for seen in group.messages)
    assert answered < STATUSES


async def test_row_43_a_question_waits_for_what_came_before_it(bot: BotUnderTest, coffee: bytes) -> None:
    """/status right after a photo tells of the video, although it is handled beside photos."""
    bot.chat.send_photo(coffee, "/squish")
    bot.chat.send_text("/status")
    await bot.start()
    answer = await bot.chat.wait_for(says("Your videos"))
    assert "You haven't" not in answer.text
    await bot.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED])


@pytest.mark.parametrize(
    ("update", "lane"),
    [
        ({"message": {"chat": {"id": -5}, "text": "/status"}}, "chat -5 answers"),
        ({"message": {"chat": {"id": -5}, "text": "/Help@some_bot"}}, "chat -5 answers"),
        ({"message": {"chat": {"id": -5}, "text": "/effects\nplease"}}, "chat -5 answers"),
        ({"callback_query": {"message": {"chat": {"id": 5}}, "data": "shelves:-"}}, "chat 5 answers"),
        ({"callback_query": {"message": {"chat": {"id": 5}}, "data": "again:x"}}, "chat 5"),
        ({"callback_query": {"message": {"chat": {"id": 5}}}}, "chat 5"),
        ({"message": {"chat": {"id": 5}, "text": "/statuses"}}, "chat 5"),
        ({"message": {"chat": {"id": 5}, "text": "/cancel"}}, "chat 5"),
        ({"message": {"chat": {"id": 5}, "text": "/start run"}}, "chat 5"),
        ({"message": {"chat": {"id": 5}, "caption": "/status", "photo": []}}, "chat 5"),
        ({"message": {"chat": {"id": 5}, "text": ["/status"]}}, "chat 5"),
        ({"inline_query": {"from": {"id": 7}, "query": "/status"}}, "person 7"),
        ({"message": {"chat": {"id": "\ud800"}, "text": "words"}}, "other"),
        ({"message": "/status"}, "other"),
    ],
)
def test_row_43_what_is_handled_beside_the_rest(update: dict[str, Any], lane: str) -> None:
    """Only what makes and changes nothing leaves the order of its chat."""
    assert lane_of(update) == lane


async def test_row_43_a_slow_step_gives_its_slot_back() -> None:
    """A step that takes long no longer counts, until very many of them are slow; each end counts once."""
    freed = asyncio.Event()
    slots = Slots(1, patience=0.01, freed=freed.set)
    ends = []
    for running in range(1, 25):
        assert slots.free == 1
        ends.append(slots.take())
        assert slots.free == 0
        await asyncio.wait_for(freed.wait(), 60)
        freed.clear()
        assert slots.running == running
    assert slots.free == 0, "so many slow ones are enough"
    ends.pop()()
    assert slots.free == 1
    for end in ends:
        end()
    assert (slots.free, slots.running) == (1, 0)


async def test_row_43_a_quick_step_keeps_its_slot() -> None:
    """A step that ends in time frees its slot at its end, and a patient loop's step keeps it for as long as it runs."""
    for patience in (60.0, None):
        slots = Slots(2, patience=patience, freed=asyncio.Event().set)
        first, second = slots.take(), slots.take()
        assert slots.free == 0
        first()
        assert (slots.free, slots.running) == (1, 1)
        second()
        assert (slots.free, slots.running) == (2, 0)
