"""A scene that the service no longer knows is hidden, told once, and can be brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli.effects import list_effects, restore_effect
from sandbox.http.faults import FOREVER, RespondWith
from storage import State
from tests.assertions import labels, says

if TYPE_CHECKING:
    from sandbox.http.faults import FaultRule
    from tests.conftest import Play

UNKNOWN = {"message": "Body validation error. effect_scene: Invalid enum value. Expected 'squish', received 'fight'"}
SUBMIT = "POST /v2/video/generations"


def drop(play: Play, scene: str) -> FaultRule:
    """From now on the service does not know this scene."""
    return play.aiml.faults.add(
        lambda request: request.method == SUBMIT and request.params.get("effect_scene") == scene,
        RespondWith(400, UNKNOWN),
        times=FOREVER,
    )


async def fail_at_it(play: Play, photos: list[bytes]) -> None:
    """A fight, which the service does not know."""
    before = len(await play.jobs())
    play.chat.album(photos, "/fight")
    jobs = await play.until(lambda jobs: len(jobs) > before and jobs[-1].finished_at is not None)
    assert jobs[-1].reason == "retired"


async def test_hidden_everywhere(play: Play, ada: bytes, ben: bytes) -> None:
    """After one refusal the effect is in no list, button or suggestion, and who asks for it is told so at once."""
    drop(play, "fight")
    await play.start()
    play.chat.photo(ada)
    old = await play.chat.wait_for(says("What shall I do"))
    assert any("Fight" in text for text in labels(old))
    play.chat.say("/cancel")
    await fail_at_it(play, [ada, ben])

    play.chat.say("/fight")
    told = await play.chat.wait_for(says("Fight: the video service no longer makes this one. How about /"))
    assert "/fight" not in told.text
    play.chat.say("/effect fight")
    await play.chat.wait_for(lambda seen: seen.id > told.id and "no longer makes" in seen.words)
    play.chat.say("/effects")
    shelves = await play.chat.wait_for(says("80 effects"))
    assert not any("Fight" in text for text in labels(shelves))
    play.chat.say("/fihgt")
    unknown = await play.chat.wait_for(says("I don't know “fihgt”"))
    assert "/fight" not in unknown.text
    query = play.chat.press(shelves.id, data="want:fight")
    await play.telegram.wait(lambda telegram: query in telegram.callback_answers)
    assert "not offered any more" in (play.telegram.callback_answers[query].text or "")
    assert len(await play.jobs()) == 1


async def test_draft_that_was_waiting(play: Play, ada: bytes, ben: bytes) -> None:
    """Who had chosen it before, and sends the photos after, is told then; nothing is asked of the service."""
    drop(play, "fight")
    await play.start()
    bob = play.telegram.private(play.telegram.person("Bob"))
    bob.say("/fight")
    await bob.wait_for(says("send me two photos"))
    await fail_at_it(play, [ada, ben])
    bob.album([ada, ben])
    await bob.wait_for(says("no longer makes this effect"))
    assert len(await play.jobs()) == 1


async def test_operator_is_told_once_and_brings_it_back(play: Play, ada: bytes, ben: bytes) -> None:
    """The admins hear of it once; `effects --restore` brings it back, also beside a running bot and after a restart."""
    boss = play.telegram.person("Boss")
    office = play.telegram.private(boss)
    rule = drop(play, "fight")
    await play.start(admin_ids=str(boss.id))
    await fail_at_it(play, [ada, ben])
    notice = await office.wait_for(says("AIML no longer knows the effect “fight”"))
    assert "effects --restore fight" in notice.text
    await play.stop()
    await play.start()
    play.chat.say("/fight")
    await play.chat.wait_for(says("no longer makes this one"))
    listed = "\n".join(await list_effects(play.settings()))
    assert "/fight — Fight (two photos): AIML fight (5 s, 0.23 USD, retired 2" in listed
    assert "80 effects are offered." in listed

    assert await restore_effect(play.settings(), "fight") == ("fight is offered again at AIML.", True)
    assert await restore_effect(play.settings(), "fight") == ("No service has dropped fight.", False)
    assert "Did you mean fight" in (await restore_effect(play.settings(), "figth"))[0]
    await play.stop()
    await play.start()
    await fail_at_it(play, [ada, ben])
    await office.wait_for(lambda seen: seen.id > notice.id and "no longer knows" in seen.words)
    rule.remove()
    await restore_effect(play.settings(), "fight")
    await play.stop()
    await play.start()
    play.chat.album([ada, ben], "/fight")
    await play.chat.wait_for(lambda seen: seen.video is not None)


async def test_other_service_still_makes_it(both: Play, ada: bytes, ben: bytes) -> None:
    """What one service has dropped goes to the other from then on, straight away; people notice nothing."""
    drop(both, "fight")
    await both.start()
    both.chat.album([ada, ben], "/fight")
    await both.until_state(State.DELIVERED)
    both.chat.album([ada, ben], "/fight")
    jobs = await both.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED] * 2)
    assert [(job.service, job.moved_from) for job in jobs] == [("kling", "aiml"), ("kling", None)]
    assert len(both.aiml.submissions) == 0
    both.chat.say("/effects")
    shelves = await both.chat.wait_for(says("285 effects"))
    assert any("Fight" in text for text in labels(shelves))


async def test_menu_follows(play: Play, ada: bytes, ben: bytes) -> None:
    """Telegram's command menu loses what is retired."""
    drop(play, "fight")
    await play.start()
    await play.telegram.wait(lambda telegram: any(call.method == "setMyCommands" for call in telegram.calls))
    await fail_at_it(play, [ada, ben])
    await play.stop()
    await play.start()
    await play.telegram.wait(
        lambda telegram: all(
            "fight" not in [one["command"] for one in commands] for commands in telegram.commands.values()
        )
    )
