"""Every way of asking means the same: point by point as people do it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pillow_heif
import pytest
from PIL import Image

from storage import State
from tests.sights import is_video, labels

if TYPE_CHECKING:
    from sandbox.telegram import Seen
    from tests.conftest import Play


def asks_for_other(seen: Seen) -> bool:
    """The question for the second photo."""
    return "send me the other one" in seen.text


async def made(play: Play, scene: str, photos: int) -> None:
    """The video came, once, of that scene with so many photos, and nothing else was asked of the service."""
    await play.chat.wait_for(is_video)
    await play.until_state(State.DELIVERED)
    (submission,) = play.aiml.submissions
    assert (submission.scene, len(submission.photos)) == (scene, photos)
    assert len([seen for seen in play.chat.messages if is_video(seen)]) == 1


def left_is(play: Play, photo: bytes) -> bool:
    """Whether the first photo at the service shows the same as this one."""
    sent = Image.open(BytesIO(play.aiml.submissions[0].photos[0])).convert("RGB").resize((8, 8))
    meant = Image.open(BytesIO(photo)).convert("RGB").resize((8, 8))
    return max(abs(a - b) for a, b in zip(sent.tobytes(), meant.tobytes(), strict=True)) < 16


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


@pytest.mark.parametrize("name", ["picture.heic", "picture.webp", "picture.png", "picture.jpg"])
async def test_image_sent_as_a_file(play: Play, coffee: bytes, name: str) -> None:
    """An image sent as a file works: JPEG, PNG, WebP and HEIC; the service gets a JPEG."""
    picture, out = Image.open(BytesIO(coffee)), BytesIO()
    if name.endswith("heic"):
        pillow_heif.from_pillow(picture).save(out, format="HEIF")
    else:
        picture.save(out, format={"webp": "WEBP", "png": "PNG", "jpg": "JPEG"}[name.split(".")[1]])
    await play.start()
    play.chat.document(out.getvalue(), name, f"image/{name.split('.')[1]}", "/squish")
    await made(play, "squish", 1)
    assert Image.open(BytesIO(play.aiml.submissions[0].photos[0])).format == "JPEG"


async def test_live_photo(play: Play, coffee: bytes) -> None:
    """Of a live photo the still picture is taken."""
    await play.start()
    play.chat.live_photo(coffee, "/squish")
    await made(play, "squish", 1)


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


@pytest.mark.parametrize(
    ("words", "scene"),
    [
        ("/jelly_squish", "jelly_squish"),
        ("/effect jelly_squish", "jelly_squish"),
        ("/effect Jelly Squish", "jelly_squish"),
        ("/lets_ride", "let's_ride"),
        ("/effect let’s_ride", "let's_ride"),
        ("/inflate", "expansion"),
        ("/expansion", "expansion"),
    ],
)
async def test_every_other_scene(play: Play, coffee: bytes, words: str, scene: str) -> None:
    """Other scenes go by /effect NAME and by their own command, aliases included."""
    await play.start()
    play.chat.photo(coffee, words)
    await made(play, scene, 1)


async def test_heart_is_heart_gesture(play: Play, ada: bytes, ben: bytes) -> None:
    """/heart asks the service for heart_gesture."""
    await play.start()
    play.chat.album([ada, ben], "/heart")
    await made(play, "heart_gesture", 2)


async def test_unknown_effect(play: Play, coffee: bytes) -> None:
    """A name that is not there gets the nearest ones, and whatever is in it is shown as it is."""
    await play.start()
    play.chat.photo(coffee, "/effect jely_squish <b>")
    answer = await play.chat.wait_for(lambda seen: "Did you mean" in seen.text)
    assert "jely_squish <b>" in answer.text
    assert "/jelly" in answer.text
    assert await play.jobs() == []


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


@pytest.mark.parametrize("kind", ["sticker", "video", "voice", "animation"])
async def test_other_things_than_photos(play: Play, clip: bytes, kind: str) -> None:
    """A sticker, a video, a GIF or a sound gets a sentence that says what is needed."""
    await play.start()
    if kind in {"video", "animation"}:
        getattr(play.chat, kind)(clip)
    else:
        getattr(play.chat, kind)()
    answer = await play.chat.wait_for(lambda seen: seen.sender == "bot")
    assert "I need a still photo" in answer.text


async def test_command_in_reply_to_a_sticker(play: Play, coffee: bytes) -> None:
    """A command in reply to a sticker says what is needed, and takes the photo that follows."""
    await play.start()
    sticker = play.chat.sticker()
    await play.chat.wait_for(lambda seen: "That's a sticker" in seen.text)
    play.chat.say("/squish", reply_to=sticker)
    await play.chat.wait_for(lambda seen: "send me the photo" in seen.text)
    play.chat.photo(coffee)
    await made(play, "squish", 1)
