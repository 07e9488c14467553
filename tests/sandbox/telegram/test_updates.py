from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from sandbox.http.server import Server
from sandbox.telegram import FakeTelegram
from tests.sandbox.telegram.minimal_bot import MinimalBot, next_request

if TYPE_CHECKING:
    from collections.abc import Callable


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_updates_stay_until_an_offset_confirms_them(tg: FakeTelegram, bot: MinimalBot) -> None:
    """Updates that no offset has confirmed are returned again."""
    chat = tg.private_chat(tg.add_person("Ada"))
    for text in ("one", "two", "three"):
        chat.send_text(text)
    first = await bot.updates()
    assert texts(first) == ["one", "two", "three"]
    assert await bot.updates() == first
    assert texts(await bot.updates(first[1]["update_id"])) == ["two", "three"]
    assert texts(await bot.updates(limit=1)) == ["two"]
    assert await bot.updates(first[2]["update_id"] + 1) == []
    assert await bot.updates() == []


async def test_negative_offset_keeps_the_newest(tg: FakeTelegram, bot: MinimalBot) -> None:
    """A negative offset removes all updates but the newest."""
    chat = tg.private_chat(tg.add_person("Ada"))
    for text in ("one", "two", "three"):
        chat.send_text(text)
    assert texts(await bot.updates(-2)) == ["two", "three"]
    assert texts(await bot.updates()) == ["two", "three"]


async def test_long_poll_wakes_for_an_update(tg: FakeTelegram, bot: MinimalBot) -> None:
    """A long poll returns as soon as there is an update."""
    chat = tg.private_chat(tg.add_person("Ada"))
    arrived = next_request(tg)
    poll = asyncio.create_task(bot.updates(timeout=50))
    await arrived.wait()
    chat.send_text("hello")
    async with asyncio.timeout(2):
        assert texts(await poll) == ["hello"]


async def test_second_poll_ends_the_first(tg: FakeTelegram, bot: MinimalBot) -> None:
    """A second getUpdates ends the first one with Telegram's conflict error."""
    arrived = next_request(tg)
    first = asyncio.create_task(bot.refused("getUpdates", timeout=50))
    await arrived.wait()
    await bot("getMe")
    assert await bot.updates() == []
    assert await first == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )


async def test_allowed_updates_are_remembered(tg: FakeTelegram, bot: MinimalBot) -> None:
    """Only the allowed kinds are sent, until the bot asks for the usual kinds."""
    chat = tg.private_chat(tg.add_person("Ada"))
    await bot.updates(allowed_updates=["message"])
    message_id = chat.send_text("hello")
    chat.edit(message_id, text="hello!")
    assert [list(update)[1] for update in await bot.updates()] == ["message"]
    await bot.updates(allowed_updates=[])
    chat.edit(message_id, text="hello!!")
    kinds = [list(update)[1] for update in await bot.updates()]
    assert kinds == ["message", "edited_message"]


async def test_a_duplicate_is_sent_again(tg: FakeTelegram, bot: MinimalBot) -> None:
    """An update can be sent twice."""
    tg.private_chat(tg.add_person("Ada")).send_text("hello")
    (update,) = await bot.updates()
    assert await bot.updates(update["update_id"] + 1) == []
    tg.push_update(update)
    assert await bot.updates(update["update_id"] + 1) == [update]
    assert await bot.updates(update["update_id"] + 1) == []


async def test_ids_may_jump_down(tg: FakeTelegram, bot: MinimalBot) -> None:
    """Updates with lower ids than before are returned even if the offset is that of the earlier ids."""
    chat = tg.private_chat(tg.add_person("Ada"))
    chat.send_text("old")
    (old,) = await bot.updates()
    tg.push_update({"update_id": 7, "message": {**old["message"], "text": "jumped"}})
    chat.send_text("new")
    offset = old["update_id"] + 1
    fresh = await bot.updates(offset)
    assert [(update["update_id"], update["message"]["text"]) for update in fresh] == [(7, "jumped"), (8, "new")]
    assert await bot.updates(9) == []


async def test_malformed_updates_pass_through() -> None:
    """An update that no library can parse can be sent."""
    tg = FakeTelegram()
    async with Server(tg.app) as server, httpx.AsyncClient(base_url=server.url, timeout=60) as http:
        tg.push_update({"update_id": 5, "message": {"message_id": "what?"}})
        assert await MinimalBot(http, tg.token).updates() == [{"update_id": 5, "message": {"message_id": "what?"}}]


async def test_wrong_token_and_unknown_method(tg: FakeTelegram, bot: MinimalBot) -> None:
    """A wrong token is Unauthorized, an unknown method is Not Found."""
    assert await bot.refused("sendVideoo") == "Not Found"
    assert (await bot.refused("getUpdates", offset="x")) == "Bad Request: wrong parameter offset in request"
    stranger = MinimalBot(bot.http, "1:no")
    assert await stranger.refused("getMe") == "Unauthorized"
    assert [call.method for call in tg.calls] == ["sendVideoo", "getUpdates"]


async def test_method_names_ignore_case_and_parameters_come_in_any_form(tg: FakeTelegram, bot: MinimalBot) -> None:
    """Method names ignore case, and parameters can be a query, a form or JSON."""
    chat = tg.private_chat(tg.add_person("Ada"))
    path = f"/bot{tg.token}/sendmessage"
    keyboard = '{"inline_keyboard":[[{"text":"Go","callback_data":"go"}]]}'
    await bot.http.get(path, params={"chat_id": chat.id, "text": "query"})
    await bot.http.post(path, data={"chat_id": str(chat.id), "text": "form", "reply_markup": keyboard})
    await bot.http.post(path, json={"chat_id": chat.id, "text": "json"})
    await bot.http.post(path, data={"chat_id": str(chat.id), "text": "[1]"}, files={"unused": b"x"})
    assert [message.text for message in chat.messages] == ["query", "form", "json", "[1]"]
    assert chat.messages[1].buttons[0][0].data == "go"
    assert [call.params["chat_id"] for call in tg.calls] == [chat.id] * 4
    tg.calls.clear()


async def test_broken_json_is_refused(tg: FakeTelegram, bot: MinimalBot) -> None:
    """Broken JSON is refused with Telegram's description."""
    chat = tg.private_chat(tg.add_person("Ada"))
    headers = {"content-type": "application/json"}
    response = await bot.http.post(f"/bot{tg.token}/sendMessage", content=b'{"chat', headers=headers)
    assert response.json()["description"] == "Bad Request: can't parse JSON object"
    assert await bot.refused("sendMessage", chat_id=chat.id, text="x", reply_markup="{") == (
        "Bad Request: can't parse reply markup JSON object"
    )


async def test_a_timeout_says_what_is_there(tg: FakeTelegram, bot: MinimalBot) -> None:
    """The error of a wait that times out says what there is instead."""
    chat = tg.private_chat(tg.add_person("Ada"))
    await bot("sendMessage", chat_id=chat.id, text="something else")
    with pytest.raises(TimeoutError, match="something else"):
        await chat.wait_for(lambda message: message.text == "hello", timeout=0)
    with pytest.raises(TimeoutError, match="something else"):
        await chat.wait(lambda chat: len(chat.messages) == 2, timeout=0)
    with pytest.raises(TimeoutError, match="sendMessage"):
        await tg.wait(lambda tg: len(tg.calls) == 2, timeout=0)


async def test_waiting_sees_what_passes_quickly(tg: FakeTelegram, bot: MinimalBot, jpeg: Callable[..., bytes]) -> None:
    """A wait sees a message that is replaced a moment later."""
    chat = tg.private_chat(tg.add_person("Ada"))
    chat.send_photo(jpeg())
    seen = asyncio.create_task(chat.wait_for(lambda message: message.text == "working"))
    told = asyncio.create_task(tg.wait(lambda tg: len(tg.calls) == 2))
    message_id = (await bot("sendMessage", chat_id=chat.id, text="working"))["message_id"]
    await bot("editMessageText", chat_id=chat.id, message_id=message_id, text="done")
    assert (await seen).id == message_id
    await told
    assert [version.text for version in chat.history if version.id == message_id] == ["working", "done"]
    assert chat.message(message_id).edit_count == 1


async def test_a_mistaken_condition_fails_its_own_test(tg: FakeTelegram, bot: MinimalBot) -> None:
    """An exception in a condition is raised where it is waited for, not in the bot's call."""
    chat = tg.private_chat(tg.add_person("Ada"))
    waiting = chat.wait_for(lambda message: bool(message.buttons[0]))
    sending = bot("sendMessage", chat_id=chat.id, text="no buttons")
    outcomes = await asyncio.gather(waiting, sending, return_exceptions=True)
    assert isinstance(outcomes[0], IndexError)
    assert not isinstance(outcomes[1], BaseException)
