"""/settings in a group, as its admins use it, and the group's daily limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.http.faults import FOREVER, CloseBefore
from storage import State
from tests.assertions import MENTION, callback_answer, is_video, labels, says

if TYPE_CHECKING:
    from sandbox.telegram import Chat, MessageSnapshot, Person
    from tests.bot_under_test import BotUnderTest

ADMINS = "Only admins of this group"


async def settings(bot: BotUnderTest, group: Chat) -> MessageSnapshot:
    """Open the settings as Ada, and return their message."""
    group.send_text(f"/settings{MENTION}", by=bot.ada)
    return await group.wait_for(says("Settings of this group"))


async def turn(bot: BotUnderTest, group: Chat, message: MessageSnapshot, button: str) -> MessageSnapshot:
    """Press the button whose label ends so as Ada, and return the message as it is then."""
    now = group.message(message.id)
    text = next(label for label in labels(now) if label.endswith(button))
    await callback_answer(bot, group.press(message.id, text, by=bot.ada))
    return await group.wait_for(lambda seen: seen.id == message.id and seen.edit_count > now.edit_count)


def named(message: MessageSnapshot, words: str) -> str:
    """Return the label of the button that contains these words."""
    return next(label for label in labels(message) if words in label)


async def test_only_admins(bot: BotUnderTest, group: Chat, bob: Person) -> None:
    """Members neither open the settings nor press their buttons."""
    await bot.start()
    group.send_text(f"/settings{MENTION}", by=bob)
    await group.wait_for(says(ADMINS))
    shown = await settings(bot, group)
    assert ADMINS in await callback_answer(bot, group.press(shown.id, "Admins ask", by=bob))
    assert "everyone" in group.message(shown.id).text


async def test_an_anonymous_admin(bot: BotUnderTest, group: Chat) -> None:
    """An admin who writes in the group's name opens the settings."""
    await bot.start()
    group.send_text(f"/settings{MENTION}", by=group)
    await group.wait_for(says("Settings of this group"))


async def test_who_may_ask(bot: BotUnderTest, group: Chat, bob: Person, coffee: bytes) -> None:
    """Where only admins may ask, a member is told so, and an admin gets the video; then everyone may again."""
    await bot.start()
    shown = await settings(bot, group)
    assert "admins only" in (await turn(bot, group, shown, "Admins ask")).text
    group.send_photo(coffee, f"/squish{MENTION}", by=bob)
    await group.wait_for(says("only admins may ask"))
    assert await bot.jobs() == []
    group.send_photo(coffee, f"/squish{MENTION}", by=bot.ada)
    video = await group.wait_for(is_video)
    await turn(bot, group, shown, "Everyone asks")
    group.send_photo(coffee, f"/squish{MENTION}", by=bob)
    await group.wait_for(lambda seen: is_video(seen) and seen.id != video.id)


async def test_one_effect_off(bot: BotUnderTest, group: Chat, coffee: bytes) -> None:
    """An effect that is switched off is refused in words, and stands neither in /effects nor in /help."""
    await bot.start()
    shown = await settings(bot, group)
    before = shown.text
    await turn(bot, group, shown, "Effects")
    await turn(bot, group, shown, named(group.message(shown.id), "Squishy"))
    await turn(bot, group, shown, "🫳 Squish")
    await turn(bot, group, shown, "Back")
    assert (await turn(bot, group, shown, "Back")).text != before
    group.send_photo(coffee, f"/squish{MENTION}", by=bot.ada)
    await group.wait_for(says("switched that effect off"))
    group.send_text(f"/help{MENTION}", by=bot.ada)
    helped = await group.wait_for(says(f"/hug{MENTION}"))
    assert f"/squish{MENTION}" not in helped.text
    assert await bot.jobs() == []
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(is_video)


async def test_a_theme_off(bot: BotUnderTest, group: Chat, coffee: bytes) -> None:
    """A theme that is off takes all its effects along, but for one that is switched on in it."""
    await bot.start()
    shown = await settings(bot, group)
    await turn(bot, group, shown, "Effects")
    await turn(bot, group, shown, named(group.message(shown.id), "Pets"))
    off = await turn(bot, group, shown, "All off")
    switches = [key for row in off.buttons for key in row if key.text.startswith("▫️")]
    assert len(switches) > 1
    kept = (switches[0].data or "").split(":")[2]
    gone = (switches[1].data or "").split(":")[2]
    await turn(bot, group, shown, switches[0].text)
    group.send_photo(coffee, f"/{gone}{MENTION}", by=bot.ada)
    await group.wait_for(says("switched that effect off"))
    group.send_photo(coffee, f"/{kept}{MENTION}", by=bot.ada)
    job = (await bot.until(bool))[0]
    assert job.effect == kept
    await turn(bot, group, shown, "All on")
    await turn(bot, group, shown, "Back")
    group.send_photo(coffee, f"/{gone}{MENTION}", by=bot.ada)
    await bot.until(lambda jobs: len(jobs) == 2)


async def test_a_press_that_is_handled_twice(bot: BotUnderTest, group: Chat) -> None:
    """A press that comes twice leaves what the first one made."""
    await bot.start()
    shown = await settings(bot, group)
    data = next(key.data for row in shown.buttons for key in row if key.text == "Admins ask")
    one, two = (group.press(shown.id, data=data, by=bot.ada) for _ in range(2))
    await callback_answer(bot, one)
    await callback_answer(bot, two)
    assert "admins only" in group.message(shown.id).text


async def test_made_up_presses(bot: BotUnderTest, group: Chat, bob: Person) -> None:
    """Presses that no button of the settings sends change nothing."""
    await bot.start()
    group.send_text(f"/help{MENTION}", by=bot.ada)
    menu = await group.wait_for(says(f"/hug{MENTION}"))
    for data in (
        "group:who:admins",
        "group:limit:-5",
        "group:limit:x",
        "group:off:squish:x",
        "group:theme:x:y",
        "group:",
    ):
        for person in (bob, bot.ada):
            await callback_answer(bot, group.press(menu.id, data=data, by=person))
    assert "everyone" in (await settings(bot, group)).text


async def test_done(bot: BotUnderTest, group: Chat) -> None:
    """Done takes the settings away."""
    await bot.start()
    shown = await settings(bot, group)
    group.press(shown.id, "Done", by=bot.ada)
    await group.wait(lambda chat: shown.id not in [seen.id for seen in chat.messages])


async def test_rules_survive(bot: BotUnderTest, bob: Person, coffee: bytes) -> None:
    """What was decided holds after a restart, and after the group became a supergroup."""
    group = bot.telegram.add_group("Friends", [bot.ada, bob], supergroup=False)
    await bot.start()
    shown = await settings(bot, group)
    await turn(bot, group, shown, "Admins ask")
    await bot.stop()
    new = bot.telegram.migrate(group)
    await bot.start()
    new.send_photo(coffee, f"/squish{MENTION}", by=bob)
    await new.wait_for(says("only admins may ask"))


# ---------------------------------------------------------------- the daily limit
async def test_limit_of_the_group(bot: BotUnderTest, group: Chat, bob: Person, coffee: bytes) -> None:
    """Of a group with two videos a day, whoever asks, the third is refused with the time of the next."""
    await bot.start(group_daily_limit="2")
    for person in (bot.ada, bob):
        group.send_photo(coffee, f"/squish{MENTION}", by=person)
    await bot.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED] * 2)
    group.send_photo(coffee, f"/squish{MENTION}", by=bob)
    told = await group.wait_for(says("This group has had its 2 videos"))
    assert "24 hours" in told.text
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(is_video)
    bot.advance(86_500)
    group.send_photo(coffee, f"/squish{MENTION}", by=bob, date=bot.clock())
    await bot.until(lambda jobs: len(jobs) == 4)


async def test_limit_that_admins_chose(bot: BotUnderTest, group: Chat, coffee: bytes) -> None:
    """Admins choose fewer videos a day than the operator allows, never more."""
    await bot.start(group_daily_limit="5")
    shown = await settings(bot, group)
    assert "24 hours: 5" in shown.text
    page = await turn(bot, group, shown, "Daily limit")
    assert [label for label in labels(page) if label.isdigit()] == ["1", "2", "3"]
    assert "24 hours: 1" in (await turn(bot, group, shown, "1")).text
    group.send_photo(coffee, f"/squish{MENTION}", by=bot.ada)
    await bot.until_state(State.DELIVERED)
    group.send_photo(coffee, f"/squish{MENTION}", by=bot.ada)
    await group.wait_for(says("This group has had its one video"))


async def test_a_failure_gives_the_place_back(
    bot: BotUnderTest, group: Chat, coffee: bytes, ada: bytes, ben: bytes
) -> None:
    """A video that failed does not count for the group's day."""
    await bot.start(group_daily_limit="1")
    group.send_photo(ada, f"/hug{MENTION}", by=bot.ada, reply_to=group.send_photo(coffee, by=bot.ada))
    await bot.until_state(State.FAILED)
    group.send_photo(ada, f"/hug{MENTION}", by=bot.ada, reply_to=group.send_photo(ben, by=bot.ada))
    await bot.until(lambda jobs: len(jobs) == 2)


async def test_many_at_once(bot: BotUnderTest, coffee: bytes) -> None:
    """Asked for all at once by many people, no more videos are begun than the group may have."""
    people = [bot.telegram.add_person(f"Person {number}") for number in range(8)]
    group = bot.telegram.add_group("Friends", people)
    for person in people:
        group.send_photo(coffee, f"/squish{MENTION}", by=person)
    await bot.start(group_daily_limit="3")
    await group.wait(lambda chat: sum("This group has had" in seen.text for seen in chat.messages) == 5)
    assert len(await bot.jobs()) == 3


async def test_telegram_does_not_say_who_runs_the_group(bot: BotUnderTest, group: Chat) -> None:
    """While Telegram can't be asked who runs the group, the answer waits, and comes."""
    rule = bot.telegram.faults.add("getChatMember", CloseBefore(), times=FOREVER)
    await bot.start()
    group.send_text(f"/settings{MENTION}", by=bot.ada)
    await bot.until(lambda _: rule.use_count > 0)
    assert not [seen for seen in group.messages if seen.sender == "bot"]
    rule.remove()
    await bot.until(lambda _: any(map(says("Settings of this group"), group.messages)), advancing=60)
