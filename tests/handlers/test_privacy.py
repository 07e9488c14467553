"""/privacy, and Delete under a video: what people may say about pictures of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import State
from tests.assertions import MENTION, callback_answer, is_video, labels, says
from tests.handlers.group_chat import asks_for_consent

if TYPE_CHECKING:
    from sandbox.telegram import Chat, MessageSnapshot, Person
    from tests.bot_under_test import BotUnderTest


@pytest.fixture
def ben_himself(bot: BotUnderTest, ben: bytes) -> Person:
    """Another member, with a profile picture."""
    return bot.telegram.add_person("Ben", profile_photo=ben)


@pytest.fixture
def group(bot: BotUnderTest, ben_himself: Person, ada: bytes) -> Chat:
    """A group of Ada and Ben, both with profile pictures."""
    bot.ada.profile_photo = ada
    return bot.telegram.add_group("Friends", [bot.ada, ben_himself])


async def decide(bot: BotUnderTest, person: Person, button: str) -> MessageSnapshot:
    """Choose this in the person's private chat, and return the message as it is then."""
    chat = bot.telegram.private_chat(person)
    chat.send_text("/privacy")
    shown = await chat.wait_for(says("Your profile picture"))
    await callback_answer(bot, chat.press(shown.id, f"○ {button}"))
    return await chat.wait_for(lambda seen: seen.id == shown.id and f"● {button}" in labels(seen))


def hug(bot: BotUnderTest, group: Chat, ben_himself: Person) -> int:
    """Ask as Ada for a hug with Ben."""
    return group.send_text(f"/hug{MENTION}", by=bot.ada, reply_to=group.send_text("hello", by=ben_himself))


async def test_never(bot: BotUnderTest, group: Chat, ben_himself: Person) -> None:
    """Who says never is not even asked, and nothing is made; also after a restart."""
    await bot.start()
    await decide(bot, ben_himself, "Never use my picture")
    await bot.stop()
    await bot.start()
    hug(bot, group, ben_himself)
    await group.wait_for(says("Ben doesn't want their profile picture to be used"))
    assert not [seen for seen in group.history if asks_for_consent(seen)]
    assert await bot.jobs() == []


async def test_always(bot: BotUnderTest, group: Chat, ben_himself: Person) -> None:
    """Who says that it is always fine in their groups is not asked there."""
    await bot.start()
    await decide(bot, ben_himself, "Always fine in groups I'm in")
    hug(bot, group, ben_himself)
    await group.wait_for(is_video)
    assert not [seen for seen in group.history if asks_for_consent(seen)]


async def test_ask_me_again(bot: BotUnderTest, group: Chat, ben_himself: Person) -> None:
    """Who goes back to being asked is asked."""
    await bot.start()
    await decide(bot, ben_himself, "Never use my picture")
    await decide(bot, ben_himself, "Ask me each time")
    hug(bot, group, ben_himself)
    await group.wait_for(asks_for_consent)


async def test_said_in_a_group(bot: BotUnderTest, group: Chat) -> None:
    """/privacy in a group leads to the private chat."""
    await bot.start()
    group.send_text(f"/privacy{MENTION}", by=bot.ada)
    told = await group.wait_for(says("in our private chat"))
    assert told.buttons[0][0].url == "https://t.me/kling_sandbox_bot?start=privacy"
    bot.chat.send_text("/start privacy")
    await bot.chat.wait_for(says("Your profile picture"))


async def test_never_while_being_asked(bot: BotUnderTest, group: Chat, ben_himself: Person) -> None:
    """Who was asked, and accepts, is taken at this word, whatever they said in general meanwhile."""
    await bot.start()
    hug(bot, group, ben_himself)
    question = await group.wait_for(asks_for_consent)
    await decide(bot, ben_himself, "Never use my picture")
    group.press(question.id, "✅ Accept", by=ben_himself)
    await group.wait_for(is_video)


async def test_again_asks_again(bot: BotUnderTest, group: Chat, ben_himself: Person) -> None:
    """Another video with the same picture, by Again or with another effect, asks its person anew; a double tap once."""
    await bot.start()
    hug(bot, group, ben_himself)
    group.press((await group.wait_for(asks_for_consent)).id, "✅ Accept", by=ben_himself)
    video = await group.wait_for(is_video)
    group.press(video.id, "🔁 Again", by=bot.ada)
    first = await group.wait_for(lambda seen: asks_for_consent(seen) and seen.reply_to == video.id)
    twice = await callback_answer(bot, group.press(video.id, "🔁 Again", by=bot.ada))
    assert "asked already" in twice
    group.press(first.id, "✅ Accept", by=ben_himself)
    await bot.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED] * 2)
    group.press(video.id, "🎨 Another effect", by=bot.ada)
    offered = await group.wait_for(says("What shall I do"))
    group.press(offered.id, "💋 Kiss", by=bot.ada)
    await group.wait_for(lambda seen: asks_for_consent(seen) and "Kiss" in seen.text)
    assert len(await bot.jobs()) == 2


async def test_the_author_of_a_photo_deletes_the_video(
    bot: BotUnderTest, group: Chat, ben_himself: Person, coffee: bytes
) -> None:
    """Whose photo was replied to may delete the video; a second press is harmless, and the row says who did it."""
    await bot.start()
    photo = group.send_photo(coffee, by=ben_himself)
    group.send_text(f"/squish{MENTION}", by=bot.ada, reply_to=photo)
    video = await group.wait_for(is_video)
    await bot.until_state(State.DELIVERED)
    one = group.press(video.id, "🗑 Delete", by=ben_himself)
    two = group.press(video.id, "🗑 Delete", by=ben_himself)
    assert "deleting" in await callback_answer(bot, one)
    assert "deleting" in await callback_answer(bot, two)
    await group.wait(lambda chat: video.id not in [seen.id for seen in chat.messages])
    (job,) = await bot.until(lambda jobs: jobs[0].video_file_id is None and jobs[0].show_at is None)
    assert (job.state, job.removed_by) == (State.DELIVERED, ben_himself.id)


async def test_a_bystander_deletes_nothing(bot: BotUnderTest, group: Chat, ben_himself: Person, coffee: bytes) -> None:
    """Delete is for those whose photo it is, for who asked and for the group's admins, and nobody else."""
    eve = bot.telegram.add_person("Eve")
    await bot.start()
    group.send_text(f"/squish{MENTION}", by=bot.ada, reply_to=group.send_photo(coffee, by=ben_himself))
    video = await group.wait_for(is_video)
    await bot.until_state(State.DELIVERED)
    assert "Only the person" in await callback_answer(bot, group.press(video.id, "🗑 Delete", by=eve))
    assert (await bot.job()).removed_by is None


async def test_no_delete_under_ones_own_photo(bot: BotUnderTest, group: Chat, coffee: bytes) -> None:
    """Under a video of the asker's own photo there is no such button."""
    await bot.start()
    group.send_photo(coffee, f"/squish{MENTION}", by=bot.ada)
    video = await group.wait_for(is_video)
    assert "🗑 Delete" not in labels(video)


async def test_telegram_is_away_at_a_deletion(
    bot: BotUnderTest, group: Chat, ben_himself: Person, coffee: bytes
) -> None:
    """A deletion that Telegram did not take at once is done a little later, after a restart too."""
    await bot.start()
    group.send_text(f"/squish{MENTION}", by=bot.ada, reply_to=group.send_photo(coffee, by=ben_himself))
    video = await group.wait_for(is_video)
    await bot.until_state(State.DELIVERED)
    bot.telegram.flood(group, 30)
    await callback_answer(bot, group.press(video.id, "🗑 Delete", by=ben_himself))
    await bot.telegram.wait(lambda telegram: any(call.method == "deleteMessage" for call in telegram.calls))
    await bot.stop()
    bot.telegram.end_flood(group)
    bot.advance(31)
    await bot.start()
    await group.wait(lambda chat: video.id not in [seen.id for seen in chat.messages])
