"""Whatever people or the service write is shown as text, never as formatting; the service's words stay inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.aiml import job_error
from sandbox.http.faults import RespondWith
from storage import State
from tests.assertions import is_video, says
from tests.security.assertions import SUBMIT, formats

if TYPE_CHECKING:
    from tests.bot_under_test import BotUnderTest

EVIL = '<a href="https://evil.example/">win</a> <b>now</b> &amp; </b><script>'


async def test_html_in_a_command_is_text(bot: BotUnderTest, coffee: bytes) -> None:
    """A command with HTML in it, in a text or a caption, is quoted sign for sign, and nothing of it is a link."""
    await bot.start()
    bot.chat.send_text(f"/effect {EVIL}")
    quoted = await bot.chat.wait_for(says("I don't know"))
    assert EVIL in quoted.text
    assert not formats(quoted) & {"text_link", "bold"}
    bot.chat.send_photo(coffee, f"/effect hugg{EVIL}")
    await bot.chat.wait(lambda chat: sum(EVIL in seen.text for seen in chat.messages if seen.sender == "bot") == 2)
    assert await bot.jobs() == []


async def test_html_in_names_changes_nothing(bot: BotUnderTest, coffee: bytes) -> None:
    """A person and a group with HTML in their names are served like any other, and no message carries the names."""
    mallory = bot.telegram.add_person(EVIL, last_name="</code>", username="mallory", language_code="<b>")
    group = bot.telegram.add_group(EVIL, [mallory])
    await bot.start()
    group.send_photo(coffee, "/squish@kling_sandbox_bot", by=mallory)
    await group.wait_for(is_video)
    group.send_text("/status@kling_sandbox_bot", by=mallory)
    await group.wait_for(says("Your videos"))
    assert not any("evil.example" in seen.text_or_caption for seen in group.history if seen.sender == "bot")
    assert all(call.ok for call in bot.telegram.calls if call.method != "getUpdates")


@pytest.mark.parametrize("status", [400, 422])
async def test_refusals_of_the_service_stay_inside(bot: BotUnderTest, coffee: bytes, status: int) -> None:
    """What the service says when it refuses a photo is sorted into our own words; its own reach nobody in the chat."""
    bot.aiml.faults.add(SUBMIT, RespondWith(status, {"message": f"no face in /srv/fal/worker-7 {EVIL}"}))
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(says("couldn't find a face"))
    for seen in bot.chat.history:
        assert "evil" not in seen.text_or_caption
        assert "worker-7" not in seen.text_or_caption


async def test_failures_of_the_service_stay_inside(bot: BotUnderTest, coffee: bytes) -> None:
    """What the service says when a job fails reaches nobody in the chat either, by message, pop-up or /status."""
    await bot.start(poll_interval="0.2")
    bot.chat.send_photo(coffee, "/squish")
    await bot.aiml.wait(lambda aiml: bool(aiml.jobs))
    job = next(iter(bot.aiml.jobs.values()))
    job.fail(
        job_error("internal_server_error", job.request, 0) | {"message": f"stack of worker-7 {EVIL}", "detail": EVIL}
    )
    await bot.chat.wait_for(says("no video this time"))
    await bot.until_state(State.FAILED)
    bot.chat.send_text("/status")
    await bot.chat.wait_for(says("Your videos"))
    assert not any("evil" in seen.text_or_caption or "worker-7" in seen.text_or_caption for seen in bot.chat.history)
    assert not any("evil" in (answer.text or "") for answer in bot.telegram.callback_answers.values())


async def test_notices_to_admins_escape_the_service(bot: BotUnderTest, coffee: bytes) -> None:
    """An admin reads what the service said, as text: HTML in it makes no link and breaks no message."""
    boss = bot.telegram.add_person("Boss")
    admin_chat = bot.telegram.private_chat(boss)
    bot.aiml.faults.add(SUBMIT, RespondWith(401, {"message": f"key refused {EVIL}"}))
    await bot.start(admin_ids=str(boss.id))
    bot.chat.send_photo(coffee, "/squish")
    notice = await admin_chat.wait_for(says("does not accept the key"))
    assert EVIL in notice.text
    assert "text_link" not in formats(notice)
    assert not any("evil" in seen.text_or_caption for seen in bot.chat.history)


async def test_a_giant_command_is_quoted_in_part(bot: BotUnderTest) -> None:
    """A command as long as a message can be is answered in words, with the beginning of what it named."""
    await bot.start()
    bot.chat.send_text("/effect " + "<&" * 2000)
    await bot.chat.wait_for(lambda seen: seen.sender == "bot")
    assert any("I don't know “<&<&" in seen.text for seen in bot.chat.messages)


async def test_a_giant_command_holds_up_nobody(bot: BotUnderTest) -> None:
    """A command as long as a message can be is answered, and so is the next."""
    await bot.start()
    bot.chat.send_text("/effect " + "<&" * 2000)
    bot.chat.send_text("/help")
    await bot.chat.wait_for(says("I turn one or two photos"))
    assert sum(seen.sender == "bot" for seen in bot.chat.messages) == 2
