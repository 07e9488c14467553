"""How much the bot sends to a chat: the budget of each chat, and PTB's rate limiter that keeps to it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.telegram_api.rate_limit import ChatBudget, RateLimiter
from bot.telegram_api.results import ChatBudgetExceeded

RATE = 20
GROUP, OTHER_GROUP, PRIVATE, INLINE = -100_4, -100_5, 7, "AAAAinline"


class Clock:
    """Seconds that a test moves on."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        """Return the seconds."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """The clock of the budget."""
    return Clock()


@pytest.fixture
def budget(clock: Clock) -> ChatBudget:
    """A budget of 20 messages a minute."""
    return ChatBudget(RATE, clock)


async def call(limiter: RateLimiter, method: str, chat: int | str = GROUP) -> bool:
    """Call a method through the limiter; return whether it reached Telegram."""
    reached = []

    async def telegram() -> bool:
        reached.append(method)
        return True

    key = "inline_message_id" if isinstance(chat, str) else "chat_id"
    data: dict[str, Any] = {key: chat}
    try:
        await limiter.process_request(telegram, (), {}, method, data, None)
    except ChatBudgetExceeded:
        assert not reached
    return bool(reached)


def spend(budget: ChatBudget, clock: Clock, count: int, chat: int | str = GROUP) -> None:
    """Send so many messages, a tenth of a second apart."""
    for _ in range(count):
        budget.count(chat)
        clock.now += 0.1


def test_in_a_group_results_come_before_answers_before_progress(budget: ChatBudget, clock: Clock) -> None:
    """In a group progress stops at ten, answers at sixteen, results at twenty; a minute later all may again."""
    stops: dict[str, int] = {}
    for count in range(RATE + 1):
        if not budget.allows_progress(GROUP):
            stops.setdefault("progress", count)
        if budget.retry_after(GROUP, result=False) > 0:
            stops.setdefault("answers", count)
        if budget.retry_after(GROUP, result=True) > 0:
            stops.setdefault("results", count)
        spend(budget, clock, 1)
    assert stops == {"progress": 10, "answers": 16, "results": 20}
    clock.now += budget.retry_after(GROUP, result=True)
    assert budget.retry_after(GROUP, result=True) <= 0
    clock.now += 60
    assert budget.allows_progress(GROUP)


def test_the_delay_ends_when_the_oldest_message_is_a_minute_old(budget: ChatBudget, clock: Clock) -> None:
    """A refused result may be sent at the first moment at which the group has room, and not before."""
    spend(budget, clock, RATE)  # from 0.0 to 1.9, and now it is 2.0
    assert budget.retry_after(GROUP, result=True) == pytest.approx(58)
    clock.now += 57.9
    assert budget.retry_after(GROUP, result=True) > 0
    clock.now += 0.2
    assert budget.retry_after(GROUP, result=True) <= 0


@pytest.mark.parametrize("chat", [PRIVATE, INLINE])
def test_only_groups_wait(budget: ChatBudget, clock: Clock, chat: int | str) -> None:
    """In private chats and inline messages answers and results always go; only progress is kept down."""
    spend(budget, clock, 3 * RATE, chat)
    assert budget.retry_after(chat, result=False) == 0
    assert budget.retry_after(chat, result=True) == 0
    assert not budget.allows_progress(chat)


def test_chats_do_not_share_a_budget(budget: ChatBudget, clock: Clock) -> None:
    """A group that is full delays no other group, and none is delayed by what was sent elsewhere."""
    spend(budget, clock, RATE)
    clock.now += 1
    assert budget.retry_after(OTHER_GROUP, result=False) == 0
    assert budget.allows_progress(OTHER_GROUP)


def test_progress_waits_when_all_chats_together_are_busy(budget: ChatBudget, clock: Clock) -> None:
    """Twenty messages in one second, wherever they went, stop progress everywhere for a second."""
    for chat in range(20):
        budget.count(-chat - 1)
    assert not budget.allows_progress(OTHER_GROUP)
    clock.now += 1.1
    assert budget.allows_progress(OTHER_GROUP)


def test_a_blocked_chat_is_left_alone_until_the_time_is_over(budget: ChatBudget, clock: Clock) -> None:
    """What Telegram asked for in a 429 holds for that chat, to the second, and for no other."""
    budget.block(PRIVATE, 30)
    assert budget.seconds_blocked(PRIVATE) == 30
    assert not budget.allows_progress(PRIVATE)
    assert budget.seconds_blocked(GROUP) == 0
    clock.now += 30
    assert budget.seconds_blocked(PRIVATE) <= 0
    assert budget.allows_progress(PRIVATE)


@pytest.mark.parametrize("rate", [1, 2, 3])
def test_the_smallest_rate_still_lets_something_through(clock: Clock, rate: int) -> None:
    """Even with RATE_PER_CHAT=1 a group gets an answer, progress and a result each minute."""
    budget = ChatBudget(rate, clock)
    assert budget.allows_progress(GROUP)
    assert budget.retry_after(GROUP, result=False) == 0
    budget.count(GROUP)
    clock.now += 60
    assert budget.retry_after(GROUP, result=True) <= 0


def test_memory_stays_bounded(budget: ChatBudget, clock: Clock) -> None:
    """After ten thousand chats the idle ones are forgotten, those of this minute are not."""
    for chat in range(10_000):
        budget.count(-chat - 1)
    clock.now += 61
    for _ in range(RATE):
        budget.count(-20_000)
    assert budget.retry_after(-20_000, result=True) > 0
    assert budget.retry_after(-1, result=True) == 0
    assert len(budget._sent) == 1


async def test_the_limiter_counts_and_refuses(budget: ChatBudget, clock: Clock) -> None:
    """A group's answers are refused once its budget for them is used up, and its results go on."""
    limiter = RateLimiter(budget)
    assert [await call(limiter, "sendMessage") for _ in range(17)] == [True] * 16 + [False]
    assert [await call(limiter, "editMessageMedia") for _ in range(5)] == [True] * 4 + [False]
    clock.now += 60
    assert await call(limiter, "sendMessage")


@pytest.mark.parametrize(
    "method",
    [
        "sendMessage",
        "sendVideo",
        "editMessageText",
        "editMessageMedia",
        "editMessageCaption",
        "editMessageReplyMarkup",
    ],
)
async def test_every_message_and_edit_counts(budget: ChatBudget, method: str) -> None:
    """Whatever a group sees counts, whoever in the bot sent it."""
    limiter = RateLimiter(budget)
    made = [await call(limiter, method) for _ in range(RATE + 1)]
    assert not made[-1]


@pytest.mark.parametrize("method", ["getFile", "answerCallbackQuery", "deleteMessage", "sendChatAction", "getMe"])
async def test_other_calls_do_not_count(budget: ChatBudget, clock: Clock, method: str) -> None:
    """A button is answered and a message deleted even in a group that is full."""
    limiter = RateLimiter(budget)
    spend(budget, clock, RATE)
    before = budget.retry_after(GROUP, result=True)
    assert all([await call(limiter, method) for _ in range(2 * RATE)])
    assert budget.retry_after(GROUP, result=True) == before


async def test_inline_messages_count_by_their_id(budget: ChatBudget) -> None:
    """An edit of an inline message is counted there, although nobody knows its chat."""
    limiter = RateLimiter(budget)
    for _ in range(RATE):
        assert await call(limiter, "editMessageText", INLINE)
    assert not budget.allows_progress(INLINE)
