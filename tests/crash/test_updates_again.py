"""Rows 4 and 5: updates that come twice, in another order, with ids that jump down, or malformed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.http.faults import RespondWith
from storage import State
from tests.crash.evidence import Rows

if TYPE_CHECKING:
    from tests.conftest import Play


async def test_row_4_an_update_that_comes_twice_has_one_effect(play: Play, coffee: bytes) -> None:
    """A photo whose update Telegram sends twice in a batch, and once more later, becomes one video."""
    play.chat.photo(coffee, "/squish")
    (update,) = play.telegram.updates.pending
    play.telegram.push(update)
    await play.start()
    await play.until_state(State.DELIVERED)
    play.telegram.push(update)
    await _answered(play, play.chat.say("/help"))
    assert len(await play.jobs()) == 1
    assert len(play.aiml.submissions) == 1


async def test_row_4_a_batch_that_comes_again_with_new_updates(play: Play, coffee: bytes) -> None:
    """Of a batch that Telegram sends again with new messages in it, only the new ones have an effect."""
    asked = play.chat.say("/help")
    play.chat.photo(coffee, "/squish")
    batch = list(play.telegram.updates.pending)
    await play.start()
    await play.until_state(State.DELIVERED)
    for update in batch:
        play.telegram.push(update)
    play.chat.photo(coffee, "/expansion")
    await play.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED] * 2)
    assert [job.effect for job in await play.jobs()] == ["squish", "expansion"]
    assert len([seen for seen in play.chat.messages if seen.reply_to == asked]) == 1


async def test_row_4_ids_that_jump_down(play: Play, coffee: bytes) -> None:
    """After a quiet week Telegram's ids begin again lower: what is sent then is handled once, and nothing is lost."""
    await play.start()
    await _answered(play, play.chat.say("/help"))
    play.chat.photo(coffee, "/squish")
    _with_id(play, 17)
    question = play.chat.say("/help")
    await play.until_state(State.DELIVERED)
    await _answered(play, question)
    assert _unconfirmed(play) == []
    assert {row[0] for row in _rows(play).inbox} >= {17, 18}
    assert len(play.said("getUpdates")) <= 8, "no hot loop"


async def test_row_4_a_message_that_comes_again_under_another_id(play: Play, coffee: bytes) -> None:
    """The same photo message under a new update id, as after a reset of the ids, is not paid for again."""
    play.chat.photo(coffee, "/squish")
    (update,) = play.telegram.updates.pending
    await play.start()
    await play.until_state(State.DELIVERED)
    play.telegram.push({**update, "update_id": 17})
    await _answered(play, play.chat.say("/help"))
    assert len(await play.jobs()) == 1
    assert len(play.aiml.submissions) == 1


async def test_row_5_a_malformed_update_is_set_aside(play: Play, coffee: bytes) -> None:
    """Updates that nobody can read hold up neither what came before nor what comes after, and make no hot loop."""
    before = play.chat.say("/help")
    first = play.telegram.updates.pending[-1]["update_id"]
    nobody: list[dict[str, Any]] = [
        {"message": {"message_id": "what", "date": "never", "chat": 5}},
        {"message": {"message_id": 9, "date": 0, "chat": {"id": play.chat.id, "type": "private"}, "photo": "none"}},
        {"callback_query": {"id": 4, "from": [], "data": {}}},
        {"message": None},
    ]
    for number, content in enumerate(nobody, start=1):
        play.telegram.push({"update_id": first + number, **content})
    play.chat.photo(coffee, "/squish")
    after = play.chat.say("/help")
    await play.start()
    await play.until_state(State.DELIVERED)
    await _answered(play, before)
    await _answered(play, after)
    states = dict(_rows(play).inbox)
    assert states[first + 1] == "set_aside"
    assert "pending" not in states.values()
    assert _unconfirmed(play) == []
    assert len(play.said("getUpdates")) <= 4


async def test_row_5_an_update_without_an_id_is_kept_for_the_operator(play: Play, coffee: bytes) -> None:
    """An answer of Telegram's with things in it that are no updates loses nothing of what else is in it."""
    play.chat.photo(coffee, "/squish")
    (update,) = play.telegram.updates.pending
    result: list[Any] = [{"message": {}}, "words", None, {"update_id": "7"}, update]
    play.telegram.faults.add("getUpdates", RespondWith(200, json={"ok": True, "result": result}))
    await play.start()
    await play.until_state(State.DELIVERED)
    asides = [state for number, state in _rows(play).inbox if number < 0]
    assert asides == ["set_aside"] * 4
    assert len(await play.jobs()) == 1


def _with_id(play: Play, update_id: int) -> None:
    """Give the newest update, which the bot has not seen, another id."""
    update = play.telegram.updates.pending[-1]
    play.telegram.updates.discard(update)
    play.telegram.push({**update, "update_id": update_id})


def _unconfirmed(play: Play) -> list[int]:
    return [update["update_id"] for update in play.telegram.updates.pending]


def _rows(play: Play) -> Rows:
    rows = Rows.read(play.database)
    assert rows is not None
    return rows


async def _answered(play: Play, message_id: int) -> None:
    """Wait for the answer to a message, and until the bot has asked for more."""
    await play.chat.wait_for(lambda seen: seen.reply_to == message_id)
    await play.until(lambda _: len(play.telegram.updates) == 0)  # the confirmation is no call that has ended
