"""When the bot is added to a group, it says once how to use it there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.assertions import AT, says

if TYPE_CHECKING:
    from sandbox.telegram import Chat
    from tests.conftest import Play

HELLO = says("Thank you for having me")


@pytest.fixture
def group(play: Play) -> Chat:
    """A group that the bot is not in yet."""
    return play.telegram.group_without_bot("Friends", [play.ada])


def hellos(group: Chat) -> int:
    """How often the bot introduced itself."""
    return sum(HELLO(seen) for seen in group.messages)


@pytest.mark.parametrize("privacy", [True, False])
async def test_added(play: Play, group: Chat, *, privacy: bool) -> None:
    """One message: the commands with the bot's name, privacy mode where it is on, the settings for admins."""
    play.telegram.account.privacy = privacy
    await play.start()
    play.telegram.invite(group)
    said = await group.wait_for(HELLO)
    assert f"/hug{AT}" in said.text
    assert f"/settings{AT}" in said.text
    assert ("Privacy mode is on" in said.text) == privacy


async def test_promoted_and_added_again(play: Play, group: Chat) -> None:
    """Being made an admin, or being put out and taken in again on one day, is no reason for another message."""
    await play.start()
    play.telegram.invite(group)
    await group.wait_for(HELLO)
    play.telegram.promote(group)
    play.telegram.kick(group)
    play.telegram.invite(group)
    group.say(f"/help{AT}", by=play.ada)
    await group.wait_for(lambda seen: f"/hug{AT}" in seen.text and not HELLO(seen))
    assert hellos(group) == 1


async def test_in_a_channel_or_a_private_chat(play: Play) -> None:
    """A person who unblocks the bot is not told how to use it in a group."""
    await play.start()
    play.telegram.block(play.ada)
    play.telegram.unblock(play.ada)
    play.chat.say("/help")
    await play.chat.wait_for(says("I turn one or two photos"))
    assert hellos(play.chat) == 0


async def test_help_tells_what_is_seen(play: Play, group: Chat) -> None:
    """/help in a group says what privacy mode means, as long as it is on."""
    await play.start()
    play.telegram.invite(group)
    await group.wait_for(HELLO)
    group.say(f"/help{AT}", by=play.ada)
    said = await group.wait_for(lambda seen: f"/hug{AT}" in seen.text and not HELLO(seen))
    assert "Privacy mode is on" in said.text
