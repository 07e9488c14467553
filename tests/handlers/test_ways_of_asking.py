"""Every way of asking means the same: point by point as people do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.assertions import asks_for_other, is_video, labels
from tests.handlers.private_sights import left_is, made

if TYPE_CHECKING:
    from tests.conftest import Play


@pytest.mark.parametrize("command", ["/squish", "/SQUISH", "/squish@kling_sandbox_bot", "/squish please"])
async def test_caption(play: Play, coffee: bytes, command: str) -> None:
    """A photo with the command as its caption, in any case, becomes the video in a reply to it."""
    await play.start()
    asked = play.chat.photo(coffee, command)
    await made(play, "squish", 1)
    assert (await play.chat.wait_for(is_video)).reply_to == asked


async def test_command_for_another_bot(play: Play, coffee: bytes) -> None:
    """A command that names another bot is not ours: the photo is treated as one without a command."""
    await play.start()
    play.chat.photo(coffee, "/squish@other_bot")
    await play.chat.wait_for(lambda seen: "What shall I do" in seen.text)
    assert await play.jobs() == []


@pytest.mark.parametrize("caption_on", [0, 1])
async def test_album(play: Play, ada: bytes, ben: bytes, caption_on: int) -> None:
    """An album with the command as the caption of any of its photos; the first photo is the left person."""
    await play.start()
    play.chat.album([ada, ben], "/hug", caption_on)
    await made(play, "hug", 2)
    assert left_is(play, ada)


async def test_album_out_of_order(play: Play, ada: bytes, ben: bytes) -> None:
    """The order of an album is that of its messages, whatever order the updates come in."""
    play.chat.album([ada, ben], "/hug", 1)
    first, second = play.telegram.updates.pending
    play.telegram.updates.drop()
    play.telegram.push(second | {"update_id": first["update_id"]})
    play.telegram.push(first | {"update_id": second["update_id"]})
    await play.start()
    await made(play, "hug", 2)
    assert left_is(play, ada)


async def test_album_with_more_photos(play: Play, ada: bytes, ben: bytes, coffee: bytes) -> None:
    """Of an album with more photos than needed the first are taken, the person is told, and there is one video."""
    await play.start()
    play.chat.album([ada, ben, coffee], "/hug")
    await made(play, "hug", 2)
    assert left_is(play, ada)
    job = await play.job()
    assert job.extra_photos


async def test_reply_to_photo(play: Play, coffee: bytes) -> None:
    """The command as a reply to a photo takes that photo."""
    await play.start()
    photo = play.chat.photo(coffee)
    await play.chat.wait_for(lambda seen: "What shall I do" in seen.text)
    play.chat.say("/squish", reply_to=photo)
    await made(play, "squish", 1)


async def test_reply_to_one_of_an_album(play: Play, ada: bytes, ben: bytes) -> None:
    """The command as a reply to either photo of an album takes both, in the album's order."""
    await play.start()
    _, second = play.chat.album([ada, ben])
    await play.chat.wait_for(lambda seen: "these 2 photos" in seen.text)
    play.chat.say("/hug", reply_to=second)
    await made(play, "hug", 2)
    assert left_is(play, ada)


async def test_photo_with_command_in_reply_to_photo(play: Play, ada: bytes, ben: bytes) -> None:
    """A captioned photo that replies to another photo stands on the left, the other on the right."""
    await play.start()
    other = play.chat.photo(ben)
    await play.chat.wait_for(lambda seen: "What shall I do" in seen.text)
    play.chat.photo(ada, "/hug", reply_to=other)
    await made(play, "hug", 2)
    assert left_is(play, ada)


async def test_photo_first_then_command(play: Play, coffee: bytes) -> None:
    """A photo, then the command: the photo is taken, and the buttons that were offered go away."""
    await play.start()
    play.chat.photo(coffee)
    offered = await play.chat.wait_for(lambda seen: "What shall I do" in seen.text)
    play.chat.say("/squish")
    await made(play, "squish", 1)
    await play.chat.wait(lambda chat: offered.id not in [seen.id for seen in chat.messages])


async def test_the_newest_photo_is_meant(play: Play, ada: bytes, coffee: bytes) -> None:
    """Of photos sent one by one before the command, the newest is meant."""
    await play.start()
    play.chat.photo(ada)
    play.chat.photo(coffee)
    await play.chat.wait_for(lambda seen: "these 2 photos" in seen.text)
    play.chat.say("/squish")
    await made(play, "squish", 1)
    assert left_is(play, coffee)


async def test_two_single_photos_then_command(play: Play, ada: bytes, ben: bytes) -> None:
    """Two photos one after the other, then the command: the first stands on the left."""
    await play.start()
    play.chat.photo(ada)
    play.chat.photo(ben)
    await play.chat.wait_for(lambda seen: "these 2 photos" in seen.text)
    play.chat.say("/hug")
    await made(play, "hug", 2)
    assert left_is(play, ada)


async def test_command_first_then_photo(play: Play, coffee: bytes) -> None:
    """The command first: the bot asks for the photo, takes it, and its question goes away."""
    await play.start()
    play.chat.say("/squish")
    question = await play.chat.wait_for(lambda seen: "send me the photo" in seen.text)
    play.chat.photo(coffee)
    await made(play, "squish", 1)
    await play.chat.wait(lambda chat: question.id not in [seen.id for seen in chat.messages])


async def test_command_first_then_two_photos(play: Play, ada: bytes, ben: bytes) -> None:
    """The command first, then two photos one after the other; after the first the bot asks for the other."""
    await play.start()
    play.chat.say("/hug")
    await play.chat.wait_for(lambda seen: "send me two photos" in seen.text)
    play.chat.photo(ada)
    await play.chat.wait_for(asks_for_other)
    play.chat.photo(ben)
    await made(play, "hug", 2)
    assert left_is(play, ada)


async def test_command_first_then_album(play: Play, ada: bytes, ben: bytes) -> None:
    """The command first, then both photos as an album."""
    await play.start()
    play.chat.say("/hug")
    await play.chat.wait_for(lambda seen: "send me two photos" in seen.text)
    play.chat.album([ada, ben])
    await made(play, "hug", 2)


async def test_captioned_photo_then_the_other(play: Play, ada: bytes, ben: bytes) -> None:
    """A two-photo effect with one photo asks for the other, and says that the first will stand on the left."""
    await play.start()
    play.chat.photo(ada, "/hug")
    question = await play.chat.wait_for(asks_for_other)
    assert "it will stand on the left" in question.text
    play.chat.photo(ben)
    await made(play, "hug", 2)
    assert left_is(play, ada)


async def test_lone_photo_gets_buttons(play: Play, coffee: bytes) -> None:
    """After a lone photo with no command there are buttons with the main effects; a press makes the video there."""
    await play.start()
    play.chat.photo(coffee)
    offered = await play.chat.wait_for(lambda seen: "What shall I do" in seen.text)
    titles = labels(offered)
    assert any("Squish" in title for title in titles)
    assert any("Hug" in title for title in titles)
    play.chat.press(offered.id, next(title for title in titles if "Squish" in title))
    await made(play, "squish", 1)
    assert (await play.chat.wait_for(is_video)).id == offered.id


async def test_lone_photo_then_two_photo_button(play: Play, ada: bytes, ben: bytes) -> None:
    """A two-photo effect chosen for a lone photo asks for the other one."""
    await play.start()
    play.chat.photo(ada)
    offered = await play.chat.wait_for(lambda seen: "What shall I do" in seen.text)
    hug = next(button for row in offered.buttons for button in row if "Hug" in button.text)
    play.chat.press(offered.id, hug.text)
    await play.chat.wait_for(asks_for_other)
    play.chat.photo(ben)
    await made(play, "hug", 2)
    assert left_is(play, ada)


@pytest.mark.parametrize("edit", ["caption", "text"])
async def test_edited_messages_cost_nothing(play: Play, coffee: bytes, edit: str) -> None:
    """An edited message is no request, not even one that becomes a command."""
    await play.start()
    photo = play.chat.photo(coffee, "hello")
    await play.chat.wait_for(lambda seen: "What shall I do" in seen.text)
    if edit == "caption":
        play.chat.edit(photo, caption="/squish")
    else:
        said = play.chat.say("hello")
        await play.chat.wait_for(lambda seen: "Send me a photo" in seen.text)
        play.chat.edit(said, text="/squish")
    play.chat.say("/status")
    await play.chat.wait_for(lambda seen: "None yet" in seen.text)
    assert await play.jobs() == []
