"""Rows 4 and 5: updates that come twice, in another order, with ids that jump down, or malformed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.http.faults import RespondWith
from storage import State
from tests.crash.evidence import Rows

if TYPE_CHECKING:
    from tests.bot_under_test import BotUnderTest


async def test_row_4_an_update_that_comes_twice_has_one_effect(bot: BotUnderTest, coffee: bytes) -> None:
    """A photo whose update Telegram sends twice in a batch, and once more later, becomes one video."""
    bot.chat.send_photo(coffee, "/squish")
    (update,) = bot.telegram.updates.pending
    bot.telegram.push_update(update)
    await bot.start()
    await bot.until_state(State.DELIVERED)
    bot.telegram.push_update(update)
    await _answered(bot, bot.chat.send_text("/help"))
    assert len(await bot.jobs()) == 1
    assert len(bot.aiml.submissions) == 1


async def test_row_4_a_batch_that_comes_again_with_new_updates(bot: BotUnderTest, coffee: bytes) -> None:
    """Of a batch that Telegram sends again with new messages in it, only the new ones have an effect."""
    asked = bot.chat.send_text("/help")
    bot.chat.send_photo(coffee, "/squish")
    batch = list(bot.telegram.updates.pending)
    await bot.start()
    await bot.until_state(State.DELIVERED)
    for update in batch:
        bot.telegram.push_update(update)
    bot.chat.send_photo(coffee, "/expansion")
    await bot.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED] * 2)
    assert [job.effect for job in await bot.jobs()] == ["squish", "expansion"]
    assert len([seen for seen in bot.chat.messages if seen.reply_to == asked]) == 1


async def test_row_4_ids_that_jump_down(bot: BotUnderTest, coffee: bytes) -> None:
    """After a quiet week Telegram's ids begin again lower: what is sent then is handled once, and nothing is lost."""
    await bot.start()
    await _answered(bot, bot.chat.send_text("/help"))
    bot.chat.send_photo(coffee, "/squish")
    _with_id(bot, 17)
    question = bot.chat.send_text("/help")
    await bot.until_state(State.DELIVERED)
    await _answered(bot, question)
    assert _unconfirmed(bot) == []
    assert {row[0] for row in _rows(bot).inbox} >= {17, 18}
    assert len(bot.params_of("getUpdates")) <= 8, "no hot loop"


async def test_row_4_a_message_that_comes_again_under_another_id(bot: BotUnderTest, coffee: bytes) -> None:
    """The same photo message under a new update id, as after a reset of the ids, is not paid for again."""
    bot.chat.send_photo(coffee, "/squish")
    (update,) = bot.telegram.updates.pending
    await bot.start()
    await bot.until_state(State.DELIVERED)
    bot.telegram.push_update({**update, "update_id": 17})
    await _answered(bot, bot.chat.send_text("/help"))
    assert len(await bot.jobs()) == 1
    assert len(bot.aiml.submissions) == 1


async def test_row_5_a_malformed_update_is_set_aside(bot: BotUnderTest, coffee: bytes) -> None:
    """Updates that nobody can read hold up neither what came before nor what comes after, and make no hot loop."""
    before = bot.chat.send_text("/help")
    first = bot.telegram.updates.pending[-1]["update_id"]
    nobody: list[dict[str, Any]] = [
        {"message": {"message_id": "what", "date": "never", "chat": 5}},
        {"message": {"message_id": 9, "date": 0, "chat": {"id": bot.chat.id, "type": "private"}, "photo": "none"}},
        {"callback_query": {"id": 4, "from": [], "data": {}}},
        {"message": None},
    ]
    for number, content in enumerate(nobody, start=1):
        bot.telegram.push_update({"update_id": first + number, **content})
    bot.chat.send_photo(coffee, "/squish")
    after = bot.chat.send_text("/help")
    await bot.start()
    await bot.until_state(State.DELIVERED)
    await _answered(bot, before)
    await _answered(bot, after)
    states = dict(_rows(bot).inbox)
    assert states[first + 1] == "set_aside"
    assert "pending" not in states.values()
    assert _unconfirmed(bot) == []
    assert len(bot.params_of("getUpdates")) <= 4


async def test_row_5_an_update_without_an_id_is_kept_for_the_operator(bot: BotUnderTest, coffee: bytes) -> None:
    """An answer of Telegram's with things in it that are no updates loses nothing of what else is in it."""
    bot.chat.send_photo(coffee, "/squish")
    (update,) = bot.telegram.updates.pending
    result: list[Any] = [{"message": {}}, "words", None, {"update_id": "7"}, update]
    bot.telegram.faults.add("getUpdates", RespondWith(200, json={"ok": True, "result": result}))
    await bot.start()
    await bot.until_state(State.DELIVERED)
    asides = [state for number, state in _rows(bot).inbox if number < 0]
    assert asides == ["set_aside"] * 4
    assert len(await bot.jobs()) == 1


def _with_id(bot: BotUnderTest, update_id: int) -> None:
    """Give the newest update, which the bot has not seen yet, another id."""
    update = bot.telegram.updates.pending[-1]
    bot.telegram.updates.discard(update)
    bot.telegram.push_update({**update, "update_id": update_id})


def _unconfirmed(bot: BotUnderTest) -> list[int]:
    return [update["update_id"] for update in bot.telegram.updates.pending]


def _rows(bot: BotUnderTest) -> Rows:
    rows = Rows.read(bot.database)
    assert rows is not None
    return rows


async def _answered(bot: BotUnderTest, message_id: int) -> None:
    """Wait for the answer to a message, and until the bot has confirmed the update."""
    await bot.chat.wait_for(lambda seen: seen.reply_to == message_id)
    await bot.until(lambda _: len(bot.telegram.updates) == 0)  # the confirmation is no call that has ended
