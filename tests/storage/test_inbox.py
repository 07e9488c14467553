from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from storage import InboxUpdate
from tests.storage.samples import DAY, NOW

if TYPE_CHECKING:
    from collections.abc import Collection

    from storage import Store


async def waiting(store: Store, *, now: float = NOW, busy: Collection[str] = (), limit: int = 10) -> list[int]:
    """The update ids that may be handled now."""
    return [row.update_id for row in await store.inbox.pending(now=now, busy=busy, limit=limit)]


async def take_in(store: Store, *updates: tuple[int, str], now: float = NOW) -> None:
    await store.inbox.add([(number, lane, f"update {number}") for number, lane in updates], now=now)


async def states(store: Store) -> dict[int, tuple[str, str, int, str | None]]:
    rows = await store.database.execute("SELECT update_id, state, payload, tries, error FROM inbox ORDER BY seq")
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in rows}


async def test_an_update_comes_out_as_it_went_in(store: Store) -> None:
    """A person's message reaches the handlers word for word, with the time at which it came."""
    await store.inbox.add([(41, "7", '{"text": "hug 🤗"}')], now=NOW)
    rows = await store.inbox.pending(now=NOW, busy=(), limit=10)
    assert rows == [InboxUpdate(seq=1, update_id=41, lane="7", payload='{"text": "hug 🤗"}', tries=0, received_at=NOW)]


async def test_nothing_comes_in(store: Store) -> None:
    """An empty batch is taken in without ado, and nothing waits."""
    await store.inbox.add([], now=NOW)
    assert await waiting(store) == []
    assert await store.inbox.next_due(()) is None


async def test_an_update_twice_is_one(store: Store) -> None:
    """What Telegram sends again, alone or among new updates, is handled once."""
    await take_in(store, (1, "a"), (1, "a"))
    await take_in(store, (1, "a"), (2, "b"))
    assert await waiting(store) == [1, 2]


async def test_a_handled_update_that_comes_again_is_not_handled_again(store: Store) -> None:
    """A batch that Telegram repeats after a lost confirmation changes nothing."""
    await take_in(store, (1, "a"))
    await store.inbox.mark_done([1])
    await take_in(store, (1, "a"), now=NOW + 60)
    assert await waiting(store, now=NOW + 60) == []


async def test_the_order_is_that_of_arrival_even_when_ids_jump_down(store: Store) -> None:
    """After a quiet week Telegram's ids begin anew below the old ones, and people are still answered in turn."""
    await take_in(store, (900, "a"), (901, "b"))
    await take_in(store, (3, "c"))
    assert await waiting(store) == [900, 901, 3]


async def test_one_at_a_time_of_each_lane(store: Store) -> None:
    """Messages of one chat are handled one after another, those of others beside them."""
    await take_in(store, (1, "a"), (2, "a"), (3, "b"), (4, "a"))
    assert await waiting(store) == [1, 3]
    await store.inbox.mark_done([1])
    assert await waiting(store) == [2, 3]


async def test_a_busy_lane_waits(store: Store) -> None:
    """While one message of a chat is being handled, its next one waits."""
    await take_in(store, (1, "a"), (2, "b"), (3, "c"))
    assert await waiting(store, busy={"a", "c"}) == [2]
    assert await waiting(store, busy=["a", "b", "c"]) == []
    assert await store.inbox.next_due({"a", "b", "c"}) is None


async def test_a_flood_of_one_person_does_not_hold_up_another(store: Store) -> None:
    """Someone who sends a hundred messages is no obstacle to the one who sends the next."""
    await take_in(store, *((number, "flood") for number in range(100)), (100, "quiet"))
    assert await waiting(store, limit=2) == [0, 100]


async def test_the_limit_takes_the_oldest(store: Store) -> None:
    """With more chats than can be served at once the longest waiting are served first."""
    await take_in(store, (1, "a"), (2, "b"), (3, "c"))
    assert await waiting(store, limit=2) == [1, 2]


async def test_a_row_put_off_holds_its_lane_and_no_other(store: Store) -> None:
    """A message that is tried again later is not overtaken by the next one of its chat."""
    await take_in(store, (1, "a"), (2, "a"), (3, "b"))
    await store.inbox.postpone(1, due_at=NOW + 4, error="TimedOut", count_try=True)
    assert await waiting(store) == [3]
    assert await store.inbox.next_due(()) == NOW
    assert await store.inbox.next_due({"b"}) == NOW + 4
    assert await waiting(store, now=NOW + 4) == [1, 3]


async def test_only_what_counts_is_a_try(store: Store) -> None:
    """Telegram's plea for patience uses up none of the tries after which a message is given up."""
    await take_in(store, (1, "a"))
    await store.inbox.postpone(1, due_at=NOW, error="RetryAfter", count_try=False)
    await store.inbox.postpone(1, due_at=NOW, error="ValueError", count_try=True)
    (row,) = await store.inbox.pending(now=NOW, busy=(), limit=1)
    assert row.tries == 1
    assert await states(store) == {1: ("pending", "update 1", 1, "ValueError")}


async def test_what_was_handled_is_forgotten(store: Store) -> None:
    """What a person wrote is not kept once it has been answered."""
    await take_in(store, (1, "a"))
    await store.inbox.mark_done([1])
    assert await states(store) == {1: ("done", "", 0, None)}


async def test_what_is_set_aside_holds_nobody_up(store: Store) -> None:
    """A message that can't be handled is kept for the operator, and the next one of its chat is handled."""
    await take_in(store, (1, "a"), (2, "a"))
    await store.inbox.set_aside(1, error="cannot be parsed")
    assert await waiting(store) == [2]
    assert (await states(store))[1] == ("set_aside", "update 1", 0, "cannot be parsed")


async def test_what_has_no_id_is_kept_below_all_ids(store: Store) -> None:
    """What came without an update id is kept for the operator, each piece by itself, and takes no real id away."""
    await store.inbox.set_aside_undecodable("gibberish", now=NOW)
    await take_in(store, (0, "a"), (5, "a"))
    await store.inbox.set_aside_undecodable("more of it", now=NOW)
    assert await waiting(store) == [0]
    assert {number: row[:2] for number, row in (await states(store)).items()} == {
        -1: ("set_aside", "gibberish"),
        0: ("pending", "update 0"),
        5: ("pending", "update 5"),
        -2: ("set_aside", "more of it"),
    }


async def test_all_of_a_batch_or_nothing(store: Store) -> None:
    """A batch that can't be stored whole is not stored at all, so that Telegram sends all of it again."""
    with pytest.raises(sqlite3.IntegrityError):
        await store.inbox.add([(1, "a", "fine"), (2, "a", None)], now=NOW)  # type: ignore[list-item] # the fault
    assert await waiting(store) == []


async def test_old_rows_are_forgotten_unless_they_wait(store: Store) -> None:
    """Rows of past days go, so that new ids may be equal to old ones; a message that waits is never lost."""
    await take_in(store, (1, "a"), (2, "b"), (3, "c"))
    await take_in(store, (4, "d"), now=NOW + 1)
    await store.inbox.mark_done([1])
    await store.inbox.set_aside(2, error="why")
    await store.inbox.mark_done([4])
    await store.inbox.prune(before=NOW + 1)
    assert list(await states(store)) == [3, 4]
    await take_in(store, (1, "a"), now=NOW + 3 * DAY)
    assert await waiting(store, now=NOW + 3 * DAY) == [3, 1]
