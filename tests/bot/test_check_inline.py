"""What `python -m bot check` says of inline mode, guest mode and the storage chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bot.check_output import check_output

if TYPE_CHECKING:
    from tests.bot_under_test import BotUnderTest


async def test_switches_that_are_on(bot: BotUnderTest) -> None:
    """What is switched on is told, with where inline feedback can be seen."""
    text, wrong = await check_output(bot)
    assert not wrong
    for words in ("Inline mode is on", "/setinlinefeedback", "Guest mode is on", "STORAGE_CHAT_ID is not set"):
        assert words in text


async def test_switches_that_are_off(bot: BotUnderTest) -> None:
    """What is switched off is told, with where it is switched on; the bot works without."""
    bot.telegram.account.inline = bot.telegram.account.guest = False
    text, wrong = await check_output(bot)
    assert not wrong
    assert "Inline mode is off (@BotFather, /setinline)" in text
    assert "Guest mode is off" in text


async def test_a_storage_chat_that_is_right(bot: BotUnderTest) -> None:
    """A channel where the bot is an admin is named."""
    channel = bot.telegram.add_channel("Storage")
    text, wrong = await check_output(bot, storage_chat_id=str(channel.id))
    assert not wrong
    assert "pass through “Storage”" in text


async def test_a_storage_chat_that_is_not_there(bot: BotUnderTest) -> None:
    """A chat that the bot does not know is wrong."""
    text, wrong = await check_output(bot, storage_chat_id="-100123")
    assert wrong
    assert "The storage chat -100123 can't be reached" in text


async def test_a_storage_chat_that_takes_nothing(bot: BotUnderTest) -> None:
    """A channel where the bot is no admin is wrong."""
    channel = bot.telegram.add_channel("Storage")
    channel.bot_status = "member"
    text, wrong = await check_output(bot, storage_chat_id=str(channel.id))
    assert wrong
    assert "may not send videos to the storage chat “Storage”" in text
