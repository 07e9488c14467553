from __future__ import annotations

import sqlite3
from time import perf_counter
from typing import TYPE_CHECKING

import pytest

from storage import InboxUpdate
from storage.inbox import ANSWER_LANE_SUFFIX
from tests.storage.samples import DAY, NOW

if TYPE_CHECKING:
    from collections.abc import Collection

    from storage import Store


async def pending(store: Store, *, now: float = NOW, busy: Collection[str] = (), limit: int = 10) -> list[int]:
    """Return the update_ids that may be handled now."""
    return [row.update_id for row in await store.inbox.pending(now=now, busy=busy, limit=limit)]


async def add(store: Store, *updates: tuple[int, str], now: float = NOW) -> None:
    await store.inbox.add([(number, lane, f"update {number}") for number, lane in updates], now=now)


async def states(store: Store) -> dict[int, tuple[str, str, int, str | None]]:
    """Return state, payload, tries and error of each update, by update_id."""
    rows = await store.database.execute("SELECT update_id, state, payload, tries, error FROM inbox ORDER BY seq")
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in rows}


async def test_an_update_is_read_as_it_was_stored(store: Store) -> None:
    """A user's message reaches the handlers unchanged, with the time at which it came."""
    await store.inbox.add([(41, "7", '{"text": "hug 🤗"}')], now=NOW)
    rows = await store.inbox.pending(now=NOW, busy=(), limit=10)
    assert rows == [InboxUpdate(seq=1, update_id=41, lane="7", payload='{"text": "hug 🤗"}', tries=0, received_at=NOW)]


async def test_an_empty_batch(store: Store) -> None:
    """An empty batch is no error, and nothing is pending."""
    await store.inbox.add([], now=NOW)
    assert await pending(store) == []
    assert await store.inbox.next_due(()) is None


async def test_a_repeated_update_is_stored_once(store: Store) -> None:
    """An update that Telegram sends again, alone or among new ones, is handled once."""
    await add(store, (1, "a"), (1, "a"))
    await add(store, (1, "a"), (2, "b"))
    assert await pending(store) == [1, 2]


async def test_a_repeated_update_is_not_handled_again(store: Store) -> None:
    """A batch that Telegram repeats after a lost confirmation changes nothing."""
    await add(store, (1, "a"))
    await store.inbox.mark_done([1])
    await add(store, (1, "a"), now=NOW + 60)
    assert await pending(store, now=NOW + 60) == []


async def test_updates_are_in_the_order_of_arrival_even_if_ids_jump_down(store: Store) -> None:
    """After a quiet week Telegram's ids begin anew below the old ones, and users are still answered in turn."""
    await add(store, (900, "a"), (901, "b"))
    await add(store, (3, "c"))
    assert await pending(store) == [900, 901, 3]


async def test_one_update_of_a_lane_at_a_time(store: Store) -> None:
    """Updates of one chat are handled one after another, those of other chats at the same time."""
    await add(store, (1, "a"), (2, "a"), (3, "b"), (4, "a"))
    assert await pending(store) == [1, 3]
    await store.inbox.mark_done([1])
    assert await pending(store) == [2, 3]


async def test_a_busy_lane_waits(store: Store) -> None:
    """While one update of a chat is being handled, its next one waits."""
    await add(store, (1, "a"), (2, "b"), (3, "c"))
    assert await pending(store, busy={"a", "c"}) == [2]
    assert await pending(store, busy=["a", "b", "c"]) == []
    assert await store.inbox.next_due({"a", "b", "c"}) is None


async def test_one_users_flood_does_not_hold_up_another(store: Store) -> None:
    """A user who sends a hundred messages does not delay the one who sends the next."""
    await add(store, *((number, "flood") for number in range(100)), (100, "quiet"))
    assert await pending(store, limit=2) == [0, 100]


async def test_the_oldest_updates_come_first(store: Store) -> None:
    """If more chats wait than can be served at once, those that have waited longest are served first."""
    await add(store, (1, "a"), (2, "b"), (3, "c"))
    assert await pending(store, limit=2) == [1, 2]


async def test_a_postponed_update_holds_up_its_lane_only(store: Store) -> None:
    """An update that is tried again later is not overtaken by the next one of its chat."""
    await add(store, (1, "a"), (2, "a"), (3, "b"))
    await store.inbox.postpone(1, due_at=NOW + 4, error="TimedOut", count_try=True)
    assert await pending(store) == [3]
    assert await store.inbox.next_due(()) == NOW
    assert await store.inbox.next_due({"b"}) == NOW + 4
    assert await pending(store, now=NOW + 4) == [1, 3]


async def test_a_rate_limit_is_no_try(store: Store) -> None:
    """A rate limit of Telegram does not use up the tries after which an update is set aside."""
    await add(store, (1, "a"))
    await store.inbox.postpone(1, due_at=NOW, error="RetryAfter", count_try=False)
    await store.inbox.postpone(1, due_at=NOW, error="ValueError", count_try=True)
    (row,) = await store.inbox.pending(now=NOW, busy=(), limit=1)
    assert row.tries == 1
    assert await states(store) == {1: ("pending", "update 1", 1, "ValueError")}


async def test_a_handled_update_is_erased(store: Store) -> None:
    """What a user wrote is not kept once it has been handled."""
    await add(store, (1, "a"))
    await store.inbox.mark_done([1])
    assert await states(store) == {1: ("done", "", 0, None)}


async def test_an_update_set_aside_holds_nobody_up(store: Store) -> None:
    """An update that can't be handled is kept for the operator, and the next one of its chat is handled."""
    await add(store, (1, "a"), (2, "a"))
    await store.inbox.set_aside(1, error="cannot be parsed")
    assert await pending(store) == [2]
    assert (await states(store))[1] == ("set_aside", "update 1", 0, "cannot be parsed")


async def test_an_undecodable_update_gets_a_negative_id(store: Store) -> None:
    """Anything without an update_id is kept for the operator, and takes no real id away."""
    for _ in range(2):
        await store.inbox.set_aside_undecodable("gibberish", now=NOW)
    await add(store, (0, "a"), (5, "a"))
    await store.inbox.set_aside_undecodable("more of it", now=NOW)
    assert await pending(store) == [0]
    assert {number: row[:2] for number, row in (await states(store)).items()} == {
        -1: ("set_aside", "gibberish"),
        0: ("pending", "update 0"),
        5: ("pending", "update 5"),
        -2: ("set_aside", "more of it"),
    }


async def test_a_batch_is_stored_whole_or_not_at_all(store: Store) -> None:
    """If one update of a batch can't be stored, none is, so that Telegram sends all of them again."""
    with pytest.raises(sqlite3.IntegrityError):
        await store.inbox.add([(1, "a", "fine"), (2, "a", None)], now=NOW)  # type: ignore[list-item] # the fault
    assert await pending(store) == []


async def test_old_updates_are_deleted_unless_pending(store: Store) -> None:
    """Updates of past days are deleted, so that Telegram may use their ids again; a pending one never is."""
    await add(store, (1, "a"), (2, "b"), (3, "c"))
    await add(store, (4, "d"), now=NOW + 1)
    await store.inbox.mark_done([1])
    await store.inbox.set_aside(2, error="why")
    await store.inbox.mark_done([4])
    await store.inbox.prune(before=NOW + 1)
    assert list(await states(store)) == [3, 4]
    await add(store, (1, "a"), now=NOW + 3 * DAY)
    assert await pending(store, now=NOW + 3 * DAY) == [3, 1]


@pytest.mark.parametrize("lanes", [1, 5])
async def test_row_44_waiting_updates_cost_nothing(store: Store, lanes: int) -> None:
    """Reading the next update takes as long if 20,000 others of its chat wait behind it as if 200 do."""

    async def seconds_per_read() -> float:
        durations = []
        for _ in range(9):
            start = perf_counter()
            for _ in range(20):
                assert len(await pending(store)) == lanes
                await store.inbox.next_due(())
            durations.append(perf_counter() - start)
        return min(durations)

    await add(store, *((number, f"chat {number % lanes}") for number in range(200)))
    before = await seconds_per_read()
    await add(store, *((number, f"chat {number % lanes}") for number in range(200, 20_000)))
    assert await seconds_per_read() < 5 * before


async def test_row_43_answers_wait_for_what_came_before_only(store: Store) -> None:
    """What asks for an answer only is handled after earlier updates of its chat, and keeps no later one waiting."""
    answers = "a" + ANSWER_LANE_SUFFIX
    await add(store, (1, answers), (2, "a"), (3, answers), (4, "a"), (5, "b" + ANSWER_LANE_SUFFIX))
    assert await pending(store) == [1, 2, 5]
    await store.inbox.postpone(1, due_at=NOW + 30, error="RetryAfter", count_try=False)
    assert await pending(store) == [2, 5]
    await store.inbox.mark_done([2, 5])
    assert await pending(store) == [4]
    await store.inbox.mark_done([1])
    assert await pending(store) == [3, 4]
    await store.inbox.postpone(4, due_at=NOW + 9, error="RetryAfter", count_try=False)
    await add(store, (6, answers))
    await store.inbox.mark_done([3])
    assert await pending(store) == []
    assert await store.inbox.next_due(()) == NOW + 9


async def test_row_44_an_error_in_any_letters_is_kept(store: Store) -> None:
    """An error that quotes half of a surrogate pair is kept with a question mark in its place."""
    await add(store, (1, "a"), (2, "b"))
    await store.inbox.postpone(1, due_at=NOW, error="odd \ud800 text", count_try=True)
    await store.inbox.set_aside(2, error="\udfff")
    assert [row[3] for row in (await states(store)).values()] == ["odd ? text", "?"]
