"""Pictures that stand elsewhere than in a photo with a command as its caption's first word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from storage import State
from tests.assertions import MENTION, is_video, says
from tests.handlers.inline.inline_chat import becomes_video

if TYPE_CHECKING:
    from sandbox.telegram import Chat
    from tests.bot_under_test import BotUnderTest

ANOTHER_BOT = {"id": 99, "is_bot": True, "first_name": "Pic", "username": "pic"}


def reply_elsewhere(bot: BotUnderTest, content: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a message that replies to one of Ben's in another chat."""
    ben = bot.telegram.add_person("Ben")
    origin = {"type": "user", "sender_user": ben.user(), "date": 1}
    return {"external_reply": {"origin": origin, **content}}


def photo_content(bot: BotUnderTest, data: bytes, kind: str) -> dict[str, Any]:
    """Return the field of a message that holds this photo."""
    files = bot.telegram.files
    sizes = files.add_photo(data).api_object
    if kind == "file":
        return {"document": files.add_document(data, "a.jpg", "image/jpeg").api_object}
    if kind == "rich":
        return {"rich_message": {"blocks": [{"type": "photo", "photo": sizes}]}}
    return {"photo": sizes}


def group_of(bot: BotUnderTest) -> Chat:
    """Return a group in which the bot sees every message."""
    bot.telegram.account.privacy = False
    return bot.telegram.add_group("Friends", [bot.ada])


async def one_video(bot: BotUnderTest, effect: str, photos: int) -> None:
    """Check that one video of this effect and so many photos is delivered."""
    job = await bot.until_state(State.DELIVERED)
    assert (job.effect, len(job.photos)) == (effect, photos)


@pytest.mark.parametrize("kind", ["photo", "file", "rich"])
@pytest.mark.parametrize("place", ["private", "group"])
async def test_row_53_a_photo_in_another_chat(bot: BotUnderTest, coffee: bytes, place: str, kind: str) -> None:
    """A command in reply to a photo in another chat makes a video of it, also in a topic or a group."""
    chat = bot.chat if place == "private" else group_of(bot)
    await bot.start()
    extra = reply_elsewhere(bot, photo_content(bot, coffee, kind))
    chat.send_text("/squish" if place == "private" else f"/squish{MENTION}", by=bot.ada, extra=extra)
    await one_video(bot, "squish", 1)
    assert (await bot.job()).photos[0].author_id is not None


async def test_row_53_own_photo_beside_one_in_another_chat(bot: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """A photo with `/hug` in reply to a photo in another chat: its own stands on the left."""
    await bot.start()
    bot.chat.send_photo(ada, "/hug", extra=reply_elsewhere(bot, photo_content(bot, ben, "photo")))
    await one_video(bot, "hug", 2)
    assert bot.aiml.submissions[0].photos[0] != bot.aiml.submissions[0].photos[1]


WORDS: dict[str, tuple[dict[str, Any], str]] = {
    "sticker": (
        {
            "sticker": {"file_id": "a", "file_unique_id": "a", "type": "regular", "width": 9, "height": 9}
            | {"is_animated": False, "is_video": False}
        },
        "That's a sticker",
    ),
    "paid": ({"paid_media": {"star_count": 1, "paid_media": []}}, "sold for Stars"),
    "story": ({"story": {"chat": {"id": -1, "type": "channel", "title": "News"}, "id": 1}}, "can't see stories"),
    "game": ({"game": {"title": "a", "description": "b", "photo": []}}, "can't use the picture in that"),
}


@pytest.mark.parametrize("kind", WORDS)
@pytest.mark.parametrize("place", ["another chat", "this chat", "the message"])
async def test_row_53_what_can_not_be_used(bot: BotUnderTest, coffee: bytes, place: str, kind: str) -> None:
    """A sticker, paid media, a story or a game: a sentence says so, and the photo that follows is used."""
    content, words = WORDS[kind]
    group = group_of(bot)
    await bot.start()
    if place == "another chat":
        group.send_text(f"/squish{MENTION}", by=bot.ada, extra=reply_elsewhere(bot, content))
    elif place == "this chat":
        raw = {"message_id": 1, "date": 1, "chat": group.api_object, "from": bot.telegram.add_person("Ben").user()}
        group.send_text(f"/squish{MENTION}", by=bot.ada, extra={"reply_to_message": raw | content})
    else:
        group.send_text(f"/squish{MENTION}", by=bot.ada, extra=content)
    await group.wait_for(says(words))
    question = await group.wait_for(says("send me the photo"))
    group.send_photo(coffee, by=bot.ada, reply_to=question.id)
    await one_video(bot, "squish", 1)


async def test_row_53_a_reply_to_a_story(bot: BotUnderTest) -> None:
    """A command in reply to a story is told that the bot can't see it."""
    await bot.start()
    story = {"chat": bot.chat.api_object, "id": 1}
    bot.chat.send_text("/squish", extra={"reply_to_story": story})
    await bot.chat.wait_for(says("can't see stories"))


@pytest.mark.parametrize("caption", ["/squish", None])
async def test_row_53_a_photo_sent_via_another_bot(bot: BotUnderTest, coffee: bytes, caption: str | None) -> None:
    """A photo that somebody sends by means of an inline bot is theirs: it is used like any other."""
    await bot.start()
    bot.chat.send_photo(coffee, caption, extra={"via_bot": ANOTHER_BOT})
    if caption is None:
        question = await bot.chat.wait_for(says("What shall I do"))
        bot.chat.press(question.id, next(b.text for row in question.buttons for b in row if "quish" in b.text))
    await one_video(bot, "squish", 1)


async def test_row_53_what_is_sent_via_the_bot_itself(bot: BotUnderTest, coffee: bytes) -> None:
    """What comes from the bot's own inline results asks for nothing."""
    await bot.start()
    bot.chat.send_photo(coffee, "/squish", extra={"via_bot": bot.telegram.account.user()})
    bot.chat.send_text("/status")
    await bot.chat.wait_for(says("Your videos"))
    assert await bot.jobs() == []


async def test_row_53_the_new_photo_of_a_group(bot: BotUnderTest, coffee: bytes) -> None:
    """A command in reply to the message about a group's new photo takes that; the message itself asks for nothing."""
    group = group_of(bot)
    await bot.start()
    changed = group.add_service_message(by=bot.ada, new_chat_photo=bot.telegram.files.add_photo(coffee).api_object)
    group.send_text(f"/squish{MENTION}", by=bot.ada, reply_to=changed)
    await one_video(bot, "squish", 1)


CAPTIONS = [
    f"look at this /squish{MENTION}",
    f"👩‍👩‍👧 /squish{MENTION} please",
    f"{MENTION} squish",
    f"squish {MENTION}",
    f"{MENTION} /squish",
    f"{MENTION} please squish this!",
    f"hey {MENTION}, /squish",
    f"/squish@another_bot /squish{MENTION}",
    f"/effect{MENTION} squish",
    f"well, /effect{MENTION} squish",
]


@pytest.mark.parametrize("caption", CAPTIONS)
async def test_row_53_a_command_anywhere_in_a_caption(bot: BotUnderTest, coffee: bytes, caption: str) -> None:
    """A group's caption that names the bot is a request, wherever the command or the effect's name stands in it."""
    group = group_of(bot)
    await bot.start()
    group.send_photo(coffee, caption, by=bot.ada)
    await one_video(bot, "squish", 1)
    await group.wait_for(is_video)


async def test_row_53_a_command_inside_a_private_caption(bot: BotUnderTest, coffee: bytes) -> None:
    """In a private chat a command counts anywhere in a caption."""
    await bot.start()
    bot.chat.send_photo(coffee, "my cup, /squish")
    await one_video(bot, "squish", 1)


async def test_row_53_words_around_a_command(bot: BotUnderTest, coffee: bytes) -> None:
    """Words before a command belong to what it is asked for, like those after it."""
    await bot.start()
    bot.chat.send_photo(coffee, "a cup 🫖 /animate it dances")
    job = await bot.until_state(State.DELIVERED)
    assert job.motion is not None
    assert job.motion.prompt == "a cup 🫖 it dances"


@pytest.mark.parametrize(
    ("caption", "words"),
    [
        (f"{MENTION}", "Which effect?"),
        (f"{MENTION} quish", "Did you mean"),
        (f"nice, {MENTION}", "I don't know"),
        (f"/quish{MENTION}", "Did you mean"),
        (f"so /quish{MENTION}", "Did you mean"),
    ],
)
async def test_row_53_addressed_in_vain(bot: BotUnderTest, coffee: bytes, caption: str, words: str) -> None:
    """A caption that names the bot, and no effect that it knows, is answered."""
    group = group_of(bot)
    await bot.start()
    group.send_photo(coffee, caption, by=bot.ada)
    await group.wait_for(says(words))
    assert await bot.jobs() == []


async def test_row_53_mentions_in_replies_and_in_talk(bot: BotUnderTest, coffee: bytes) -> None:
    """A mention with an effect in reply to a photo is a request; talk about the bot is not."""
    group = group_of(bot)
    await bot.start()
    group.send_text(f"I like {MENTION} a lot", by=bot.ada)
    group.send_photo(coffee, "/squish@another_bot", by=bot.ada)
    group.send_photo(coffee, "so /squish is nice", by=bot.ada)
    photo = group.send_photo(coffee, "my cup", by=bot.ada)
    group.send_text(f"{MENTION} squish", by=bot.ada, reply_to=photo)
    await one_video(bot, "squish", 1)
    answers = [seen.text_or_caption for seen in group.messages if seen.sender == "bot"]
    assert not [text for text in answers if "don't know" in text or "Which effect" in text]


async def test_row_53_guest_mode_in_reply_to_another_chat(bot: BotUnderTest, coffee: bytes) -> None:
    """In guest mode, too, a photo in another chat that is replied to is used."""
    ben = bot.telegram.add_person("Carl")
    room = bot.telegram.add_group_without_bot("Elsewhere", [bot.ada, ben])
    await bot.start()
    extra = reply_elsewhere(bot, photo_content(bot, coffee, "photo"))
    room.send_text(f"{MENTION} squish", by=bot.ada, extra=extra)
    await bot.telegram.wait(lambda telegram: len(telegram.guest_answers) >= 1)
    await becomes_video(bot, list(bot.telegram.guest_answers.values())[-1])
