"""Whatever people or the service write is shown as text, never as formatting; the service's words stay inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.aiml import job_error
from sandbox.http.faults import RespondWith
from storage import State
from tests.assertions import is_video, says
from tests.security.sights import SUBMIT, formats

if TYPE_CHECKING:
    from tests.conftest import Play

EVIL = '<a href="https://evil.example/">win</a> <b>now</b> &amp; </b><script>'


async def test_html_in_a_command_is_text(play: Play, coffee: bytes) -> None:
    """A command with HTML in it, in a text or a caption, is quoted sign for sign, and nothing of it is a link."""
    await play.start()
    play.chat.say(f"/effect {EVIL}")
    quoted = await play.chat.wait_for(says("I don't know"))
    assert EVIL in quoted.text
    assert not formats(quoted) & {"text_link", "bold"}
    play.chat.photo(coffee, f"/effect hugg{EVIL}")
    await play.chat.wait(lambda chat: sum(EVIL in seen.text for seen in chat.messages if seen.sender == "bot") == 2)
    assert await play.jobs() == []


async def test_html_in_names_changes_nothing(play: Play, coffee: bytes) -> None:
    """A person and a group with HTML in their names are served like any other, and no message carries the names."""
    mallory = play.telegram.person(EVIL, last_name="</code>", username="mallory", language_code="<b>")
    group = play.telegram.group(EVIL, [mallory])
    await play.start()
    group.photo(coffee, "/squish@kling_sandbox_bot", by=mallory)
    await group.wait_for(is_video)
    group.say("/status@kling_sandbox_bot", by=mallory)
    await group.wait_for(says("Your videos"))
    assert not any("evil.example" in seen.words for seen in group.history if seen.sender == "bot")
    assert all(call.ok for call in play.telegram.calls if call.method != "getUpdates")


@pytest.mark.parametrize("status", [400, 422])
async def test_refusals_of_the_service_stay_inside(play: Play, coffee: bytes, status: int) -> None:
    """What the service says when it refuses a photo is sorted into our own words; its own reach nobody in the chat."""
    play.aiml.faults.add(SUBMIT, RespondWith(status, {"message": f"no face in /srv/fal/worker-7 {EVIL}"}))
    await play.start()
    play.chat.photo(coffee, "/squish")
    await play.chat.wait_for(says("couldn't find a face"))
    for seen in play.chat.history:
        assert "evil" not in seen.words
        assert "worker-7" not in seen.words


async def test_failures_of_the_service_stay_inside(play: Play, coffee: bytes) -> None:
    """What the service says when a job fails reaches nobody in the chat either, by message, pop-up or /status."""
    await play.start(poll_interval="0.2")
    play.chat.photo(coffee, "/squish")
    await play.aiml.wait(lambda aiml: bool(aiml.jobs))
    job = next(iter(play.aiml.jobs.values()))
    job.fail(
        job_error("internal_server_error", job.request, 0) | {"message": f"stack of worker-7 {EVIL}", "detail": EVIL}
    )
    await play.chat.wait_for(says("no video this time"))
    await play.until_state(State.FAILED)
    play.chat.say("/status")
    await play.chat.wait_for(says("Your videos"))
    assert not any("evil" in seen.words or "worker-7" in seen.words for seen in play.chat.history)
    assert not any("evil" in (answer.text or "") for answer in play.telegram.callback_answers.values())


async def test_notices_to_admins_escape_the_service(play: Play, coffee: bytes) -> None:
    """An admin reads what the service said, as text: HTML in it makes no link and breaks no message."""
    boss = play.telegram.person("Boss")
    office = play.telegram.private(boss)
    play.aiml.faults.add(SUBMIT, RespondWith(401, {"message": f"key refused {EVIL}"}))
    await play.start(admin_ids=str(boss.id))
    play.chat.photo(coffee, "/squish")
    notice = await office.wait_for(says("does not accept the key"))
    assert EVIL in notice.text
    assert "text_link" not in formats(notice)
    assert not any("evil" in seen.words for seen in play.chat.history)


async def test_a_giant_command_is_quoted_in_part(play: Play) -> None:
    """A command as long as a message can be is answered in words, with the beginning of what it named."""
    await play.start()
    play.chat.say("/effect " + "<&" * 2000)
    await play.chat.wait_for(lambda seen: seen.sender == "bot")
    assert any("I don't know “<&<&" in seen.text for seen in play.chat.messages)


async def test_a_giant_command_holds_up_nobody(play: Play) -> None:
    """A command as long as a message can be is answered, and so is the next."""
    await play.start()
    play.chat.say("/effect " + "<&" * 2000)
    play.chat.say("/help")
    await play.chat.wait_for(says("I turn one or two photos"))
    assert sum(seen.sender == "bot" for seen in play.chat.messages) == 2
