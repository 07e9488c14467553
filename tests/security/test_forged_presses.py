"""Presses and links that nobody was given: made up, of another person, of another chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import State
from tests.assertions import callback_answer, is_video, says
from tests.security.assertions import video_is_delivered

if TYPE_CHECKING:
    from sandbox.telegram import Chat, MessageSnapshot, Person
    from storage import Job
    from tests.bot_under_test import BotUnderTest

ACTIONS = ("cancel", "leave", "retry", "again", "swap", "other", "with")
NOT_YOURS = "Only the person who asked"
OVER = "That's over"


def bob_of(bot: BotUnderTest) -> tuple[Person, Chat]:
    """Return a stranger and his chat with the bot."""
    bob = bot.telegram.add_person("Bob", username="bob")
    return bob, bot.telegram.private_chat(bob)


async def greeted(chat: Chat, words: str = "/help", **how: Person) -> MessageSnapshot:
    """Return a message of the bot whose buttons can be pressed."""
    before = {seen.id for seen in chat.messages}
    chat.send_text(words, by=how.get("by"))
    return await chat.wait_for(lambda seen: seen.id not in before and says("I turn one or two photos")(seen))


async def waiting(bot: BotUnderTest, coffee: bytes, chat: Chat, by: Person) -> Job:
    """Start a job of this person that waits because the service is full."""
    bot.aiml.concurrency = 0
    chat.send_photo(coffee, "/squish@kling_sandbox_bot", by=by)
    (job,) = await bot.until(lambda jobs: len(jobs) == 1 and jobs[0].state is State.QUEUED and jobs[0].tries > 0)
    return job


async def test_a_strangers_press_on_a_job(bot: BotUnderTest, coffee: bytes) -> None:
    """Whoever knows the id of another's video can do nothing with it from their own chat."""
    _, his = bob_of(bot)
    await bot.start()
    job, video = await video_is_delivered(bot, coffee)
    menu = await greeted(his)
    for action in ACTIONS:
        for data in (f"{action}:{job.id}", f"{action}:{job.id}:hug"):
            assert NOT_YOURS in await callback_answer(bot, his.press(menu.id, data=data))
    assert [one.id for one in await bot.jobs()] == [job.id]
    assert len(bot.aiml.submissions) == 1
    assert not any(is_video(seen) for seen in his.history)
    assert [seen.id for seen in bot.chat.messages if is_video(seen)] == [video.id]


async def test_a_strangers_press_on_a_waiting_job(bot: BotUnderTest, coffee: bytes) -> None:
    """A stranger who is no admin of the group does not stop another's video, in the group or from outside."""
    bob, his = bob_of(bot)
    group = bot.telegram.add_group("Friends", [bot.ada, bob])
    await bot.start()
    job = await waiting(bot, coffee, group, bot.ada)
    card = await group.wait_for(says("busy just now"))
    menu = await greeted(his)
    for action in ("cancel", "leave"):
        assert NOT_YOURS in await callback_answer(bot, group.press(card.id, data=f"{action}:{job.id}", by=bob))
        assert NOT_YOURS in await callback_answer(bot, his.press(menu.id, data=f"{action}:{job.id}"))
    assert (await bot.job()).state is not State.CANCELLED


async def test_an_admin_of_the_same_group(bot: BotUnderTest, coffee: bytes) -> None:
    """An admin of the group may stop a video there, and no more: not make it again, nor send it twice."""
    bob, _ = bob_of(bot)
    group = bot.telegram.add_group("Friends", [bot.ada, bob], admins=[bob])
    await bot.start()
    job = await waiting(bot, coffee, group, bot.ada)
    card = await group.wait_for(says("busy just now"))
    for action in ("retry", "again", "swap", "other", "with"):
        assert NOT_YOURS in await callback_answer(bot, group.press(card.id, data=f"{action}:{job.id}:hug", by=bob))
    await callback_answer(bot, group.press(card.id, data=f"cancel:{job.id}", by=bob))
    await bot.until_state(State.CANCELLED)


@pytest.mark.parametrize("action", ["cancel", "leave"])
async def test_an_admin_of_another_group(bot: BotUnderTest, coffee: bytes, action: str) -> None:
    """Whoever runs a group of their own does not stop videos of other chats from there."""
    bob, _ = bob_of(bot)
    den = bot.telegram.add_group("Den", [bob])
    await bot.start()
    job = await waiting(bot, coffee, bot.chat, bot.ada)
    menu = await greeted(den, "/help@kling_sandbox_bot", by=bob)
    answer = await callback_answer(bot, den.press(menu.id, data=f"{action}:{job.id}", by=bob))
    assert NOT_YOURS in answer
    assert (await bot.job()).state is not State.CANCELLED


async def test_a_strangers_press_on_a_draft(bot: BotUnderTest, coffee: bytes) -> None:
    """A stranger neither chooses the effect for another's photo, nor lets it go."""
    _, his = bob_of(bot)
    await bot.start()
    bot.chat.send_photo(coffee)
    offer = await bot.chat.wait_for(says("What shall I do"))
    draft = (offer.buttons[0][0].data or "").split(":")[1]
    menu = await greeted(his)
    for data in (f"pick:{draft}:squish", f"run:{draft}", f"drop:{draft}"):
        assert NOT_YOURS in await callback_answer(bot, his.press(menu.id, data=data))
    assert await bot.jobs() == []
    bot.chat.press(offer.id, "🫳 Squish")
    await bot.chat.wait_for(is_video)


async def test_a_draft_pressed_under_anothers_video(bot: BotUnderTest, coffee: bytes, ada: bytes) -> None:
    """A press under another person's video does not turn that video into one's own."""
    bob, _ = bob_of(bot)
    group = bot.telegram.add_group("Friends", [bot.ada, bob])
    await bot.start()
    _, hers = await video_is_delivered(bot, coffee, group, by=bot.ada)
    _, his = await video_is_delivered(bot, ada, group, by=bob)
    group.press(his.id, "🎨 Another effect", by=bob)
    offer = await group.wait_for(says("What shall I do"))
    draft = (offer.buttons[0][0].data or "").split(":")[1]
    group.press(hers.id, data=f"pick:{draft}:squish", by=bob)
    await bot.until(lambda jobs: len(jobs) == 3 and jobs[2].state is State.DELIVERED, seconds=15)
    (still,) = (seen for seen in group.messages if seen.id == hers.id)
    assert still.edit_count == hers.edit_count


@pytest.mark.parametrize("data", ["shelves:-", "shelf:-:pets:0"])
async def test_shelves_pressed_under_anothers_video(bot: BotUnderTest, coffee: bytes, data: str) -> None:
    """Turning the catalogue's pages under another person's video leaves the video where it is."""
    bob, _ = bob_of(bot)
    group = bot.telegram.add_group("Friends", [bot.ada, bob])
    await bot.start()
    _, hers = await video_is_delivered(bot, coffee, group, by=bot.ada)
    await callback_answer(bot, group.press(hers.id, data=data, by=bob))
    await bot.stop()
    (still,) = (seen for seen in group.messages if seen.id == hers.id)
    assert is_video(still)


async def test_shelves_pressed_under_anothers_status(bot: BotUnderTest, coffee: bytes) -> None:
    """Turning the catalogue's pages under another person's status message leaves it what it is."""
    bob, _ = bob_of(bot)
    group = bot.telegram.add_group("Friends", [bot.ada, bob])
    await bot.start()
    await waiting(bot, coffee, group, bot.ada)
    card = await group.wait_for(says("busy just now"))
    await callback_answer(bot, group.press(card.id, data="shelves:-", by=bob))
    await bot.stop()
    (still,) = (seen for seen in group.messages if seen.id == card.id)
    assert "effects" not in still.text


async def test_data_that_no_button_has(bot: BotUnderTest, coffee: bytes) -> None:
    """SQL, paths, long words and separators in a press are answered, and every row stays as it was."""
    await bot.start()
    job, video = await video_is_delivered(bot, coffee)
    nasty = (
        "cancel:' OR 1=1 --",
        f"again:{job.id}'; DROP TABLE jobs; --",
        f"again:{job.id}%",
        "again:*",
        "pick:' UNION SELECT id FROM drafts --:squish",
        "want:../../etc/passwd",
        "with:" + job.id + ":" + "x" * 10_000,
        f"with:{job.id}:' OR 1=1",
        "again:" + "9" * 100_000,
        "shelves:" + "x" * 500,
        "shelf:-:pets:" + "9" * 60,
        "shelf:-:pets:-1",
        "pick::" * 1000,
        "\0:\0",
        "cancel:" + job.id + ":" * 50,
    )
    presses = [bot.chat.press(video.id, data=data) for data in nasty]
    for query in presses:
        await callback_answer(bot, query)
    (same,) = await bot.jobs()
    assert (same.id, same.state) == (job.id, State.DELIVERED)
    await video_is_delivered(bot, coffee)


async def test_a_page_that_is_a_digit_and_no_number(bot: BotUnderTest) -> None:
    """A page number of another kind of digit is answered like any other nonsense."""
    await bot.start()
    menu = await greeted(bot.chat)
    query = bot.chat.press(menu.id, data="shelf:-:pets:²")
    await bot.telegram.wait(lambda telegram: query in telegram.callback_answers)


async def ready_for_a_link(bot: BotUnderTest, coffee: bytes) -> str:
    """Return the start parameter of the link under a video that its group does not allow."""
    group = bot.telegram.add_group("Friends", [bot.ada])
    bot.telegram.forbid(group, "videos")
    group.send_photo(coffee, "/squish@kling_sandbox_bot", by=bot.ada)
    told = await group.wait_for(says("I may not send videos in this chat"))
    return (told.buttons[0][0].url or "").rsplit("=", 1)[1]


async def test_anothers_link_fetches_nothing(bot: BotUnderTest, coffee: bytes) -> None:
    """Another person who opens the link to a video gets a greeting; the video waits for its owner."""
    _, his = bob_of(bot)
    await bot.start()
    parameter = await ready_for_a_link(bot, coffee)
    await greeted(his, f"/start {parameter}")
    assert not any(is_video(seen) for seen in his.history)
    assert (await bot.job()).state is State.UNDELIVERABLE
    bot.chat.send_text(f"/start {parameter}")
    await bot.chat.wait_for(is_video)


@pytest.mark.parametrize(
    "parameter",
    ["job_", "job_nothing", "job_' OR '1'='1", "job_%", "job_*", "job_" + "x" * 3000, "<b>x</b>", "../x", "\u202ejob_"],
)
async def test_links_that_nobody_was_given(bot: BotUnderTest, coffee: bytes, parameter: str) -> None:
    """A made-up link is a greeting, whatever stands in it, and moves no video."""
    await bot.start()
    await ready_for_a_link(bot, coffee)
    await greeted(bot.chat, f"/start {parameter}")
    assert (await bot.job()).state is State.UNDELIVERABLE
    assert not any(is_video(seen) for seen in bot.chat.history)


async def test_ids_are_not_guessed(bot: BotUnderTest, coffee: bytes) -> None:
    """The ids in links and buttons are ten characters of a random alphabet, and no two are near each other."""
    await bot.start()
    ids = [(await video_is_delivered(bot, coffee))[0].id for _ in range(3)]
    assert all(len(one) == 10 and one.isalnum() for one in ids)
    assert len({one[:4] for one in ids}) == 3
