"""/privacy is the privacy policy, and /terms are the terms: the bot's own, or the operator's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.assertions import labels, says

if TYPE_CHECKING:
    from tests.bot_under_test import BotUnderTest


async def test_the_policy_of_this_installation(bot: BotUnderTest) -> None:
    """/privacy says who gets the photos and where, how long what is kept and how to delete it, above the choice."""
    await bot.start(keep_days="12", services_country="Utopia")
    bot.chat.send_text("/privacy")
    shown = await bot.chat.wait_for(says("Privacy"))
    for part in ("AIML", "in Utopia", "12 days", "/deletemydata", "Your profile picture"):
        assert part in shown.text
    assert "● Ask me each time" in labels(shown)


async def test_the_operators_own_pages(bot: BotUnderTest) -> None:
    """With PRIVACY_POLICY_URL and TERMS_URL people get the operator's pages."""
    await bot.start(privacy_policy_url="https://example.com/privacy?a=1&b=2", terms_url="https://example.com/terms")
    bot.chat.send_text("/privacy")
    shown = await bot.chat.wait_for(says("the policy of this bot's operator"))
    assert 'href="https://example.com/privacy?a=1&amp;b=2"' in shown.html
    bot.chat.send_text("/terms")
    shown = await bot.chat.wait_for(says("the terms of this bot's operator"))
    assert 'href="https://example.com/terms"' in shown.html


async def test_the_bots_own_terms(bot: BotUnderTest) -> None:
    """/terms asks for consent, for no deception and for nobody under age, in words of its own."""
    await bot.start()
    bot.chat.send_text("/terms")
    shown = await bot.chat.wait_for(says("Terms"))
    for part in ("people who agree", "minors", "deceive"):
        assert part in shown.text
