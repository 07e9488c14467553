from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import State
from storage.limits import (
    ContentRulesLimit,
    Enqueued,
    GlobalDailyLimit,
    GroupDailyLimit,
    Limits,
    UserActiveLimit,
    UserAttemptsLimit,
    UserDailyLimit,
)
from tests.storage.samples import (
    DAY,
    HOUR,
    NO_LIMITS,
    NOW,
    PLACES,
    TRANSITION_METHODS,
    bring_to,
    enqueue,
    get_job,
    new_job,
)
from video.services.protocol import FailureKind

if TYPE_CHECKING:
    from storage import Store
    from storage.limits import EnqueueResult

GROUP = -70
ONE_A_DAY = Limits(user_daily=1, user_active=100)
TWO_A_DAY = Limits(user_daily=2, user_active=100)
TWO_AT_ONCE = Limits(user_daily=100, user_active=2)


async def create(store: Store, name: str, limits: Limits, *, now: float = NOW, **changes: object) -> EnqueueResult:
    return await store.jobs.create(new_job(name, **changes), limits, now=now)


# ---------------------------------------------------------------- a user in 24 hours
async def test_the_daily_limit_is_of_any_24_hours(store: Store) -> None:
    """A user who has used up the day's videos is told when the next one is free, and gets it exactly then."""
    await enqueue(store, "one", now=NOW)
    await enqueue(store, "two", now=NOW + HOUR)
    assert await create(store, "three", TWO_A_DAY, now=NOW + 2 * HOUR) == UserDailyLimit(NOW + DAY)
    assert isinstance(await create(store, "three", TWO_A_DAY, now=NOW + DAY), Enqueued)
    assert await create(store, "four", TWO_A_DAY, now=NOW + DAY) == UserDailyLimit(NOW + HOUR + DAY)


async def test_a_lowered_limit_counts_from_the_right_video(store: Store) -> None:
    """After the operator has lowered the limit, the time told is when enough videos are a day old."""
    for hour in range(3):
        await enqueue(store, f"job-{hour}", now=NOW + hour * HOUR)
    assert await create(store, "more", ONE_A_DAY, now=NOW + 3 * HOUR) == UserDailyLimit(NOW + 2 * HOUR + DAY)


async def test_a_daily_limit_of_zero(store: Store) -> None:
    """With a daily limit of zero every user is refused, even one who never asked before."""
    assert await create(store, "one", Limits(user_daily=0, user_active=1)) == UserDailyLimit(NOW + DAY)
    assert await store.jobs.remaining_today(7, Limits(0, 1), now=NOW) == 0


@pytest.mark.parametrize("state", list(State))
async def test_what_counts_towards_the_day(store: Store, state: State) -> None:
    """Only a video that failed, or was cancelled before its submit, does not count towards the day."""
    await bring_to(store, state)
    not_counted = state in {State.FAILED, State.CANCELLED}
    assert await store.jobs.remaining_today(7, TWO_A_DAY, now=NOW) == (2 if not_counted else 1)
    assert isinstance(await create(store, "more", ONE_A_DAY), Enqueued) == not_counted


@pytest.mark.parametrize(("state", "end"), [(State.NEEDS_DECISION, "cancel"), (State.READY, "withhold_ready")])
async def test_a_cancelled_video_that_may_have_cost_money_counts(store: Store, state: State, end: str) -> None:
    """A video that may have been paid for counts although the user cancelled it."""
    await bring_to(store, state)
    assert await TRANSITION_METHODS[end].call(store.transitions, "job", NOW) is not None
    assert await store.jobs.remaining_today(7, ONE_A_DAY, now=NOW) == 0


async def test_a_video_cancelled_between_two_submits_does_not_count(store: Store) -> None:
    """A video that the busy service did not take has cost nothing, so cancelling it frees its place."""
    await bring_to(store, State.SUBMITTING)
    assert await TRANSITION_METHODS["requeue"].call(store.transitions, "job", NOW) is not None
    assert await store.transitions.cancel("job", now=NOW) is not None
    assert await store.jobs.remaining_today(7, ONE_A_DAY, now=NOW) == 1


async def test_each_user_has_their_own_limit(store: Store) -> None:
    """One user's videos take nothing from another's, and count in every chat."""
    await enqueue(store, "one", person_id=7, chat_id=GROUP)
    assert isinstance(await create(store, "two", ONE_A_DAY, person_id=8, chat_id=GROUP), Enqueued)
    assert await create(store, "three", ONE_A_DAY, person_id=7, chat_id=-71) == UserDailyLimit(NOW + DAY)
    assert await store.jobs.remaining_today(9, ONE_A_DAY, now=NOW) == 1


async def test_admins_are_exempt(store: Store) -> None:
    """An admin has no limits, and what was asked for as an admin counts towards none."""
    for number in range(3):
        assert isinstance(await create(store, f"job-{number}", Limits(0, 0), exempt=True), Enqueued)
    assert await store.jobs.remaining_today(7, ONE_A_DAY, now=NOW) == 1
    assert isinstance(await create(store, "as a user", Limits(1, 1)), Enqueued)


# ---------------------------------------------------------------- at the same time, a group, all users
@pytest.mark.parametrize("state", list(State))
async def test_the_active_limit_counts_unfinished_videos(store: Store, state: State) -> None:
    """A user may have so many unfinished videos at once; a finished one makes room, whatever its end."""
    job = await bring_to(store, state, "one")
    await enqueue(store, "two")
    outcome = await create(store, "three", TWO_AT_ONCE)
    assert outcome == UserActiveLimit() if job.finished_at is None else isinstance(outcome, Enqueued)


@pytest.mark.parametrize(("operators", "groups", "limit"), [(2, None, 2), (3, 2, 2), (2, 3, 2), (2, 0, 0)])
async def test_a_group_sets_no_more_than_the_operator_allows(
    store: Store, operators: int, groups: int | None, limit: int
) -> None:
    """The smaller of the operator's and the group's own daily limit applies to the group's users together."""
    limits = Limits(100, 100, group_daily=operators)
    await store.groups.set(GROUP, "daily", groups)
    assert await store.jobs.group_limit(GROUP, limits) == limit
    for number in range(limit):
        assert isinstance(await create(store, f"job-{number}", limits, chat_id=GROUP, person_id=number), Enqueued)
    outcome = await create(store, "more", limits, chat_id=GROUP, person_id=99)
    assert outcome == GroupDailyLimit(limit, NOW + DAY)
    assert isinstance(await create(store, "private", limits, person_id=99), Enqueued)


async def test_the_global_limit_is_of_all_users_together(store: Store) -> None:
    """All users together may ask for so many videos in 24 hours; cancelling makes room, an admin's never counts."""
    two = Limits(9, 9, global_daily=2)
    await enqueue(store, "one", person_id=7, now=NOW)
    await enqueue(store, "two", person_id=8, chat_id=GROUP, now=NOW + HOUR)
    await enqueue(store, "free", person_id=1, exempt=True)
    assert await store.jobs.used_today(now=NOW + HOUR) == 2
    assert await create(store, "three", two, person_id=9, now=NOW + 2 * HOUR) == GlobalDailyLimit(NOW + DAY)
    assert isinstance(await create(store, "admin's", two, person_id=1, exempt=True, now=NOW + 2 * HOUR), Enqueued)
    await store.transitions.cancel("one", now=NOW + 2 * HOUR)
    assert isinstance(await create(store, "three", two, person_id=9, now=NOW + 2 * HOUR), Enqueued)
    assert await create(store, "four", two, person_id=9, now=NOW + 3 * HOUR) == GlobalDailyLimit(NOW + HOUR + DAY)
    nothing = Limits(9, 9, global_daily=0)
    assert await create(store, "none", nothing, person_id=9, now=NOW) == GlobalDailyLimit(NOW + DAY)


# ---------------------------------------------------------------- attempts, and photos that break the content rules
async def fail(store: Store, name: str, reason: str, *, now: float = NOW, **changes: object) -> None:
    """Ask for a video, and have it fail at the service."""
    await bring_to(store, State.GENERATING, name, now=now, **changes)
    assert await store.transitions.fail(name, reason=reason, photo=None, detail="", now=now) is not None


NOT_THE_PERSONS = {
    *(FailureKind.BUSY, FailureKind.DOWN, FailureKind.OUT_OF_CREDIT, FailureKind.BAD_KEY),
    *(FailureKind.MISCONFIGURED, FailureKind.RETIRED, FailureKind.NOT_OFFERED),
}

MAY_BE_CHARGED = {FailureKind.GIVEN_UP, FailureKind.NO_VIDEO}


@pytest.mark.parametrize("reason", sorted(NOT_THE_PERSONS))
async def test_row_30_what_the_operator_must_mend_is_no_attempt(store: Store, reason: str) -> None:
    """What failed because the service is down, or does not let the bot in, takes no attempt from the person."""
    await fail(store, "one", reason)
    assert isinstance(await create(store, "two", Limits(user_daily=1, user_active=9, user_attempts=1)), Enqueued)


@pytest.mark.parametrize(
    "reason", sorted(set(FailureKind) - NOT_THE_PERSONS - MAY_BE_CHARGED - {FailureKind.MODERATED})
)
async def test_row_30_what_fails_at_the_service_counts_as_an_attempt(store: Store, reason: str) -> None:
    """A video that failed frees its place in the day, but only so many may be sent to the service."""
    limits = Limits(user_daily=2, user_active=9, user_attempts=3)
    for number in range(3):
        assert await store.jobs.remaining_today(7, limits, now=NOW) == min(2, 3 - number)
        await fail(store, f"job-{number}", reason, now=NOW + number * HOUR)
    assert await store.jobs.remaining_today(7, limits, now=NOW + 3 * HOUR) == 0
    assert await create(store, "more", limits, now=NOW + 3 * HOUR) == UserAttemptsLimit(NOW + DAY)
    assert isinstance(await create(store, "more", limits, now=NOW + DAY), Enqueued)
    assert isinstance(await create(store, "another's", limits, person_id=8), Enqueued)


async def test_row_30_attempts_are_three_times_the_videos_unless_set() -> None:
    """Without USER_DAILY_ATTEMPTS a user has three attempts for each video of the day."""
    assert Limits(user_daily=4, user_active=1).attempts == 12
    assert Limits(user_daily=4, user_active=1, user_attempts=0).attempts == 0


async def test_row_30_what_never_reached_the_service_is_no_attempt(store: Store) -> None:
    """A video that was cancelled or failed before its submit is no attempt; one that is waiting will be."""
    limits = Limits(user_daily=9, user_active=9, user_attempts=1)
    await enqueue(store, "cancelled")
    await store.transitions.cancel("cancelled", now=NOW)
    await enqueue(store, "waiting")
    assert await create(store, "more", limits) == UserAttemptsLimit(NOW + DAY)
    await store.transitions.cancel("waiting", now=NOW)
    assert isinstance(await create(store, "more", limits), Enqueued)


async def test_row_30_after_five_refusals_by_content_rules_a_person_waits(store: Store) -> None:
    """Who was refused by content rules five times in 24 hours waits; other failures are no such refusals."""
    limits = Limits(user_daily=20, user_active=9)
    await fail(store, "no face", "no_face")
    for number in range(5):
        assert isinstance(await create(store, f"fine-{number}", limits, now=NOW + number * HOUR), Enqueued)
        await fail(store, f"job-{number}", "moderated", now=NOW + number * HOUR)
    assert await create(store, "more", limits, now=NOW + 5 * HOUR) == ContentRulesLimit(NOW + DAY)
    assert isinstance(await create(store, "more", limits, now=NOW + DAY), Enqueued)


async def test_row_30_admins_have_no_limit_of_attempts(store: Store) -> None:
    """Nothing that an admin tries counts against them."""
    limits = Limits(user_daily=1, user_active=9, user_attempts=1, user_refused=1)
    await fail(store, "one", "moderated", exempt=True)
    assert isinstance(await create(store, "two", limits, exempt=True), Enqueued)
    assert isinstance(await create(store, "as a user", limits), Enqueued)


# ---------------------------------------------------------------- row 27: lost submits that are sent again
async def resubmit(store: Store, limits: Limits, *, submit: int = 1, now: float = NOW, exempt: bool = False) -> str:
    """Have the lost submit of the job sent again, and return the name of what comes of it."""
    job = await get_job(store)
    outcome = await store.jobs.resubmit(job, submit, limits, theme="", by_admin=False, exempt=exempt, now=now)
    return type(outcome).__name__


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (Limits(1, 9), "UserDailyLimit"),
        (Limits(9, 9, user_attempts=1), "UserAttemptsLimit"),
        (Limits(9, 9, group_daily=1), "GroupDailyLimit"),
        (Limits(9, 9, global_daily=1), "GlobalDailyLimit"),
        (Limits(2, 1, 2, 2), "Enqueued"),
    ],
)
async def test_row_27_each_limit_holds_for_what_is_sent_again(store: Store, limits: Limits, expected: str) -> None:
    """Sending a lost submit again is one more video for every limit; the unfinished job itself is no second one."""
    await bring_to(store, State.NEEDS_DECISION, chat_id=-70)
    assert await resubmit(store, limits) == expected
    assert await resubmit(store, limits, exempt=True) == ("Duplicate" if expected == "Enqueued" else "Enqueued")


async def test_row_27_what_was_sent_again_counts_from_then_on(store: Store) -> None:
    """A video that is sent again at the end of the day counts for another day."""
    await bring_to(store, State.NEEDS_DECISION)
    assert await resubmit(store, Limits(2, 9), now=NOW + DAY - 1) == "Enqueued"
    assert await store.transitions.submit("job", PLACES, account="ours", now=NOW + DAY - 1) is not None
    assert await store.jobs.remaining_today(7, Limits(2, 9), now=NOW + DAY + 1) == 1
    assert await store.jobs.remaining_today(7, Limits(2, 9), now=NOW + 2 * DAY) == 2


async def test_row_27_a_press_answers_the_submit_that_it_names(store: Store) -> None:
    """A press under the question about an earlier submit neither sends a later one again nor leaves it."""
    await bring_to(store, State.NEEDS_DECISION)
    for expected in ("Enqueued", "Duplicate"):
        assert await resubmit(store, NO_LIMITS) == expected
    for step in ("submit", "mark_in_doubt", "ask_user"):
        await TRANSITION_METHODS[step].call(store.transitions, "job", NOW)
    assert await resubmit(store, NO_LIMITS, submit=1) == "Duplicate"
    assert await store.transitions.leave("job", 1, now=NOW) is None
    assert await store.transitions.leave("job", 2, now=NOW) is not None


async def test_row_27_a_lost_submit_counts_if_nothing_follows_it(store: Store) -> None:
    """A job that fails after Try again, before it is sent, still counts: its lost submit may have been charged."""
    await bring_to(store, State.NEEDS_DECISION)
    assert await resubmit(store, NO_LIMITS) == "Enqueued"
    failed = await store.transitions.fail("job", reason="photo_unreadable", photo=1, detail="", now=NOW)
    assert failed is not None
    assert failed.lost_submit
    assert await store.jobs.remaining_today(7, TWO_A_DAY, now=NOW) == 1


@pytest.mark.parametrize("reason", sorted(MAY_BE_CHARGED))
async def test_row_36_what_may_have_been_charged_counts(store: Store, reason: str) -> None:
    """A video that failed although its service did not say that it charged nothing takes its place of the day."""
    await fail(store, "one", reason)
    assert await store.jobs.remaining_today(7, TWO_A_DAY, now=NOW) == 1
