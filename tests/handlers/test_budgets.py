"""What people and admins see of the operator's budgets in US dollars."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.aiml.job_errors import job_error
from storage import State
from tests.assertions import callback_answer, is_video, says
from tests.bot.check_output import check_output
from tests.handlers.inline import inline_chat
from tests.handlers.private_chat import get_video

if TYPE_CHECKING:
    from sandbox.telegram import Person
    from tests.bot_under_test import BotUnderTest

SQUISH_USD = "0.49"  # what the pretend service takes for five seconds is a little less


async def test_a_persons_budget(bot: BotUnderTest, bob: Person, coffee: bytes) -> None:
    """A person whose videos have cost what they may is told when the next one is possible, and gets it then."""
    await bot.start(user_daily_budget_usd=SQUISH_USD, assumed_price_usd=SQUISH_USD)
    await get_video(bot, coffee)
    bot.chat.send_photo(coffee, "/squish")
    refused = await bot.chat.wait_for(says("what I may spend on your videos"))
    assert "possible in 24 hours" in refused.text
    assert "USD" not in refused.text
    other = bot.telegram.private_chat(bob)
    other.send_photo(coffee, "/squish")
    await other.wait_for(is_video)
    assert len(bot.aiml.submissions) == 2
    bot.advance(86_400)
    bot.chat.send_photo(coffee, "/squish", date=bot.clock())
    await bot.until(lambda jobs: len(jobs) == 3)


async def test_a_groups_budget(bot: BotUnderTest, bob: Person, coffee: bytes) -> None:
    """What a group may cost holds for all its members together."""
    group = bot.telegram.add_group("Friends", [bot.ada, bob])
    await bot.start(group_daily_budget_usd=SQUISH_USD, assumed_price_usd=SQUISH_USD)
    group.send_photo(coffee, "/squish@kling_sandbox_bot", by=bot.ada)
    await group.wait_for(is_video)
    group.send_photo(coffee, "/squish@kling_sandbox_bot", by=bob)
    await group.wait_for(says("This group has used up what I may spend"))
    assert len(bot.aiml.submissions) == 1


async def test_a_budget_holds_inline_and_under_again(bot: BotUnderTest, coffee: bytes) -> None:
    """Neither inline mode nor the button Again leads past a budget."""
    await bot.start(user_daily_budget_usd=SQUISH_USD, assumed_price_usd=SQUISH_USD)
    await get_video(bot, coffee)
    video = next(seen for seen in bot.chat.messages if is_video(seen))
    assert "what I may spend" in await callback_answer(bot, bot.chat.press(video.id, "🔁 Again"))
    await inline_chat.send_photos(bot, coffee)
    message = await inline_chat.choose(bot, "Squish", "squish")
    await inline_chat.says(bot, message, "what I may spend on your videos")
    assert len(bot.aiml.submissions) == 1


async def test_what_failed_costs_nothing(bot: BotUnderTest, coffee: bytes) -> None:
    """A video that failed at no charge leaves the budget as it was."""
    await bot.start(user_daily_budget_usd=SQUISH_USD, assumed_price_usd=SQUISH_USD)
    bot.aiml.job_seconds = None
    bot.chat.send_photo(coffee, "/squish")
    await bot.until_state(State.GENERATING)
    for job in bot.aiml.jobs.values():
        job.fail(job_error("content_policy_violation", job.request, 0))
    await bot.until_state(State.FAILED)
    bot.aiml.job_seconds = 0.2
    await get_video(bot, coffee)


@pytest.mark.parametrize("setting", ["daily_budget_usd", "monthly_budget_usd"])
async def test_the_admins_are_told_once(bot: BotUnderTest, coffee: bytes, setting: str) -> None:
    """When the money for everybody is used up, people are told kindly, and each admin is told once, with the amount."""
    boss = bot.telegram.private_chat(bot.telegram.add_person("Boss"))
    await bot.start(**{setting: SQUISH_USD}, assumed_price_usd=SQUISH_USD, admin_ids=str(boss.id))
    await get_video(bot, coffee)
    for _ in range(2):
        bot.chat.send_photo(coffee, "/squish")
        await bot.chat.wait_for(says("for everybody together"))
    await boss.wait_for(says(f"{setting.upper()} (0.49 USD) is used up"))
    boss.send_text("/balance")
    report = await boss.wait_for(says("Budgets"))
    assert len([seen for seen in boss.messages if "is used up" in seen.text]) == 1
    assert "of 0.49 USD" in report.text
    assert f"{bot.ada.first_name} ({bot.ada.id})" in report.text


async def test_dearer_models_reserve_more(bot: BotUnderTest, coffee: bytes) -> None:
    """Where nobody told the price, ten seconds of a dearer model are taken to cost six times as much."""
    await bot.start(user_daily_budget_usd="2.99", assumed_price_usd="0.5", own_choices="true")
    bot.chat.send_photo(coffee, "/animate steam rises 10s --model v2")
    refused = await bot.chat.wait_for(says("what I may spend on your videos"))
    assert "I may not make this one" in refused.text
    bot.chat.send_photo(coffee, "/animate steam rises --model v2")
    await bot.chat.wait_for(is_video)


async def test_check_tells_what_a_day_can_cost(bot: BotUnderTest) -> None:
    """`python -m bot check` says what a day and a month can cost at most with these settings."""
    text, failed = await check_output(bot, daily_budget_usd="20", monthly_budget_usd="300")
    assert not failed
    assert "at most 20.00 USD in 24 hours, and at most 300.00 USD in 30 days" in text
    text, _ = await check_output(bot, daily_budget_usd="", monthly_budget_usd="")
    assert "DAILY_LIMIT ends a day at 200 videos, about 100 USD" in text
