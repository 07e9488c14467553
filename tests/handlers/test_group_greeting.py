"""When the bot is added to a group, it says once how to use it there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.assertions import MENTION, says

if TYPE_CHECKING:
    from sandbox.telegram import Chat
    from tests.bot_under_test import BotUnderTest

HELLO = says("Thank you for having me")


@pytest.fixture
def group(bot: BotUnderTest) -> Chat:
    """A group that the bot is not in yet."""
    return bot.telegram.add_group_without_bot("Friends", [bot.ada])


def hellos(group: Chat) -> int:
    """Count how often the bot introduced itself."""
    return sum(HELLO(seen) for seen in group.messages)


@pytest.mark.parametrize("privacy", [True, False])
async def test_added(bot: BotUnderTest, group: Chat, *, privacy: bool) -> None:
    """One message: the commands with the bot's name, privacy mode where it is on, the settings for admins."""
    bot.telegram.account.privacy = privacy
    await bot.start()
    bot.telegram.add_bot(group)
    said = await group.wait_for(HELLO)
    assert f"/hug{MENTION}" in said.text
    assert f"/settings{MENTION}" in said.text
    assert ("Privacy mode is on" in said.text) == privacy


async def test_promoted_and_added_again(bot: BotUnderTest, group: Chat) -> None:
    """Being made an admin, or being put out and taken in again on one day, is no reason for another message."""
    await bot.start()
    bot.telegram.add_bot(group)
    await group.wait_for(HELLO)
    bot.telegram.promote_bot(group)
    bot.telegram.remove_bot(group)
    bot.telegram.add_bot(group)
    group.send_text(f"/help{MENTION}", by=bot.ada)
    await group.wait_for(lambda seen: f"/hug{MENTION}" in seen.text and not HELLO(seen))
    assert hellos(group) == 1


async def test_in_a_channel_or_a_private_chat(bot: BotUnderTest) -> None:
    """A person who unblocks the bot is not told how to use it in a group."""
    await bot.start()
    bot.telegram.block(bot.ada)
    bot.telegram.unblock(bot.ada)
    bot.chat.send_text("/help")
    await bot.chat.wait_for(says("I turn one or two photos"))
    assert hellos(bot.chat) == 0


async def test_help_tells_what_is_seen(bot: BotUnderTest, group: Chat) -> None:
    """/help in a group says what privacy mode means, as long as it is on."""
    await bot.start()
    bot.telegram.add_bot(group)
    await group.wait_for(HELLO)
    group.send_text(f"/help{MENTION}", by=bot.ada)
    said = await group.wait_for(lambda seen: f"/hug{MENTION}" in seen.text and not HELLO(seen))
    assert "Privacy mode is on" in said.text
