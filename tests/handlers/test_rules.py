"""Whatever way somebody asks, a group's rules, people's consents and the limits hold where the job is made."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from sandbox.http.faults import FOREVER, CloseBefore
from storage import State, Store
from tests.assertions import MENTION, asks_for_second_photo, callback_answer, is_video, says
from tests.bot.test_reconcile import SUBMIT
from tests.handlers.group_chat import asks_for_consent
from tests.handlers.inline.inline_chat import choose, send_photos

if TYPE_CHECKING:
    from sandbox.telegram import Chat, MessageSnapshot, Person
    from storage import Job
    from tests.bot_under_test import BotUnderTest

ADMINS_ONLY = "only admins may ask"
SWITCHED_OFF = "switched that effect off"


@pytest.fixture
def ben_himself(bot: BotUnderTest, ben: bytes) -> Person:
    """A member with a profile picture, who is no admin."""
    return bot.telegram.add_person("Ben", username="ben", profile_photo=ben)


@pytest.fixture
def friends(bot: BotUnderTest, ben_himself: Person, ada: bytes) -> Chat:
    """A group of Ada, its owner, and Ben, who both have a profile picture."""
    bot.ada.profile_photo = ada
    return bot.telegram.add_group("Friends", [bot.ada, ben_himself])


@pytest.fixture
def cyrus(bot: BotUnderTest, friends: Chat, ada: bytes) -> Person:
    """A third member of the group, with a profile picture."""
    person = bot.telegram.add_person("Cy", username="cyrus", profile_photo=ada)
    friends.members[person.id] = person
    return person


async def decide(bot: BotUnderTest, group: Chat, *off: str, admins_only: bool = False) -> None:
    """Start the bot again in a group whose admins have decided this meanwhile."""
    await bot.stop()
    store = await Store.open(bot.database)
    await store.groups.set(group.id, "who", "admins" if admins_only else "everyone")
    for name in off:
        await store.groups.set_switch(group.id, name, on=True)
    await store.close()
    await bot.start()


def rules_of(rule: str, *effects: str) -> tuple[str, ...]:
    """Return which of the effects are switched off under this rule."""
    return effects if rule == SWITCHED_OFF else ()


async def video_in(bot: BotUnderTest, group: Chat, photo: bytes, by: Person) -> tuple[Job, MessageSnapshot]:
    """Have a squish made in the group, and return its job and its message."""
    group.send_photo(photo, f"/squish{MENTION}", by=by)
    video = await group.wait_for(is_video)
    return await bot.until_state(State.DELIVERED), video


async def hug_is_made(bot: BotUnderTest, group: Chat, ben_himself: Person) -> tuple[Job, MessageSnapshot]:
    """Have Ada hug Ben, who agrees, and return the job and the video's message."""
    group.send_text(f"/hug{MENTION}", by=bot.ada, reply_to=group.send_text("hello", by=ben_himself))
    question = await group.wait_for(asks_for_consent)
    group.press(question.id, "✅ Accept", by=ben_himself)
    video = await group.wait_for(is_video)
    return await bot.until_state(State.DELIVERED), video


async def is_handled(bot: BotUnderTest, group: Chat) -> None:
    """Wait until everything that was sent to the bot before has been handled."""
    before = len(group.messages)
    group.send_text(f"/help{MENTION}", by=bot.ada)
    await group.wait(lambda chat: any(says("one or two photos")(seen) for seen in chat.messages[before:]))


# ---------------------------------------------------------------- row 47: a group's rules
async def meets(bot: BotUnderTest, group: Chat, *people: Person) -> None:
    """Let the bot learn who these members are."""
    for person in people:
        group.send_text(f"/help{MENTION}", by=person)

    def known(_: object) -> bool:
        with closing(sqlite3.connect(f"file:{bot.database}?mode=ro", uri=True)) as connection:
            ids = {row[0] for row in connection.execute("SELECT person_id FROM people")}
        return ids >= {person.id for person in people}

    await bot.until(known)


async def first_of_two_agrees(
    bot: BotUnderTest, group: Chat, first: Person, second: Person, effect: str
) -> MessageSnapshot:
    """Ada asks for a video of two other members, of whom the first agrees; return the question to the first."""
    await meets(bot, group, first, second)
    group.send_text(f"/{effect}{MENTION} @{first.username} @{second.username}", by=bot.ada)
    question = await group.wait_for(asks_for_consent)
    group.press(question.id, "✅ Accept", by=first)
    return question


async def test_row_47_only_admins_may_ask_in_words(
    bot: BotUnderTest, friends: Chat, ben_himself: Person, coffee: bytes
) -> None:
    """Where only admins may ask, a member gets nothing by a command, a link, a reply or a photo, and reads why."""
    await decide(bot, friends, admins_only=True)
    photo = friends.send_photo(coffee, by=bot.ada)
    for words in (f"/squish{MENTION}", f"/start{MENTION} squish", f"/effect{MENTION} squish", f"/start{MENTION} hug"):
        before = len(friends.messages)
        friends.send_text(words, by=ben_himself, reply_to=photo)
        await friends.wait(lambda chat, before=before: any(map(says(ADMINS_ONLY), chat.messages[before:])))  # type: ignore[misc]
    friends.send_photo(coffee, f"/start{MENTION} squish", by=ben_himself)
    friends.send_photo(coffee, f"/squish{MENTION}", by=ben_himself, date=bot.clock() - 3600)
    await is_handled(bot, friends)
    assert await bot.jobs() == []
    friends.send_text(f"/start{MENTION} squish", by=bot.ada, reply_to=photo)
    await friends.wait_for(is_video)


@pytest.mark.parametrize("rule", [ADMINS_ONLY, SWITCHED_OFF])
async def test_row_47_rules_hold_for_what_was_begun_before(
    bot: BotUnderTest, friends: Chat, ben_himself: Person, coffee: bytes, rule: str
) -> None:
    """A rule set meanwhile holds for drafts that wait for a tap, a model or a photo, and for each button of a video."""
    await bot.start()
    job, video = await video_in(bot, friends, coffee, ben_himself)
    friends.send_photo(coffee, f"/squish{MENTION}", by=ben_himself, date=bot.clock() - 3600)
    held = await friends.wait_for(says("I was away"))
    await decide(
        bot, friends, *rules_of(rule, "squish", "animate", "hug", "expansion"), admins_only=rule == ADMINS_ONLY
    )
    friends.press(held.id, "Run it now", by=ben_himself)
    await friends.wait_for(says(rule))
    for data in (f"again:{job.id}", f"with:{job.id}:expansion", f"with:{job.id}:hug", "want:squish", "want:animate"):
        assert rule in await callback_answer(bot, friends.press(video.id, data=data, by=ben_himself)), data
    assert [one.id for one in await bot.jobs()] == [job.id]


async def test_row_47_a_photo_that_was_asked_for_before(
    bot: BotUnderTest, friends: Chat, ben_himself: Person, ada: bytes, ben: bytes
) -> None:
    """The second photo for a hug comes after the group has switched hugs off: nothing is made, and it says why."""
    await bot.start()
    friends.send_photo(ada, f"/hug{MENTION}", by=bot.ada)
    question = await friends.wait_for(asks_for_second_photo)
    friends.send_photo(ada, f"/animate{MENTION} she waves --model v2", by=ben_himself, reply_to=question.id)
    await decide(bot, friends, "hug")
    friends.send_photo(ben, by=ben_himself, reply_to=question.id)
    await friends.wait_for(says(SWITCHED_OFF))
    assert [job.effect for job in await bot.jobs()] in ([], ["animate"])


@pytest.mark.parametrize("rule", [ADMINS_ONLY, SWITCHED_OFF])
async def test_row_47_consent_does_not_pass_the_rules(
    bot: BotUnderTest, friends: Chat, ben_himself: Person, ada: bytes, rule: str
) -> None:
    """Somebody agrees to what the asker may no longer have: nothing is made."""
    cy = bot.telegram.add_person("Cy", profile_photo=ada)
    friends.members[cy.id] = cy
    await bot.start()
    friends.send_text(f"/hug{MENTION}", by=cy, reply_to=friends.send_text("hello", by=ben_himself))
    question = await friends.wait_for(asks_for_consent)
    await decide(bot, friends, *rules_of(rule, "hug"), admins_only=rule == ADMINS_ONLY)
    friends.press(question.id, "✅ Accept", by=ben_himself)
    await friends.wait_for(says(rule))
    assert await bot.jobs() == []


async def test_row_47_a_lost_submit_is_not_sent_again(
    bot: BotUnderTest, friends: Chat, ben_himself: Person, coffee: bytes
) -> None:
    """Who may no longer ask does not have a lost submit sent again either; leaving it is still possible."""
    bot.aiml.faults.add(SUBMIT, CloseBefore(), times=FOREVER)
    await bot.start(in_doubt_minutes="1")
    friends.send_photo(coffee, f"/squish{MENTION}", by=ben_himself)
    await bot.until(lambda jobs: bool(jobs) and jobs[0].state in {State.IN_DOUBT, State.NEEDS_DECISION})
    await bot.until(lambda jobs: jobs[0].state is State.NEEDS_DECISION, advancing=20)
    await decide(bot, friends, admins_only=True)
    question = await friends.wait_for(says("Shall I send them again?"))
    retried = friends.press(question.id, "🔁 Try again", by=ben_himself)
    assert ADMINS_ONLY in await callback_answer(bot, retried)
    assert (await bot.job()).submits == 1
    friends.press(question.id, "Leave it", by=ben_himself)
    await bot.until_state(State.CANCELLED)


# ---------------------------------------------------------------- row 46: somebody's picture
def forged_presses(bot: BotUnderTest, group: Chat, video: MessageSnapshot, job: Job) -> list[dict[str, Any]]:
    """Return what a changed app can send in place of a press of Again: from elsewhere, or under a message unseen."""
    places: list[dict[str, Any]] = [
        {"inline_message_id": "AgAAAforged"},
        {"message": {"message_id": video.id, "date": 0, "chat": group.api_object}},
        {"message": {"message_id": 1, "date": 0, "chat": bot.chat.api_object}},
        {"message": {"message_id": 1, "date": int(bot.clock()), "chat": bot.chat.api_object, "text": "x"}},
    ]
    return [
        {"id": f"forged{number}", "from": bot.ada.user(), "chat_instance": "1", "data": data, **place}
        for number, (place, data) in enumerate(
            (place, data)
            for place in places
            for data in (f"again:{job.id}", f"swap:{job.id}", f"with:{job.id}:hug", f"with:{job.id}:kiss")
        )
    ]


async def test_row_46_forged_presses_make_nothing(
    bot: BotUnderTest, friends: Chat, ben_himself: Person, coffee: bytes
) -> None:
    """Again, pressed from an inline message or with forged data, makes nothing of Ben's picture without asking him."""
    await bot.start(storage_chat_id=str(bot.telegram.add_channel("Storage").id))
    job, video = await hug_is_made(bot, friends, ben_himself)
    await send_photos(bot, coffee)
    inline = await choose(bot, "Squish", "squish")
    await bot.until(lambda jobs: len(jobs) == 2 and jobs[1].state is State.DELIVERED)
    pressed = bot.telegram.press_inline(bot.ada, inline, data=f"again:{job.id}")
    assert "has to agree" in await callback_answer(bot, pressed)
    for number, press in enumerate(forged_presses(bot, friends, video, job)):
        bot.telegram.push_update({"update_id": 900_000 + number, "callback_query": press})
    await is_handled(bot, friends)
    assert len(await bot.jobs()) == 2
    assert len(bot.aiml.submissions) == 2


async def test_row_46_always_in_groups_is_not_always_in_private(
    bot: BotUnderTest, friends: Chat, ben_himself: Person
) -> None:
    """Who always allows it in their groups has not allowed it in the asker's private chat."""
    await bot.start()
    job, _ = await hug_is_made(bot, friends, ben_himself)
    await says_about_picture(bot, ben_himself, "always")
    bot.chat.send_text("/help")
    menu = await bot.chat.wait_for(says("one or two photos"))
    for action in ("other", "again", "swap"):
        pressed = bot.chat.press(menu.id, data=f"{action}:{job.id}")
        assert "in the group" in await callback_answer(bot, pressed)
    assert len(await bot.jobs()) == 1


async def says_about_picture(bot: BotUnderTest, person: Person, permission: str) -> None:
    """Say as this person what others may do with their picture."""
    chat = bot.telegram.private_chat(person)
    chat.send_text("/privacy")
    shown = await chat.wait_for(says("Your profile picture"))
    await callback_answer(bot, chat.press(shown.id, data=f"picture:{permission}"))


async def test_row_46_never_said_while_the_job_waits(bot: BotUnderTest, friends: Chat, ben_himself: Person) -> None:
    """Ben agrees, the service is full, and he says never: his picture is not sent, and the asker reads so."""
    bot.aiml.concurrency = 0
    await bot.start()
    friends.send_text(f"/hug{MENTION}", by=bot.ada, reply_to=friends.send_text("hello", by=ben_himself))
    friends.press((await friends.wait_for(asks_for_consent)).id, "✅ Accept", by=ben_himself)
    await bot.until(lambda jobs: bool(jobs) and jobs[0].tries > 0)
    await says_about_picture(bot, ben_himself, "never")
    bot.aiml.concurrency = None
    await bot.until(lambda jobs: jobs[0].state is State.FAILED, advancing=30)
    assert "Nothing was charged" in (await friends.wait_for(says("no longer agrees"))).text
    assert [one for one in bot.aiml.submissions if one.accepted] == []


async def test_row_46_never_said_while_another_is_asked(
    bot: BotUnderTest, friends: Chat, ben_himself: Person, cyrus: Person
) -> None:
    """Of two people the first agrees and then says never: the second one's consent makes nothing."""
    await bot.start()
    first = await first_of_two_agrees(bot, friends, ben_himself, cyrus, "hug")
    second = await friends.wait_for(lambda seen: asks_for_consent(seen) and seen.id != first.id)
    await says_about_picture(bot, ben_himself, "never")
    friends.press(second.id, "✅ Accept", by=cyrus)
    await friends.wait_for(says("Ben doesn't want their profile picture to be used"))
    assert await bot.jobs() == []


# ---------------------------------------------------------------- row 45: what somebody agreed to
async def test_row_45_two_taps_on_the_choice_of_effects(bot: BotUnderTest, friends: Chat, ben_himself: Person) -> None:
    """Two effects tapped one after the other: Ben reads which one is asked for, and that one is made."""
    await bot.start()
    _, video = await hug_is_made(bot, friends, ben_himself)
    friends.press(video.id, "🎨 Another effect", by=bot.ada)
    offered = await friends.wait_for(says("What shall I do"))
    heart = next(one.data or "" for row in offered.buttons for one in row if (one.data or "").endswith(":heart"))
    friends.press(offered.id, data=heart, by=bot.ada)
    question = await friends.wait_for(lambda seen: asks_for_consent(seen) and "Heart" in seen.text)
    outdated = question.buttons[0][0].data
    friends.press(question.id, data=heart.replace(":heart", ":fight"), by=bot.ada)
    anew = await friends.wait_for(lambda seen: asks_for_consent(seen) and "Fight" in seen.text)
    answer = await callback_answer(bot, friends.press(anew.id, data=outdated, by=ben_himself))
    assert "changed since you were asked" in answer
    assert len(await bot.jobs()) == 1
    friends.press(anew.id, "✅ Accept", by=ben_himself)
    jobs = await bot.until(lambda jobs: len(jobs) == 2 and jobs[1].state is State.DELIVERED)
    assert jobs[1].effect == "fight"


async def test_row_45_changed_after_the_first_of_two_agreed(
    bot: BotUnderTest, friends: Chat, ben_himself: Person, cyrus: Person
) -> None:
    """The effect is changed when the first of two people has agreed: both are asked anew, in messages of their own."""
    await bot.start()
    first = await first_of_two_agrees(bot, friends, ben_himself, cyrus, "heart")
    second = await friends.wait_for(lambda seen: asks_for_consent(seen) and "Cy" in seen.text)
    draft = (second.buttons[0][0].data or "").split(":")[1]
    friends.press(second.id, data=f"pick:{draft}:fight", by=bot.ada)
    third = await friends.wait_for(
        lambda seen: asks_for_consent(seen) and "Ben, Ada" in seen.text and "Fight" in seen.text
    )
    assert third.id not in {first.id, second.id}
    assert await bot.jobs() == []
    friends.press(third.id, "✅ Accept", by=ben_himself)
    fourth = await friends.wait_for(lambda seen: asks_for_consent(seen) and "Cy" in seen.text and "Fight" in seen.text)
    friends.press(fourth.id, "✅ Accept", by=cyrus)
    assert (await bot.until_state(State.DELIVERED)).effect == "fight"


# ---------------------------------------------------------------- row 29: who is exempt
async def test_row_29_a_former_admin_has_limits_again(bot: BotUnderTest, coffee: bytes) -> None:
    """Who was an admin of the bot when a video was made has the usual limits when they press Again later."""
    await bot.start(user_daily_limit="1", admin_ids=str(bot.ada.id))
    bot.chat.send_photo(coffee, "/squish")
    video = await bot.chat.wait_for(is_video)
    await bot.until_state(State.DELIVERED)
    await bot.stop()
    await bot.start(admin_ids="")
    await callback_answer(bot, bot.chat.press(video.id, "🔁 Again"))
    jobs = await bot.until(lambda jobs: len(jobs) == 2 and jobs[1].state is State.DELIVERED)
    assert [job.exempt for job in jobs] == [True, False]
    answer = await callback_answer(bot, bot.chat.press(video.id, "🔁 Again"))
    assert "in the last 24 hours" in answer
    assert len(await bot.jobs()) == 2
