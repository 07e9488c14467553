"""In groups the bot answers who speaks to it, and is silent otherwise; with privacy mode on and off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import State
from tests.assertions import MENTION, asks_for_second_photo, is_video
from tests.handlers.group_chat import video_shows

if TYPE_CHECKING:
    from sandbox.telegram import Chat, Person
    from tests.bot_under_test import BotUnderTest


@pytest.fixture(params=["privacy on", "privacy off"])
def either(request: pytest.FixtureRequest, bot: BotUnderTest) -> BotUnderTest:
    """The bot under test, with privacy mode on and off."""
    bot.telegram.account.privacy = request.param == "privacy on"
    return bot


async def test_captioned_photo(either: BotUnderTest, group: Chat, coffee: bytes) -> None:
    """A photo with /squish@bot as its caption becomes the video in a reply to it."""
    await either.start()
    asked = group.send_photo(coffee, f"/squish{MENTION}", by=either.ada)
    video = await video_shows(either, group, coffee)
    assert video.reply_to == asked


async def test_command_first(either: BotUnderTest, group: Chat, coffee: bytes) -> None:
    """A command without a photo asks for it by a forced reply, takes the reply, and the question is gone."""
    await either.start()
    asked = group.send_text(f"/squish{MENTION}", by=either.ada)
    question = await group.wait_for(lambda seen: "send me the photo" in seen.text)
    assert (question.force_reply, question.reply_to) == (True, asked)
    group.send_photo(coffee, by=either.ada, reply_to=question.id)
    await video_shows(either, group, coffee)
    await group.wait(lambda chat: question.id not in [seen.id for seen in chat.messages])


async def test_reply_to_somebodys_photo(either: BotUnderTest, group: Chat, bob: Person, coffee: bytes) -> None:
    """The command in reply to anyone's photo takes that photo, which the bot had not seen before."""
    photo = group.send_photo(coffee, by=bob)
    await either.start()
    group.send_text(f"/squish{MENTION}", by=either.ada, reply_to=photo)
    await video_shows(either, group, coffee)


async def test_own_photo_in_reply_to_somebodys(
    either: BotUnderTest, group: Chat, bob: Person, ada: bytes, ben: bytes
) -> None:
    """One's own photo with the command, in reply to another's photo: one's own stands on the left."""
    await either.start()
    photo = group.send_photo(ben, by=bob)
    group.send_photo(ada, f"/hug{MENTION}", by=either.ada, reply_to=photo)
    await video_shows(either, group, ada, ben)


async def test_album_of_which_only_the_captioned_photo_arrives(
    bot: BotUnderTest, group: Chat, ada: bytes, ben: bytes
) -> None:
    """With privacy mode only an album's captioned photo arrives: the bot asks for the other by reply, and takes it."""
    await bot.start()
    group.send_album([ada, ben], f"/hug{MENTION}", by=bot.ada)
    question = await group.wait_for(asks_for_second_photo)
    assert question.force_reply
    assert "Reply to this message" in question.text
    group.send_photo(ben, by=bot.ada, reply_to=question.id)
    await video_shows(bot, group, ada, ben)
    await group.wait(lambda chat: question.id not in [seen.id for seen in chat.messages])


async def test_album_that_arrives_whole(bot: BotUnderTest, group: Chat, ada: bytes, ben: bytes) -> None:
    """With privacy mode off an album arrives whole, and nothing is asked."""
    bot.telegram.account.privacy = False
    await bot.start()
    group.send_album([ada, ben], f"/hug{MENTION}", by=bot.ada)
    await video_shows(bot, group, ada, ben)
    assert not [seen for seen in group.history if asks_for_second_photo(seen)]


async def test_more_than_needed(bot: BotUnderTest, group: Chat, ada: bytes, ben: bytes, coffee: bytes) -> None:
    """Of more photos than needed the first are taken, and the status says so, and who stands on the left."""
    bot.telegram.account.privacy = False
    bot.aiml.concurrency = 0
    await bot.start()
    group.send_album([ada, ben, coffee], f"/hug{MENTION}", by=bot.ada)
    status = await group.wait_for(lambda seen: "more photos than needed" in seen.text)
    assert "The first photo stands on the left" in status.text
    bot.aiml.concurrency = None
    await bot.until(lambda jobs: bool(jobs) and jobs[0].state is State.DELIVERED, advancing=30)
    await video_shows(bot, group, ada, ben)


async def test_two_people_give_one_photo_each(
    either: BotUnderTest, group: Chat, bob: Person, ada: bytes, ben: bytes
) -> None:
    """One person asks with one photo, and anyone may answer the question with theirs; who asked stands left."""
    await either.start()
    group.send_photo(ada, f"/hug{MENTION}", by=either.ada)
    question = await group.wait_for(asks_for_second_photo)
    group.send_photo(ben, by=bob, reply_to=question.id)
    await video_shows(either, group, ada, ben)
    assert (await either.job()).person_id == either.ada.id


async def test_an_answer_within_ten_minutes(
    either: BotUnderTest, group: Chat, bob: Person, ada: bytes, ben: bytes
) -> None:
    """After ten minutes the question is gone, and an answer to it starts nothing."""
    await either.start()
    group.send_photo(ada, f"/hug{MENTION}", by=either.ada)
    question = await group.wait_for(asks_for_second_photo)
    either.advance(599)
    group.send_text(f"/help{MENTION}", by=bob)
    await group.wait_for(lambda seen: f"/hug{MENTION}" in seen.text)
    assert question.id in [seen.id for seen in group.messages]
    await either.stop()
    either.advance(2)
    await either.start()
    await group.wait(lambda chat: question.id not in [seen.id for seen in chat.messages])
    group.send_photo(ben, by=bob, extra={"reply_to_message": question.raw})
    group.send_text(f"/help{MENTION}", by=bob)
    await group.wait(lambda chat: len([seen for seen in chat.messages if f"/hug{MENTION}" in seen.text]) == 2)
    assert await either.jobs() == []


async def test_two_ask_at_once(either: BotUnderTest, group: Chat, bob: Person, ada: bytes, ben: bytes) -> None:
    """Two people's questions stand side by side: each answer belongs to the question that it replies to."""
    await either.start()
    group.send_photo(ada, f"/hug{MENTION}", by=either.ada)
    hers = await group.wait_for(asks_for_second_photo)
    group.send_photo(ben, f"/kiss{MENTION}", by=bob)
    his = await group.wait_for(lambda seen: asks_for_second_photo(seen) and seen.id != hers.id)
    group.send_photo(ben, by=bob, reply_to=hers.id)
    await either.until(lambda jobs: len(jobs) == 1)
    group.send_photo(ada, by=either.ada, reply_to=his.id)
    jobs = await either.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED] * 2)
    assert [(job.effect, job.person_id) for job in jobs] == [("hug", either.ada.id), ("kiss", bob.id)]


@pytest.mark.parametrize("privacy", [True, False])
async def test_silence(bot: BotUnderTest, group: Chat, coffee: bytes, *, privacy: bool) -> None:
    """To photos, words and other bots' commands in a group the bot says nothing, even where it sees them."""
    bot.telegram.account.privacy = privacy
    await bot.start()
    group.send_photo(coffee, by=bot.ada)
    group.send_text("hello", by=bot.ada)
    group.send_text("/squish@other_bot", by=bot.ada)
    group.send_text(f"/nonsense_of_mine{MENTION}", by=bot.ada)
    group.send_text(f"/help{MENTION}", by=bot.ada)
    await group.wait_for(lambda seen: f"/hug{MENTION}" in seen.text)
    assert [seen for seen in group.messages if seen.sender == "bot" and "/hug" not in seen.text] == []


async def test_anonymous_admin(either: BotUnderTest, group: Chat, coffee: bytes) -> None:
    """A message without a person, of an anonymous admin, counts for the chat that it speaks as."""
    await either.start()
    group.send_photo(coffee, f"/squish{MENTION}", by=group)
    await group.wait_for(is_video)
    job = await either.until_state(State.DELIVERED)
    assert job.person_id == group.id


async def test_what_an_anonymous_admin_asked_for_is_any_admins(
    bot: BotUnderTest, group: Chat, bob: Person, coffee: bytes
) -> None:
    """Under a video that an anonymous admin asked for any admin may press, and nobody else."""
    await bot.start()
    group.send_photo(coffee, f"/squish{MENTION}", by=group)
    video = await group.wait_for(is_video)
    refused = group.press(video.id, "🔁 Again", by=bob)
    await bot.telegram.wait(lambda telegram: refused in telegram.callback_answers)
    assert "Only the person" in (bot.telegram.callback_answers[refused].text or "")
    group.press(video.id, "🔁 Again", by=bot.ada)
    jobs = await bot.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED] * 2)
    assert jobs[1].person_id == group.id


async def test_what_an_anonymous_admin_asked_for_late(
    bot: BotUnderTest, group: Chat, bob: Person, coffee: bytes
) -> None:
    """A question about what an anonymous admin asked for is answered by any admin, and by nobody else."""
    group.send_photo(coffee, f"/squish{MENTION}", by=group, date=bot.clock() - 3600)
    await bot.start()
    held = await group.wait_for(lambda seen: "I was away" in seen.text)
    refused = group.press(held.id, "Run it now", by=bob)
    await bot.telegram.wait(lambda telegram: refused in telegram.callback_answers)
    assert await bot.jobs() == []
    group.press(held.id, "Run it now", by=bot.ada)
    await group.wait_for(is_video)
