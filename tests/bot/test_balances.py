"""What is left, what was spent, what a video costs: as the operator sees it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.cli.check import check
from bot.cli.effects import list_effects
from sandbox.http.faults import FOREVER, RespondWith
from storage import State
from tests.assertions import says
from video.effects.catalogue import Catalogue

if TYPE_CHECKING:
    from pathlib import Path

    from sandbox.http.faults import IncomingRequest, Phase
    from sandbox.telegram import Chat
    from tests.bot_under_test import BotUnderTest

QUARTER = 900  # seconds
OWN_PRICES = """
[prices.aiml]
standard = 0.1
[effects.squish]
aiml = { usd = 1.25 }
"""


def notices(admin_chat: Chat) -> list[str]:
    """Return the notices about low balances that the admin got."""
    return [seen.text for seen in admin_chat.messages if "USD are left at AIML" in seen.text]


async def begin(bot: BotUnderTest, admin_chat: Chat, **changes: str) -> None:
    """Start the bot with the operator as its admin."""
    await bot.start(admin_ids=str(admin_chat.id), **changes)
    admin_chat.send_text("/start")
    await admin_chat.wait_for(lambda seen: seen.sender == "bot")


async def after_a_look(bot: BotUnderTest) -> None:
    """Let a quarter of an hour pass, and the bot ask for the balance."""
    asked = asyncio.Event()

    def notice(incoming: IncomingRequest, moment: Phase) -> None:
        if incoming.method == "GET /v2/billing" and moment == "answered":
            asked.set()

    bot.aiml.faults.on_request = notice
    bot.advance(QUARTER)
    async with asyncio.timeout(60):
        await asked.wait()


async def test_balance_for_admins(bot: BotUnderTest, admin_chat: Chat, coffee: bytes) -> None:
    """/balance tells an admin what is left, what was spent, and what the main effects cost."""
    await begin(bot, admin_chat)
    bot.chat.send_photo(coffee, "/squish")
    await bot.until_state(State.DELIVERED)
    admin_chat.send_text("/balance")
    told = (await admin_chat.wait_for(says("Left on the account"))).text
    assert "AIML: 99.78 USD" in told
    assert "in 24 hours: 0.23 USD for one video" in told
    assert "in 30 days: 0.23 USD for one video" in told
    assert "🤗 Hug: AIML 0.23 USD" in told
    assert "🎬 Animation: AIML 0.4" in told


async def test_balance_is_for_admins_in_private(bot: BotUnderTest, admin_chat: Chat) -> None:
    """Others are answered as if there were no such command; in a group an admin is not answered at all."""
    await begin(bot, admin_chat)
    bot.chat.send_text("/balance")
    await bot.chat.wait_for(says("I don't know “balance”"))
    boss = bot.telegram.people[admin_chat.id]
    group = bot.telegram.add_group("Friends", [boss, bot.ada])
    group.send_text("/balance@kling_sandbox_bot", by=boss)
    group.send_text("/help@kling_sandbox_bot", by=boss)
    await group.wait_for(says("I turn one or two photos"))
    assert not [seen for seen in group.messages if "Left on" in seen.text]
    assert bot.aiml.faults.request_count == 0


async def test_balance_with_trouble(bot: BotUnderTest, admin_chat: Chat) -> None:
    """A service that does not answer, and one that refuses the key, are told as that; so are unknown prices."""
    bot.aiml.faults.add("GET /v2/billing", RespondWith(502), RespondWith(401, {"message": "bad key"}))
    bot.aiml.faults.add("GET /v1/models", RespondWith(500), times=FOREVER)
    await begin(bot, admin_chat)
    admin_chat.send_text("/balance")
    told = await admin_chat.wait_for(says("AIML can't be asked now: HTTP 502"))
    assert "AIML does not tell its prices" in told.text
    assert "0.00 USD for 0 videos" in told.text
    admin_chat.send_text("/balance")
    await admin_chat.wait_for(says("AIML does not accept the key"))


async def test_own_prices_count(bot: BotUnderTest, admin_chat: Chat, coffee: bytes, tmp_path: Path) -> None:
    """The operator's own prices go before the service's, and count where the service does not say what it took."""
    path = tmp_path / "mine.toml"
    path.write_text(OWN_PRICES, "utf-8")
    bot.aiml.reports_cost = False
    await begin(bot, admin_chat, effects_file=str(path))
    bot.chat.send_photo(coffee, "/squish")
    job = await bot.until_state(State.DELIVERED)
    assert job.usd == 1.25
    admin_chat.send_text("/balance")
    told = (await admin_chat.wait_for(says("Left on the account"))).text
    assert "🫳 Squish: AIML 1.25 USD" in told
    assert "🎈 Inflate: AIML 0.50 USD" in told
    assert "in 24 hours: 1.25 USD for one video" in told
    listed = "\n".join(await list_effects(bot.settings()))
    assert "/squish — Squish: AIML squish (5 s, 1.25 USD)" in listed


async def test_unknown_costs_are_said_to_be_unknown(bot: BotUnderTest, admin_chat: Chat, coffee: bytes) -> None:
    """Videos whose price nobody told are counted as that, and not as free ones."""
    bot.aiml.reports_cost = False
    bot.aiml.faults.add("GET /v1/models", RespondWith(200, {"object": "list", "data": []}), times=FOREVER)
    await begin(bot, admin_chat)
    bot.chat.send_photo(coffee, "/squish")
    await bot.until_state(State.DELIVERED)
    admin_chat.send_text("/balance")
    await admin_chat.wait_for(says("0.00 USD for 0 videos and one more at a price that nobody told"))


async def test_videos_that_are_not_posted_cost_too(bot: BotUnderTest, admin_chat: Chat, coffee: bytes) -> None:
    """A video that was not to be posted was charged, and is among what was spent."""
    await begin(bot, admin_chat, poll_interval="0.2")
    bot.chat.send_photo(coffee, "/squish")
    await bot.until_state(State.GENERATING)
    bot.chat.send_text("/cancel")
    await bot.until_state(State.UNDELIVERABLE)
    admin_chat.send_text("/balance")
    told = await admin_chat.wait_for(says("Left on the account"))
    assert "USD for one video" in told.text
    assert "nobody told" not in told.text


async def test_low_balance_is_told_once(bot: BotUnderTest, admin_chat: Chat) -> None:
    """When the account runs low the admins hear of it once; again only after it had been filled up."""
    await begin(bot, admin_chat)
    await after_a_look(bot)
    bot.aiml.balance_usd = 4.5
    await after_a_look(bot)
    await admin_chat.wait_for(says("4.50 USD are left at AIML"))
    await after_a_look(bot)
    bot.aiml.balance_usd = 50.0
    await after_a_look(bot)
    bot.aiml.balance_usd = 3.0
    await after_a_look(bot)
    await admin_chat.wait_for(says("3.00 USD are left at AIML"))
    assert len(notices(admin_chat)) == 2


async def test_daily_limit_is_told_once(bot: BotUnderTest, admin_chat: Chat, coffee: bytes) -> None:
    """When all people together have used the day's videos the admins hear of it once; again when it happens again."""

    def told() -> int:
        return len([seen for seen in admin_chat.messages if "DAILY_LIMIT" in seen.text])

    await begin(bot, admin_chat, daily_limit="1")
    await after_a_look(bot)
    bot.chat.send_photo(coffee, "/squish", date=bot.clock())
    await bot.until_state(State.DELIVERED)
    await after_a_look(bot)
    await admin_chat.wait_for(says("DAILY_LIMIT (1) is reached"))
    await after_a_look(bot)
    bot.advance(86_400)
    await after_a_look(bot)
    assert told() == 1
    bot.chat.send_photo(coffee, "/squish", date=bot.clock())
    await bot.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED] * 2)
    await after_a_look(bot)
    await admin_chat.wait_for(lambda _: told() == 2)


async def test_notices_are_in_the_language_that_the_admin_chose(bot: BotUnderTest, admin_chat: Chat) -> None:
    """An admin who chose German in /settings reads notices in German."""
    await begin(bot, admin_chat)
    admin_chat.send_text("/settings")
    shown = await admin_chat.wait_for(lambda seen: "Deutsch" in [button.text for row in seen.buttons for button in row])
    admin_chat.press(shown.id, text="Deutsch")
    await admin_chat.wait_for(lambda seen: "✓ Deutsch" in [button.text for row in seen.buttons for button in row])
    bot.aiml.balance_usd = 4.5
    await after_a_look(bot)
    await admin_chat.wait_for(says("Bei AIML sind noch 4.50 USD"))


async def test_asked_at_most_every_quarter_of_an_hour(bot: BotUnderTest, admin_chat: Chat) -> None:
    """However much goes on, the service is not asked for the balance more often; 0 switches the notice off."""
    bot.aiml.balance_usd = 0.5
    await begin(bot, admin_chat, low_balance_usd="0")
    await after_a_look(bot)
    await bot.until(lambda _: bot.aiml.faults.request_count == 2)
    for _ in range(5):
        bot.advance(100)
        bot.chat.send_text("/help")
    await bot.telegram.wait(lambda _: len(bot.params_of("sendMessage")) >= 6)
    assert bot.aiml.faults.request_count == 2  # the balance once, the prices once
    assert notices(admin_chat) == []


async def test_asked_at_once_when_the_account_is_empty(bot: BotUnderTest, admin_chat: Chat, coffee: bytes) -> None:
    """A refusal for want of money is looked into at once."""
    bot.aiml.balance_usd = 0.01
    await begin(bot, admin_chat)
    bot.chat.send_photo(coffee, "/squish")
    await admin_chat.wait_for(says("account at AIML is empty"))
    await admin_chat.wait_for(says("0.01 USD are left at AIML"))


async def test_check_tells_prices_and_a_low_balance(bot: BotUnderTest) -> None:
    """`check` shows what is left and what a video costs."""
    bot.aiml.balance_usd = 4.0
    text = "\n".join(finding.text for finding in await check(bot.settings()))
    assert "4.00 USD are left on the account, less than LOW_BALANCE_USD (5.00)." in text
    assert "A video of 5 s costs at AIML, in USD: standard 0.23" in text
    assert "pro 0.49" in text
    assert f"{len(Catalogue.load().offered(('aiml',)))} effects are offered." in text
