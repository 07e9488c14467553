"""/animate in a private chat: every way of asking means the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import State
from tests.assertions import is_video, says
from tests.handlers.animations import V1_6, V2, WORDS, animated, asks_for_words

if TYPE_CHECKING:
    from tests.conftest import Play


async def test_caption(play: Play, ada: bytes) -> None:
    """A photo with the command and the words as its caption becomes the video, which quotes the words as they are."""
    await play.start()
    asked = play.chat.photo(ada, f"/animate {WORDS}")
    submission = await animated(play, ada)
    assert (submission.model, submission.duration) == (V1_6, 5)
    assert set(submission.body) == {"model", "image_url", "prompt", "duration"}
    video = await play.chat.wait_for(is_video)
    assert video.reply_to == asked
    assert "Animation" in video.words
    assert f"“{WORDS}”" in video.words


@pytest.mark.parametrize("caption_on", [0, 1])
async def test_album_of_two(play: Play, ada: bytes, coffee: bytes, caption_on: int) -> None:
    """Of an album of two the first photo is the beginning of the video, and the second one its end."""
    await play.start()
    play.chat.album([ada, coffee], f"/animate {WORDS}", caption_on)
    await animated(play, ada, coffee)
    status = [seen.words for seen in play.chat.history if "begins with the first photo" in seen.words]
    assert status


async def test_album_of_three(play: Play, ada: bytes, ben: bytes, coffee: bytes) -> None:
    """Of a larger album the first two photos are taken, and the person is told."""
    await play.start()
    play.chat.album([ada, ben, coffee], f"/animate {WORDS}")
    await animated(play, ada, ben)
    assert (await play.job()).extra_photos


async def test_only_one_of_an_album_arrives(play: Play, ada: bytes, coffee: bytes) -> None:
    """Where no second photo of an album comes, the first one is animated alone when the album has been quiet."""
    play.chat.album([ada, coffee], f"/animate {WORDS}")
    first, _ = play.telegram.updates.pending
    play.telegram.updates.drop()
    play.telegram.push(first)
    await play.start()
    await animated(play, ada)


async def test_an_album_is_waited_for_across_a_restart(play: Play, ada: bytes, coffee: bytes) -> None:
    """A restart while an album is waited for loses nothing: after it the photo that came is animated."""
    play.chat.album([ada, coffee], f"/animate {WORDS}")
    first, _ = play.telegram.updates.pending
    play.telegram.updates.drop()
    play.telegram.push(first)
    await play.start(album_wait="60")
    play.chat.say("/status")
    await play.chat.wait_for(says("None yet"))
    await play.stop()
    assert await play.jobs() == []
    play.pass_time(61)
    await play.start()
    await animated(play, ada)


async def test_reply_to_photo(play: Play, ada: bytes) -> None:
    """The command in reply to a photo takes that photo."""
    await play.start()
    photo = play.chat.photo(ada)
    await play.chat.wait_for(says("What shall I do"))
    play.chat.say(f"/animate {WORDS}", reply_to=photo)
    await animated(play, ada)


async def test_reply_to_one_of_an_album(play: Play, ada: bytes, coffee: bytes) -> None:
    """The command in reply to either photo of an album of two takes both."""
    await play.start()
    _, second = play.chat.album([ada, coffee])
    await play.chat.wait_for(says("these 2 photos"))
    play.chat.say(f"/animate {WORDS}", reply_to=second)
    await animated(play, ada, coffee)


async def test_photo_with_command_in_reply_to_photo(play: Play, ada: bytes, coffee: bytes) -> None:
    """A captioned photo that replies to another photo is the beginning, and the other one the end."""
    await play.start()
    other = play.chat.photo(coffee)
    await play.chat.wait_for(says("What shall I do"))
    play.chat.photo(ada, f"/animate {WORDS}", reply_to=other)
    await animated(play, ada, coffee)


async def test_photo_first_then_command(play: Play, ada: bytes) -> None:
    """A photo, then the command with its words."""
    await play.start()
    play.chat.photo(ada)
    await play.chat.wait_for(says("What shall I do"))
    play.chat.say(f"/animate {WORDS}")
    await animated(play, ada)


async def test_of_photos_one_by_one_the_newest(play: Play, ada: bytes, coffee: bytes) -> None:
    """Photos that came one by one are not a beginning and an end: the newest is animated."""
    await play.start()
    play.chat.photo(ada)
    play.chat.photo(coffee)
    await play.chat.wait_for(says("these 2 photos"))
    play.chat.say("/animate")
    await play.chat.wait_for(asks_for_words)
    play.chat.say(WORDS)
    await animated(play, coffee)


async def test_album_first_then_command(play: Play, ada: bytes, coffee: bytes) -> None:
    """An album of two, then the command: both photos are taken."""
    await play.start()
    play.chat.album([ada, coffee])
    await play.chat.wait_for(says("these 2 photos"))
    play.chat.say(f"/animate {WORDS}")
    await animated(play, ada, coffee)


async def test_command_first_then_photo(play: Play, ada: bytes) -> None:
    """The command with its words first: the bot asks for the photo, and takes it."""
    await play.start()
    play.chat.say(f"/animate {WORDS}")
    await play.chat.wait_for(says("send me the photo"))
    play.chat.photo(ada)
    await animated(play, ada)


async def test_command_first_then_album(play: Play, ada: bytes, coffee: bytes) -> None:
    """The command with its words first, then both photos at once."""
    await play.start()
    play.chat.say(f"/animate {WORDS}")
    await play.chat.wait_for(says("send me the photo"))
    play.chat.album([ada, coffee])
    await animated(play, ada, coffee)


async def test_no_words(play: Play, ada: bytes) -> None:
    """A photo with the bare command: the bot asks what should happen, and the next message says it."""
    await play.start()
    play.chat.photo(ada, "/animate")
    question = await play.chat.wait_for(asks_for_words)
    said = play.chat.say(WORDS)
    await animated(play, ada)
    assert (await play.chat.wait_for(is_video)).reply_to == said
    await play.chat.wait(lambda chat: question.id not in [seen.id for seen in chat.messages])


async def test_nothing_but_the_command(play: Play, ada: bytes) -> None:
    """The bare command asks for photo and words; the words may come first, and then the photo."""
    await play.start()
    play.chat.say("/animate")
    await play.chat.wait_for(says("send me the photo, and write"))
    play.chat.say(WORDS)
    await play.chat.wait_for(lambda seen: says("send me the photo.")(seen) and not says("and write")(seen))
    play.chat.photo(ada)
    await animated(play, ada)


async def test_the_words_as_a_caption(play: Play, ada: bytes) -> None:
    """The bare command, and then a photo whose caption is the words, options included."""
    await play.start()
    play.chat.say("/animate")
    await play.chat.wait_for(says("send me the photo, and write"))
    play.chat.photo(ada, f"{WORDS} 10s")
    submission = await animated(play, ada)
    assert submission.duration == 10


async def test_photo_then_its_words(play: Play, ada: bytes) -> None:
    """The bare command, a photo, and then the words."""
    await play.start()
    play.chat.say("/animate")
    await play.chat.wait_for(says("send me the photo, and write"))
    play.chat.photo(ada)
    await play.chat.wait_for(asks_for_words)
    play.chat.say(WORDS)
    await animated(play, ada)


async def test_options_before_the_words(play: Play, ada: bytes) -> None:
    """What was said in the command holds when the words come later."""
    await play.start()
    play.chat.photo(ada, "/animate --model v2 --no blur")
    await play.chat.wait_for(asks_for_words)
    play.chat.say(f"{WORDS} 10s")
    submission = await animated(play, ada)
    assert (submission.model, submission.duration, submission.body["negative_prompt"]) == (V2, 10, "blur")


async def test_button_under_a_photo(play: Play, ada: bytes) -> None:
    """The button Animation under a lone photo asks what should happen."""
    await play.start()
    play.chat.photo(ada)
    offered = await play.chat.wait_for(says("What shall I do"))
    play.chat.press(offered.id, "🎬 Animation")
    await play.chat.wait_for(asks_for_words)
    play.chat.say(WORDS)
    await animated(play, ada)


async def test_by_name_and_by_link(play: Play, ada: bytes) -> None:
    """/effect animate with words means the same; a link to the bot that names it asks for photo and words."""
    await play.start()
    play.chat.photo(ada, f"/effect animate {WORDS}")
    await animated(play, ada)
    play.chat.say("/start animate")
    await play.chat.wait_for(says("send me the photo, and write"))


async def test_other_commands_are_no_words(play: Play, ada: bytes) -> None:
    """While the bot waits for words a command is a command; /cancel gives it up, and later words are just words."""
    await play.start()
    play.chat.photo(ada, "/animate")
    await play.chat.wait_for(asks_for_words)
    play.chat.say("/status")
    await play.chat.wait_for(says("None yet"))
    play.chat.say("/cancel")
    await play.chat.wait_for(says("cancelled"))
    play.chat.say("she waves")
    await play.chat.wait_for(says("/effects lists everything"))
    assert await play.jobs() == []


async def test_the_operator_chooses_the_model(play: Play, ada: bytes) -> None:
    """With ANIMATE_MODEL=v2 the newer model is asked, unless the person says otherwise."""
    await play.start(animate_model="v2")
    play.chat.photo(ada, f"/animate {WORDS}")
    assert (await animated(play, ada)).model == V2
    play.chat.photo(ada, f"/animate --model 1.6 {WORDS}")
    await play.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED] * 2)
    assert play.aiml.submissions[1].model == V1_6


async def test_where_people_find_it(play: Play) -> None:
    """/help explains it, /effects offers it, and it is in the menu of commands."""
    await play.start()
    play.chat.say("/help")
    help_ = await play.chat.wait_for(says("/animate"))
    assert "--cfg 0.8" in help_.words
    play.chat.say("/effects")
    shelves = await play.chat.wait_for(says("Choose one, or a theme"))
    play.chat.press(shelves.id, "🎬 Animation")
    await play.chat.wait_for(says("send me the photo, and write"))
    await play.telegram.wait(lambda _: bool(play.said("setMyCommands")))
    assert "animate" in str(play.said("setMyCommands")[0]["commands"])


async def test_it_counts_like_any_video(play: Play, ada: bytes) -> None:
    """An animation counts towards the limit of a day."""
    await play.start(user_daily_limit="1")
    play.chat.photo(ada, f"/animate {WORDS}")
    await animated(play, ada)
    play.chat.photo(ada, f"/animate {WORDS}")
    await play.chat.wait_for(says("in the last 24 hours"))
    assert len(play.aiml.submissions) == 1


async def test_found_after_a_long_outage(play: Play, ada: bytes, coffee: bytes) -> None:
    """An animation that was asked for while the bot was away for long needs a tap, and keeps its words and photos."""
    play.chat.album([ada, coffee], f"/animate {WORDS} 10s")
    play.clock.advance(1200)
    await play.start()
    held = await play.chat.wait_for(says("I was away"))
    assert await play.jobs() == []
    play.chat.press(held.id, "Run it now")
    assert (await animated(play, ada, coffee)).duration == 10
