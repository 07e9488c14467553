"""Profile pictures as photos: who is meant, who stands where, and that nobody's picture is used without their word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import State
from tests.assertions import AT, is_video, pop_up, says
from tests.handlers.group_sights import ASKS, made_of, mention

if TYPE_CHECKING:
    from sandbox.telegram import Chat, Person
    from tests.conftest import Play


@pytest.fixture
def ben_himself(play: Play, ben: bytes) -> Person:
    """Another member, with a profile picture."""
    return play.telegram.person("Ben", username="Ben_Here", picture=ben)


@pytest.fixture(params=["privacy on", "privacy off"])
def group(request: pytest.FixtureRequest, play: Play, ben_himself: Person, ada: bytes) -> Chat:
    """A group of Ada, who has a profile picture, and Ben; with privacy mode on, and with it off."""
    play.telegram.account.privacy = request.param == "privacy on"
    play.ada.picture = ada
    return play.telegram.group("Friends", [play.ada, ben_himself], other_bots=True)


async def test_hug_in_reply_to_a_person(play: Play, group: Chat, ben_himself: Person, ada: bytes, ben: bytes) -> None:
    """/hug in reply to words asks their writer; accepted, the sender stands on the left, and the question is gone."""
    await play.start()
    words = group.say("good morning", by=ben_himself)
    asked = group.say(f"/hug{AT}", by=play.ada, reply_to=words)
    question = await group.wait_for(ASKS)
    assert "Ben, Ada wants to make a Hug video" in question.text
    assert f"tg://user?id={ben_himself.id}" in question.html
    assert play.aiml.submissions == []
    query = group.press(question.id, "✅ Accept", by=ben_himself)
    video = await made_of(play, group, ada, ben)
    assert video.reply_to == asked
    assert "Thank you" in await pop_up(play, query)
    await group.wait(lambda chat: question.id not in [seen.id for seen in chat.messages])


async def test_text_mention(play: Play, group: Chat, ada: bytes, ben: bytes, ben_himself: Person) -> None:
    """/hug with the name of somebody who has no username asks them."""
    await play.start()
    text = f"/hug{AT} my dear Ben"
    group.say(text, by=play.ada, extra=mention(text, "Ben", ben_himself))
    question = await group.wait_for(ASKS)
    group.press(question.id, "✅ Accept", by=ben_himself)
    await made_of(play, group, ada, ben)


async def test_username_of_somebody_seen(play: Play, group: Chat, ada: bytes, ben: bytes, ben_himself: Person) -> None:
    """/hug @name works once that person was seen, in any case of letters, and after a restart."""
    await play.start()
    group.say(f"/help{AT}", by=ben_himself)
    await group.wait_for(says("one or two photos"))
    await play.stop()
    await play.start()
    group.say(f"/hug{AT} @BEN_here", by=play.ada)
    question = await group.wait_for(ASKS)
    group.press(question.id, "✅ Accept", by=ben_himself)
    await made_of(play, group, ada, ben)


async def test_username_of_nobody_seen(play: Play, group: Chat, ada: bytes, ben: bytes) -> None:
    """@name of somebody who was never seen is told so, and photos are asked for."""
    await play.start()
    group.say(f"/hug{AT} @stranger", by=play.ada)
    question = await group.wait_for(says("I haven't met @stranger"))
    assert "send me two photos" in question.text
    group.photo(ada, by=play.ada, reply_to=question.id)
    second = await group.wait_for(lambda seen: "I haven't met" in seen.text and seen.id != question.id)
    group.photo(ben, by=play.ada, reply_to=second.id)
    await made_of(play, group, ada, ben)


@pytest.mark.parametrize("how", ["reply", "mention"])
async def test_squish_somebody(play: Play, group: Chat, ben: bytes, ben_himself: Person, how: str) -> None:
    """/squish in reply to a person, or with their name, squishes that person's picture."""
    await play.start()
    text = f"/squish{AT} Ben"
    if how == "reply":
        group.say(f"/squish{AT}", by=play.ada, reply_to=group.say("hello", by=ben_himself))
    else:
        group.say(text, by=play.ada, extra=mention(text, "Ben", ben_himself))
    question = await group.wait_for(ASKS)
    group.press(question.id, "✅ Accept", by=ben_himself)
    await made_of(play, group, ben)


async def test_own_photo_and_a_mention(
    play: Play, group: Chat, coffee: bytes, ada: bytes, ben: bytes, ben_himself: Person
) -> None:
    """One's own photo and a mention: the photo stands on the left."""
    play.ada.picture = coffee
    await play.start()
    caption = f"/hug{AT} Ben"
    entities = {"caption_entities": mention(caption, "Ben", ben_himself)["entities"]}
    group.photo(ada, caption, by=play.ada, extra=entities)
    question = await group.wait_for(ASKS)
    group.press(question.id, "✅ Accept", by=ben_himself)
    await made_of(play, group, ada, ben)


async def test_two_others(play: Play, group: Chat, ada: bytes, ben: bytes, ben_himself: Person) -> None:
    """Two mentions mean these two: each is asked, and has to agree."""
    eve = play.telegram.person("Eve", picture=ada)
    group.members[eve.id] = eve
    await play.start()
    text = f"/kiss{AT} Eve and Ben"
    entities = [*mention(text, "Eve", eve)["entities"], mention(text, "Ben", ben_himself)["entities"][1]]
    group.say(text, by=play.ada, extra={"entities": entities})
    first = await group.wait_for(ASKS)
    assert "Only Eve" in await pop_up(play, group.press(first.id, "✅ Accept", by=ben_himself))
    group.press(first.id, "✅ Accept", by=eve)
    second = await group.wait_for(lambda seen: ASKS(seen) and seen.id != first.id)
    assert play.aiml.submissions == []
    group.press(second.id, "✅ Accept", by=ben_himself)
    await made_of(play, group, ada, ben)
    assert not [seen for seen in group.messages if ASKS(seen)]


async def test_only_that_person_may_press(play: Play, group: Chat, ben_himself: Person) -> None:
    """Nobody but the person whose picture it is answers for them, the asker and a bystander neither."""
    eve = play.telegram.person("Eve")
    await play.start()
    group.say(f"/hug{AT}", by=play.ada, reply_to=group.say("hello", by=ben_himself))
    question = await group.wait_for(ASKS)
    for person in (play.ada, eve):
        for button in ("✅ Accept", "No"):
            assert "Only Ben can answer" in await pop_up(play, group.press(question.id, button, by=person))
    assert await play.jobs() == []
    assert question.id in [seen.id for seen in group.messages]


async def test_no(play: Play, group: Chat, ben_himself: Person) -> None:
    """After a No nothing is submitted, the asker reads so, and a later Accept changes nothing."""
    await play.start()
    group.say(f"/hug{AT}", by=play.ada, reply_to=group.say("hello", by=ben_himself))
    question = await group.wait_for(ASKS)
    group.press(question.id, "No", by=ben_himself)
    told = await group.wait_for(says("Ben would rather not"))
    assert (told.id, told.buttons) == (question.id, [])
    await pop_up(play, group.press(question.id, data=question.buttons[0][0].data, by=ben_himself))
    assert await play.jobs() == []
    assert play.aiml.submissions == []


async def test_half_an_hour(play: Play, group: Chat, ben_himself: Person) -> None:
    """The question stands for half an hour, survives a restart, and then says that nobody answered."""
    await play.start()
    group.say(f"/hug{AT}", by=play.ada, reply_to=group.say("hello", by=ben_himself))
    question = await group.wait_for(ASKS)
    await play.stop()
    play.pass_time(1790)
    await play.start()
    group.say(f"/help{AT}", by=play.ada)
    await group.wait_for(says("one or two photos"))
    assert ASKS(group.message(question.id))
    await play.stop()
    play.pass_time(15)
    await play.start()
    told = await group.wait_for(says("Ben didn't answer"))
    assert told.id == question.id
    await pop_up(play, group.press(question.id, data=question.buttons[0][0].data, by=ben_himself))
    assert await play.jobs() == []


async def test_a_question_that_waits_holds_up_nothing(
    play: Play, group: Chat, coffee: bytes, ben_himself: Person
) -> None:
    """While one question waits, its asker has another video made; then the answer still counts."""
    await play.start()
    group.say(f"/hug{AT}", by=play.ada, reply_to=group.say("hello", by=ben_himself))
    question = await group.wait_for(ASKS)
    group.photo(coffee, f"/squish{AT}", by=play.ada)
    await group.wait_for(is_video)
    group.press(question.id, "✅ Accept", by=ben_himself)
    jobs = await play.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED] * 2)
    assert [job.effect for job in jobs] == ["squish", "hug"]


async def test_cancel_a_question(play: Play, group: Chat, ben_himself: Person) -> None:
    """/cancel takes the question back."""
    await play.start()
    group.say(f"/hug{AT}", by=play.ada, reply_to=group.say("hello", by=ben_himself))
    question = await group.wait_for(ASKS)
    group.say(f"/cancel{AT}", by=play.ada)
    await group.wait(lambda chat: question.id not in [seen.id for seen in chat.messages])
    told = await group.wait_for(says("cancelled"))
    await pop_up(play, group.press(told.id, data=question.buttons[0][0].data, by=ben_himself))
    assert await play.jobs() == []


@pytest.mark.parametrize("hidden", [False, True], ids=["none", "hidden"])
async def test_no_picture(
    play: Play, group: Chat, ada: bytes, ben: bytes, ben_himself: Person, *, hidden: bool
) -> None:
    """Of a person without a picture, or one hidden by privacy settings, a photo is asked for; anyone may give it."""
    ben_himself.picture = ben if hidden else None
    ben_himself.picture_hidden = hidden
    await play.start()
    group.say(f"/hug{AT}", by=play.ada, reply_to=group.say("hello", by=ben_himself))
    question = await group.wait_for(says("Ben has no profile picture that I can see"))
    assert question.force_reply
    group.photo(ben, by=ben_himself, reply_to=question.id)
    await made_of(play, group, ada, ben)


async def test_sender_without_a_picture(play: Play, group: Chat, ada: bytes, ben: bytes, ben_himself: Person) -> None:
    """A sender without a picture is asked for a photo, which stands on the left; then the other is asked."""
    play.ada.picture = None
    await play.start()
    group.say(f"/hug{AT}", by=play.ada, reply_to=group.say("hello", by=ben_himself))
    question = await group.wait_for(says("You have no profile picture"))
    group.photo(ada, by=play.ada, reply_to=question.id)
    consent = await group.wait_for(ASKS)
    assert question.id not in [seen.id for seen in group.messages]
    group.press(consent.id, "✅ Accept", by=ben_himself)
    await made_of(play, group, ada, ben)


async def test_somebody_who_left(play: Play, group: Chat, ben_himself: Person) -> None:
    """Somebody who is not in the group can't be asked there: that is told, and a photo asked for."""
    words = group.say("bye", by=ben_himself)
    del group.members[ben_himself.id]
    await play.start()
    group.say(f"/hug{AT}", by=play.ada, reply_to=words)
    await group.wait_for(says("Ben isn't in this group"))
    assert await play.jobs() == []


async def test_oneself(play: Play, group: Chat, ada: bytes) -> None:
    """/squish in reply to one's own words takes one's own picture, and nobody is asked."""
    await play.start()
    group.say(f"/squish{AT}", by=play.ada, reply_to=group.say("hello", by=play.ada))
    await made_of(play, group, ada)


@pytest.mark.parametrize("kind", ["sticker", "video"])
async def test_a_sticker_is_no_person(play: Play, group: Chat, ben_himself: Person, clip: bytes, kind: str) -> None:
    """/squish in reply to a sticker or a video means that, not its sender: a sentence says what is needed."""
    await play.start()
    sent = group.sticker(by=ben_himself) if kind == "sticker" else group.video(clip, by=ben_himself)
    group.say(f"/squish{AT}", by=play.ada, reply_to=sent)
    await group.wait_for(says(f"That's a {kind}"))
    await group.wait_for(says("send me the photo"))
    assert not [seen for seen in group.history if ASKS(seen)]


async def test_words_in_a_topic_are_no_reply(play: Play, ben_himself: Person) -> None:
    """In a topic a plain command replies to nobody, though Telegram names the topic's first message."""
    forum = play.telegram.group("Forum", [ben_himself, play.ada], topics=True)
    thread = play.telegram.topic(forum, "Ben's topic", by=ben_himself)
    await play.start()
    forum.say(f"/hug{AT}", by=play.ada, thread=thread)
    await forum.wait_for(says("send me two photos"))
    assert not [seen for seen in forum.history if ASKS(seen)]


async def test_in_private(play: Play, ben_himself: Person) -> None:
    """In a private chat nobody can be asked: a mention is told so, and photos are asked for."""
    await play.start()
    text = "/hug Ben"
    play.chat.say(text, extra=mention(text, "Ben", ben_himself))
    question = await play.chat.wait_for(says("work in groups"))
    assert "send me two photos" in question.text


async def test_limits_hold_for_what_was_agreed_to(play: Play, group: Chat, ben_himself: Person) -> None:
    """The limit of a day is that of the asker, also for what somebody agreed to."""
    await play.start(user_daily_limit="0")
    group.say(f"/hug{AT}", by=play.ada, reply_to=group.say("hello", by=ben_himself))
    question = await group.wait_for(ASKS)
    group.press(question.id, "✅ Accept", by=ben_himself)
    await group.wait_for(says("in the last 24 hours"))
    assert await play.jobs() == []


async def test_names_are_only_names(play: Play, group: Chat, ben_himself: Person) -> None:
    """HTML in a name is shown as it is written."""
    play.ada.first_name = "<b>Ada</b> & <a href='x'>co"
    ben_himself.first_name = "</a><i>Ben"
    await play.start()
    group.say(f"/hug{AT}", by=play.ada, reply_to=group.say("hello", by=ben_himself))
    question = await group.wait_for(ASKS)
    assert play.ada.first_name in question.text
    assert ben_himself.first_name in question.text
    assert {entity["type"] for entity in question.raw["entities"]} <= {"text_mention", "text_link", "bold"}
