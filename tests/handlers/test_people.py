"""Profile pictures as photos: who is meant, who stands where, and that nobody's picture is used without their word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import State
from tests.assertions import MENTION, callback_answer, is_video, says
from tests.handlers.group_chat import asks_for_consent, mention, video_shows

if TYPE_CHECKING:
    from sandbox.telegram import Chat, Person
    from tests.bot_under_test import BotUnderTest


@pytest.fixture
def ben_himself(bot: BotUnderTest, ben: bytes) -> Person:
    """Another member, with a profile picture."""
    return bot.telegram.add_person("Ben", username="Ben_Here", profile_photo=ben)


@pytest.fixture(params=["privacy on", "privacy off"])
def group(request: pytest.FixtureRequest, bot: BotUnderTest, ben_himself: Person, ada: bytes) -> Chat:
    """A group of Ada, who has a profile picture, and Ben; with privacy mode on, and with it off."""
    bot.telegram.account.privacy = request.param == "privacy on"
    bot.ada.profile_photo = ada
    return bot.telegram.add_group("Friends", [bot.ada, ben_himself], other_bots=True)


async def test_hug_in_reply_to_a_person(
    bot: BotUnderTest, group: Chat, ben_himself: Person, ada: bytes, ben: bytes
) -> None:
    """/hug in reply to words asks their writer; accepted, the sender stands on the left, and the question is gone."""
    await bot.start()
    words = group.send_text("good morning", by=ben_himself)
    asked = group.send_text(f"/hug{MENTION}", by=bot.ada, reply_to=words)
    question = await group.wait_for(asks_for_consent)
    assert "Ben, Ada wants to make a Hug video" in question.text
    assert f"tg://user?id={ben_himself.id}" in question.html
    assert bot.aiml.submissions == []
    query = group.press(question.id, "✅ Accept", by=ben_himself)
    video = await video_shows(bot, group, ada, ben)
    assert video.reply_to == asked
    assert "Thank you" in await callback_answer(bot, query)
    await group.wait(lambda chat: question.id not in [seen.id for seen in chat.messages])


async def test_text_mention(bot: BotUnderTest, group: Chat, ada: bytes, ben: bytes, ben_himself: Person) -> None:
    """/hug with the name of somebody who has no username asks them."""
    await bot.start()
    text = f"/hug{MENTION} my dear Ben"
    group.send_text(text, by=bot.ada, extra=mention(text, "Ben", ben_himself))
    question = await group.wait_for(asks_for_consent)
    group.press(question.id, "✅ Accept", by=ben_himself)
    await video_shows(bot, group, ada, ben)


async def test_username_of_somebody_seen(
    bot: BotUnderTest, group: Chat, ada: bytes, ben: bytes, ben_himself: Person
) -> None:
    """/hug @name works once that person was seen, in any case of letters, and after a restart."""
    await bot.start()
    group.send_text(f"/help{MENTION}", by=ben_himself)
    await group.wait_for(says("one or two photos"))
    await bot.stop()
    await bot.start()
    group.send_text(f"/hug{MENTION} @BEN_here", by=bot.ada)
    question = await group.wait_for(asks_for_consent)
    group.press(question.id, "✅ Accept", by=ben_himself)
    await video_shows(bot, group, ada, ben)


async def test_username_of_nobody_seen(bot: BotUnderTest, group: Chat, ada: bytes, ben: bytes) -> None:
    """@name of somebody who was never seen is told so, and photos are asked for."""
    await bot.start()
    group.send_text(f"/hug{MENTION} @stranger", by=bot.ada)
    question = await group.wait_for(says("I haven't met @stranger"))
    assert "send me two photos" in question.text
    group.send_photo(ada, by=bot.ada, reply_to=question.id)
    second = await group.wait_for(lambda seen: "I haven't met" in seen.text and seen.id != question.id)
    group.send_photo(ben, by=bot.ada, reply_to=second.id)
    await video_shows(bot, group, ada, ben)


@pytest.mark.parametrize("how", ["reply", "mention"])
async def test_squish_somebody(bot: BotUnderTest, group: Chat, ben: bytes, ben_himself: Person, how: str) -> None:
    """/squish in reply to a person, or with their name, squishes that person's picture."""
    await bot.start()
    text = f"/squish{MENTION} Ben"
    if how == "reply":
        group.send_text(f"/squish{MENTION}", by=bot.ada, reply_to=group.send_text("hello", by=ben_himself))
    else:
        group.send_text(text, by=bot.ada, extra=mention(text, "Ben", ben_himself))
    question = await group.wait_for(asks_for_consent)
    group.press(question.id, "✅ Accept", by=ben_himself)
    await video_shows(bot, group, ben)


async def test_own_photo_and_a_mention(
    bot: BotUnderTest, group: Chat, coffee: bytes, ada: bytes, ben: bytes, ben_himself: Person
) -> None:
    """One's own photo and a mention: the photo stands on the left."""
    bot.ada.profile_photo = coffee
    await bot.start()
    caption = f"/hug{MENTION} Ben"
    entities = {"caption_entities": mention(caption, "Ben", ben_himself)["entities"]}
    group.send_photo(ada, caption, by=bot.ada, extra=entities)
    question = await group.wait_for(asks_for_consent)
    group.press(question.id, "✅ Accept", by=ben_himself)
    await video_shows(bot, group, ada, ben)


async def test_two_others(bot: BotUnderTest, group: Chat, ada: bytes, ben: bytes, ben_himself: Person) -> None:
    """Two mentions mean these two: each is asked, and has to agree."""
    eve = bot.telegram.add_person("Eve", profile_photo=ada)
    group.members[eve.id] = eve
    await bot.start()
    text = f"/kiss{MENTION} Eve and Ben"
    entities = [*mention(text, "Eve", eve)["entities"], mention(text, "Ben", ben_himself)["entities"][1]]
    group.send_text(text, by=bot.ada, extra={"entities": entities})
    first = await group.wait_for(asks_for_consent)
    assert "Only Eve" in await callback_answer(bot, group.press(first.id, "✅ Accept", by=ben_himself))
    group.press(first.id, "✅ Accept", by=eve)
    second = await group.wait_for(lambda seen: asks_for_consent(seen) and seen.id != first.id)
    assert bot.aiml.submissions == []
    group.press(second.id, "✅ Accept", by=ben_himself)
    await video_shows(bot, group, ada, ben)
    assert not [seen for seen in group.messages if asks_for_consent(seen)]


async def test_only_that_person_may_press(bot: BotUnderTest, group: Chat, ben_himself: Person) -> None:
    """Nobody but the person whose picture it is answers for them, the asker and a bystander neither."""
    eve = bot.telegram.add_person("Eve")
    await bot.start()
    group.send_text(f"/hug{MENTION}", by=bot.ada, reply_to=group.send_text("hello", by=ben_himself))
    question = await group.wait_for(asks_for_consent)
    for person in (bot.ada, eve):
        for button in ("✅ Accept", "No"):
            assert "Only Ben can answer" in await callback_answer(bot, group.press(question.id, button, by=person))
    assert await bot.jobs() == []
    assert question.id in [seen.id for seen in group.messages]


async def test_no(bot: BotUnderTest, group: Chat, ben_himself: Person) -> None:
    """After a No nothing is submitted, the asker reads so, and a later Accept changes nothing."""
    await bot.start()
    group.send_text(f"/hug{MENTION}", by=bot.ada, reply_to=group.send_text("hello", by=ben_himself))
    question = await group.wait_for(asks_for_consent)
    group.press(question.id, "No", by=ben_himself)
    told = await group.wait_for(says("Ben would rather not"))
    assert (told.id, told.buttons) == (question.id, [])
    await callback_answer(bot, group.press(question.id, data=question.buttons[0][0].data, by=ben_himself))
    assert await bot.jobs() == []
    assert bot.aiml.submissions == []


async def test_half_an_hour(bot: BotUnderTest, group: Chat, ben_himself: Person) -> None:
    """The question stands for half an hour, survives a restart, and then says that nobody answered."""
    await bot.start()
    group.send_text(f"/hug{MENTION}", by=bot.ada, reply_to=group.send_text("hello", by=ben_himself))
    question = await group.wait_for(asks_for_consent)
    await bot.stop()
    bot.advance(1790)
    await bot.start()
    group.send_text(f"/help{MENTION}", by=bot.ada)
    await group.wait_for(says("one or two photos"))
    assert asks_for_consent(group.message(question.id))
    await bot.stop()
    bot.advance(15)
    await bot.start()
    told = await group.wait_for(says("Ben didn't answer"))
    assert told.id == question.id
    await callback_answer(bot, group.press(question.id, data=question.buttons[0][0].data, by=ben_himself))
    assert await bot.jobs() == []


async def test_a_question_that_waits_holds_up_nothing(
    bot: BotUnderTest, group: Chat, coffee: bytes, ben_himself: Person
) -> None:
    """While one question waits, its asker has another video made; then the answer still counts."""
    await bot.start()
    group.send_text(f"/hug{MENTION}", by=bot.ada, reply_to=group.send_text("hello", by=ben_himself))
    question = await group.wait_for(asks_for_consent)
    group.send_photo(coffee, f"/squish{MENTION}", by=bot.ada)
    await group.wait_for(is_video)
    group.press(question.id, "✅ Accept", by=ben_himself)
    jobs = await bot.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED] * 2)
    assert [job.effect for job in jobs] == ["squish", "hug"]


async def test_cancel_a_question(bot: BotUnderTest, group: Chat, ben_himself: Person) -> None:
    """/cancel takes the question back."""
    await bot.start()
    group.send_text(f"/hug{MENTION}", by=bot.ada, reply_to=group.send_text("hello", by=ben_himself))
    question = await group.wait_for(asks_for_consent)
    group.send_text(f"/cancel{MENTION}", by=bot.ada)
    await group.wait(lambda chat: question.id not in [seen.id for seen in chat.messages])
    told = await group.wait_for(says("cancelled"))
    await callback_answer(bot, group.press(told.id, data=question.buttons[0][0].data, by=ben_himself))
    assert await bot.jobs() == []


@pytest.mark.parametrize("hidden", [False, True], ids=["none", "hidden"])
async def test_no_picture(
    bot: BotUnderTest, group: Chat, ada: bytes, ben: bytes, ben_himself: Person, *, hidden: bool
) -> None:
    """Of a person without a picture, or one hidden by privacy settings, a photo is asked for; anyone may give it."""
    ben_himself.profile_photo = ben if hidden else None
    ben_himself.hides_profile_photo = hidden
    await bot.start()
    group.send_text(f"/hug{MENTION}", by=bot.ada, reply_to=group.send_text("hello", by=ben_himself))
    question = await group.wait_for(says("Ben has no profile picture that I can see"))
    assert question.force_reply
    group.send_photo(ben, by=ben_himself, reply_to=question.id)
    await video_shows(bot, group, ada, ben)


async def test_sender_without_a_picture(
    bot: BotUnderTest, group: Chat, ada: bytes, ben: bytes, ben_himself: Person
) -> None:
    """A sender without a picture is asked for a photo, which stands on the left; then the other is asked."""
    bot.ada.profile_photo = None
    await bot.start()
    group.send_text(f"/hug{MENTION}", by=bot.ada, reply_to=group.send_text("hello", by=ben_himself))
    question = await group.wait_for(says("You have no profile picture"))
    group.send_photo(ada, by=bot.ada, reply_to=question.id)
    consent = await group.wait_for(asks_for_consent)
    assert question.id not in [seen.id for seen in group.messages]
    group.press(consent.id, "✅ Accept", by=ben_himself)
    await video_shows(bot, group, ada, ben)


async def test_somebody_who_left(bot: BotUnderTest, group: Chat, ben_himself: Person) -> None:
    """Somebody who is not in the group can't be asked there: that is told, and a photo asked for."""
    words = group.send_text("bye", by=ben_himself)
    del group.members[ben_himself.id]
    await bot.start()
    group.send_text(f"/hug{MENTION}", by=bot.ada, reply_to=words)
    await group.wait_for(says("Ben isn't in this group"))
    assert await bot.jobs() == []


async def test_oneself(bot: BotUnderTest, group: Chat, ada: bytes) -> None:
    """/squish in reply to one's own words takes one's own picture, and nobody is asked."""
    await bot.start()
    group.send_text(f"/squish{MENTION}", by=bot.ada, reply_to=group.send_text("hello", by=bot.ada))
    await video_shows(bot, group, ada)


@pytest.mark.parametrize("kind", ["sticker", "video"])
async def test_a_sticker_is_no_person(
    bot: BotUnderTest, group: Chat, ben_himself: Person, clip: bytes, kind: str
) -> None:
    """/squish in reply to a sticker or a video means that, not its sender: a sentence says what is needed."""
    await bot.start()
    sent = group.send_sticker(by=ben_himself) if kind == "sticker" else group.send_video(clip, by=ben_himself)
    group.send_text(f"/squish{MENTION}", by=bot.ada, reply_to=sent)
    await group.wait_for(says(f"That's a {kind}"))
    await group.wait_for(says("send me the photo"))
    assert not [seen for seen in group.history if asks_for_consent(seen)]


async def test_words_in_a_topic_are_no_reply(bot: BotUnderTest, ben_himself: Person) -> None:
    """In a topic a plain command replies to nobody, though Telegram names the topic's first message."""
    forum = bot.telegram.add_group("Forum", [ben_himself, bot.ada], topics=True)
    thread = bot.telegram.add_topic(forum, "Ben's topic", by=ben_himself)
    await bot.start()
    forum.send_text(f"/hug{MENTION}", by=bot.ada, thread_id=thread)
    await forum.wait_for(says("send me two photos"))
    assert not [seen for seen in forum.history if asks_for_consent(seen)]


async def test_in_private(bot: BotUnderTest, ben_himself: Person) -> None:
    """In a private chat nobody can be asked: a mention is told so, and photos are asked for."""
    await bot.start()
    text = "/hug Ben"
    bot.chat.send_text(text, extra=mention(text, "Ben", ben_himself))
    question = await bot.chat.wait_for(says("work in groups"))
    assert "send me two photos" in question.text


async def test_limits_hold_for_what_was_agreed_to(bot: BotUnderTest, group: Chat, ben_himself: Person) -> None:
    """The limit of a day is that of the asker, also for what somebody agreed to."""
    await bot.start(user_daily_limit="0")
    group.send_text(f"/hug{MENTION}", by=bot.ada, reply_to=group.send_text("hello", by=ben_himself))
    question = await group.wait_for(asks_for_consent)
    group.press(question.id, "✅ Accept", by=ben_himself)
    await group.wait_for(says("in the last 24 hours"))
    assert await bot.jobs() == []


async def test_names_are_only_names(bot: BotUnderTest, group: Chat, ben_himself: Person) -> None:
    """HTML in a name is shown as it is written."""
    bot.ada.first_name = "<b>Ada</b> & <a href='x'>co"
    ben_himself.first_name = "</a><i>Ben"
    await bot.start()
    group.send_text(f"/hug{MENTION}", by=bot.ada, reply_to=group.send_text("hello", by=ben_himself))
    question = await group.wait_for(asks_for_consent)
    assert bot.ada.first_name in question.text
    assert ben_himself.first_name in question.text
    assert {entity["type"] for entity in question.raw["entities"]} <= {"text_mention", "text_link", "bold"}
