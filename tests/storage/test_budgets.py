"""Budgets in US dollars: reserved when a video is asked for, settled at its end, and never passed."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import State, Store
from storage.budgets import BudgetKind, BudgetReached, Budgets, microusd
from storage.limits import Enqueued, Limits
from tests.storage.samples import DAY, HOUR, NO_LIMITS, NOW, PLACES, bring_to, enqueue, new_job

if TYPE_CHECKING:
    from storage.limits import EnqueueResult

GROUP = -70
ROOT = Path(__file__).parents[2]
ONE = microusd(1)


def within(**amounts: int | None) -> Limits:
    """Return limits that allow any number of videos, for so much money."""
    return Limits(1_000, 1_000, 1_000, 100_000, budgets=Budgets(**amounts))


async def ask(store: Store, name: str, limits: Limits, *, now: float = NOW, **changes: Any) -> EnqueueResult:
    """Ask for a video that reserves a dollar."""
    return await store.jobs.create(new_job(name, **{"reserved_microusd": ONE} | changes), limits, now=now)


@pytest.mark.parametrize(
    ("usd", "amount"), [(0.28, 280_000), (0.0000001, 1), (0.1 + 0.2, 300_000), (0, 0), (1.4000001, 1_400_001)]
)
def test_an_amount_is_rounded_up(usd: float, amount: int) -> None:
    """A price is reserved in whole millionths of a dollar: never less than it is, and no more for a rounding error."""
    assert microusd(usd) == amount


@pytest.mark.parametrize(
    ("budget", "kind", "span"),
    [
        ("user_daily", BudgetKind.USER_DAILY, DAY),
        ("group_daily", BudgetKind.GROUP_DAILY, DAY),
        ("daily", BudgetKind.DAILY, DAY),
        ("monthly", BudgetKind.MONTHLY, 30 * DAY),
    ],
)
async def test_a_budget_is_told_with_its_time(store: Store, budget: str, kind: BudgetKind, span: float) -> None:
    """Whoever would pass a budget is told which one, and when it suffices again; then it does."""
    limits = within(**{budget: 2 * ONE})
    for hour in range(2):
        assert isinstance(await ask(store, f"{hour}", limits, now=NOW + hour * HOUR, chat_id=GROUP), Enqueued)
    reached = await ask(store, "more", limits, now=NOW + 2 * HOUR, chat_id=GROUP)
    assert reached == BudgetReached(kind, NOW + span)
    two = await ask(store, "more", limits, now=NOW + 2 * HOUR, chat_id=GROUP, reserved_microusd=2 * ONE)
    assert two == BudgetReached(kind, NOW + HOUR + span)
    never = await ask(store, "more", limits, now=NOW + 2 * HOUR, chat_id=GROUP, reserved_microusd=3 * ONE)
    assert never == BudgetReached(kind, None)
    assert isinstance(await ask(store, "more", limits, now=NOW + span, chat_id=GROUP), Enqueued)


async def test_nothing_and_no_limit(store: Store) -> None:
    """A budget of 0 allows nothing, not even what is free; none at all allows everything."""
    nothing = within(daily=0)
    assert await ask(store, "one", nothing, reserved_microusd=0) == BudgetReached(BudgetKind.DAILY, None)
    assert isinstance(await ask(store, "one", within(), reserved_microusd=10**12), Enqueued)


async def test_others_have_their_own(store: Store) -> None:
    """One person's budget is not used up by another's videos, nor a group's by a private chat's."""
    limits = within(user_daily=ONE, group_daily=ONE)
    assert isinstance(await ask(store, "ada", limits), Enqueued)
    assert isinstance(await ask(store, "ben", limits, person_id=8, chat_id=GROUP), Enqueued)
    assert await ask(store, "cyd", limits, person_id=9, chat_id=GROUP) == BudgetReached(
        BudgetKind.GROUP_DAILY, NOW + DAY
    )


async def test_admins_spend_the_operators_money(store: Store) -> None:
    """Admins have no budget of their own, but the one for everybody ends for them, too."""
    limits = within(user_daily=0, group_daily=0, daily=ONE)
    assert isinstance(await ask(store, "one", limits, exempt=True, chat_id=GROUP), Enqueued)
    assert await ask(store, "two", limits, exempt=True) == BudgetReached(BudgetKind.DAILY, NOW + DAY)


async def test_an_admins_video_uses_up_no_groups_budget(store: Store) -> None:
    """What an admin asks for in a group leaves the group's own budget to its members."""
    limits = within(group_daily=ONE, daily=2 * ONE)
    assert isinstance(await ask(store, "admin's", limits, exempt=True, chat_id=GROUP), Enqueued)
    assert isinstance(await ask(store, "ben's", limits, person_id=8, chat_id=GROUP), Enqueued)
    assert await ask(store, "cyd's", limits, person_id=9, chat_id=GROUP) == BudgetReached(
        BudgetKind.GROUP_DAILY, NOW + DAY
    )


@pytest.mark.parametrize(
    ("ends", "free"),
    [
        (State.FAILED, True),
        (State.CANCELLED, True),
        (State.DELIVERED, False),
        (State.IN_DOUBT, False),
        (State.NEEDS_DECISION, False),
        (State.UNDELIVERABLE, False),
    ],
)
async def test_what_failed_gives_its_money_back(store: Store, ends: State, *, free: bool) -> None:
    """What failed or was cancelled unpaid gives back what it reserved; what was made or is in doubt keeps it."""
    await bring_to(store, ends, "job", reserved_microusd=ONE)
    in_use = await store.spendings.in_use(since=NOW - DAY)
    assert (in_use == 0) == free


async def test_the_end_settles_what_it_cost(store: Store) -> None:
    """Once the service has told the price, that counts in place of what was reserved."""
    await bring_to(store, State.GENERATING, "job", reserved_microusd=ONE)
    assert [tuple(one) for one in await store.spendings.by_service(since=0)] == [("aiml", 0, ONE)]
    await store.transitions.complete("job", "https://x/v.mp4", usd=0.28, now=NOW)
    assert [tuple(one) for one in await store.spendings.by_service(since=0)] == [("aiml", 280_000, 0)]
    assert [tuple(one) for one in await store.spendings.dearest("person_id", since=0)] == [(7, 280_000, 0)]


@pytest.mark.parametrize(("told", "counted"), [(1e300, 1_000 * ONE), (-5.0, 0), (float("inf"), 1_000 * ONE)])
async def test_a_senseless_price_stops_nobody(store: Store, told: float, counted: int) -> None:
    """A service that tells a senseless price neither breaks the sums, for anybody, nor gives budget back."""
    await bring_to(store, State.GENERATING, "job", reserved_microusd=ONE)
    await store.transitions.complete("job", "https://x/v.mp4", usd=told, now=NOW)
    assert await store.spendings.in_use(since=0) == counted
    assert isinstance(await ask(store, "another", within(daily=2_000 * ONE)), Enqueued)


async def test_a_made_video_without_a_price_is_spent(store: Store) -> None:
    """A video that was made at a price that nobody told counts as spent, by what was reserved for it."""
    await bring_to(store, State.GENERATING, "job", reserved_microusd=ONE)
    await store.transitions.complete("job", "https://x/v.mp4", usd=None, now=NOW)
    assert [tuple(one) for one in await store.spendings.by_service(since=0)] == [("aiml", ONE, 0)]


async def test_a_second_submit_reserves_again(store: Store) -> None:
    """A lost submit that is sent again costs a second time, and is refused if the budget does not suffice."""
    await bring_to(store, State.NEEDS_DECISION, "job", reserved_microusd=ONE)
    job = await store.jobs.get("job")
    assert job is not None
    again: dict[str, Any] = {"theme": "", "by_admin": False, "exempt": False, "now": NOW, "reserved_microusd": ONE}
    reached = await store.jobs.resubmit(job, 1, within(user_daily=2 * ONE - 1), **again)
    assert reached == BudgetReached(BudgetKind.USER_DAILY, NOW + DAY)
    assert isinstance(await store.jobs.resubmit(job, 1, within(user_daily=2 * ONE), **again), Enqueued)
    assert await store.spendings.in_use(since=NOW - DAY) == 2 * ONE


async def test_deleted_jobs_count_for_a_month(store: Store) -> None:
    """What jobs cost counts in the month's budget after they were deleted, and their group may change its id."""
    await bring_to(store, State.DELIVERED, "job", chat_id=GROUP, reserved_microusd=ONE)
    before = await store.spendings.in_use(since=NOW - DAY)
    await store.jobs.prune(before=NOW + 2 * DAY, now=NOW + 4 * DAY)
    assert await store.jobs.get("job") is None
    assert await store.spendings.in_use(since=NOW - DAY) == before > 0
    await store.move_chat(GROUP, -100_70, now=NOW)
    assert [one.of for one in await store.spendings.dearest("group_id", since=0)] == [-100_70]
    reached = await ask(store, "new", within(monthly=before), now=NOW + 5 * DAY, reserved_microusd=before)
    assert reached == BudgetReached(BudgetKind.MONTHLY, NOW + 30 * DAY)
    await store.jobs.prune(before=NOW, now=NOW + 31 * DAY)
    assert await store.spendings.in_use(since=0) == 0


async def test_eight_at_once_never_pass_a_budget(store: Store) -> None:
    """Of eight people who ask at the same moment, only as many get a video as there is money for."""
    limits = within(daily=3 * ONE)
    results = await asyncio.gather(*(ask(store, f"{n}", limits, person_id=n + 1, chat_id=n + 1) for n in range(8)))
    assert sum(isinstance(result, Enqueued) for result in results) == 3
    assert await store.spendings.in_use(since=NOW - DAY) == 3 * ONE


async def test_processes_never_pass_a_budget(store: Store, path: Path) -> None:
    """Of eight processes that ask in the same file at the same moment, only as many succeed as there is money for."""
    command = sys.executable, "-m", "tests.storage.asks_in_a_process", str(path)
    pipe = asyncio.subprocess.PIPE
    children = [
        await asyncio.create_subprocess_exec(*command, str(n), stdin=pipe, stdout=pipe, cwd=ROOT) for n in range(8)
    ]
    for child in children:
        assert await asyncio.wait_for(_stdout(child).readline(), 60) == b"ready\n"
    answers = await asyncio.gather(*(child.communicate(b"go\n") for child in children))
    assert sorted(answer.strip() for answer, _ in answers) == [b"BudgetReached"] * 5 + [b"Enqueued"] * 3
    assert await store.spendings.in_use(since=NOW - DAY) == 3 * ONE


def _stdout(child: asyncio.subprocess.Process) -> asyncio.StreamReader:
    assert child.stdout is not None
    return child.stdout


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 3), st.sampled_from([7, GROUP]), st.integers(1, 4), st.integers(0, 30)), max_size=25
    ),
    st.integers(0, 8),
    st.integers(0, 8),
)
def test_any_history_keeps_within(
    tmp_path_factory: pytest.TempPathFactory, asked: list[tuple[int, int, int, int]], user_daily: int, daily: int
) -> None:
    """Whoever asks for whatever and whenever: in no 24 hours is more reserved than a budget allows."""

    async def run() -> None:
        store = await Store.open(tmp_path_factory.mktemp("budgets") / "bot.db")
        try:
            limits, now = within(user_daily=user_daily, daily=daily), NOW
            made: list[tuple[float, int, int]] = []
            for number, (person, chat, amount, hours) in enumerate(asked):
                now += hours * HOUR
                changes = {"person_id": person, "chat_id": chat, "reserved_microusd": amount}
                result = await ask(store, f"{number}", limits, now=now, **changes)
                recent = [(who, cost) for at, who, cost in made if at > now - DAY]
                fits = 0 < daily >= sum(cost for _, cost in recent) + amount
                own = sum(cost for who, cost in recent if who == person) + amount
                assert isinstance(result, Enqueued) == (fits and 0 < user_daily >= own)
                if isinstance(result, Enqueued):
                    made.append((now, person, amount))
        finally:
            await store.close()

    asyncio.run(run())


async def test_no_budget_of_an_earlier_version(store: Store) -> None:
    """A job that an earlier version made reserves nothing, and counts by its price."""
    await enqueue(store, "old")
    await store.transitions.submit("old", PLACES, account="ours", now=NOW)
    assert await store.spendings.in_use(since=0) == 0
    assert isinstance(await store.jobs.create(new_job("new"), NO_LIMITS, now=NOW), Enqueued)
