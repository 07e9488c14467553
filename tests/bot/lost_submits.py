"""Submits whose answer was lost, at either service, and how they end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage import State
from tests.assertions import is_video, says

if TYPE_CHECKING:
    from sandbox.aiml import FakeAiml
    from sandbox.kling import FakeKling
    from tests.bot_under_test import BotUnderTest


async def ends_adopted(bot: BotUnderTest, service: FakeAiml | FakeKling) -> None:
    """Check that an accepted submit is found and adopted: one charge, one video."""
    await bot.until(lambda jobs: bool(jobs) and jobs[0].state in {State.IN_DOUBT, State.GENERATING})
    bot.advance(5)
    await bot.chat.wait_for(is_video)
    assert len(service.submissions) == 1
    assert len(service.ledger) == 1


async def ends_decided(bot: BotUnderTest, service: FakeAiml | FakeKling, decision: str) -> None:
    """Check that a submit that did not arrive is sent again only if the person says so."""
    await bot.chat.wait_for(says("didn't answer clearly"))
    await bot.until(lambda jobs: jobs[0].state is State.NEEDS_DECISION, advancing=100)
    question = await bot.chat.wait_for(says("Shall I send them again?"))
    assert service.submissions == []
    bot.chat.press(question.id, decision)
    if decision == "Leave it":
        await bot.until_state(State.CANCELLED)
        assert service.submissions == []
    else:
        await bot.chat.wait_for(is_video)
        assert [sent.client_request_id for sent in service.submissions] == [f"{(await bot.job()).id}.2"]
        assert len(service.ledger) == 1
