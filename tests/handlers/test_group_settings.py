"""/settings in a group, as its admins use it, and the group's daily limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.http.faults import FOREVER, CloseBefore
from storage import State
from tests.assertions import AT, is_video, labels, pop_up, says

if TYPE_CHECKING:
    from sandbox.telegram import Chat, Person, Seen
    from tests.conftest import Play

ADMINS = "Only admins of this group"


async def settings(play: Play, group: Chat) -> Seen:
    """The settings, as Ada opened them."""
    group.say(f"/settings{AT}", by=play.ada)
    return await group.wait_for(says("Settings of this group"))


async def turn(play: Play, group: Chat, message: Seen, button: str) -> Seen:
    """Ada presses a button whose text ends so; the message as it is then."""
    now = group.message(message.id)
    text = next(label for label in labels(now) if label.endswith(button))
    await pop_up(play, group.press(message.id, text, by=play.ada))
    return await group.wait_for(lambda seen: seen.id == message.id and seen.edits > now.edits)


def named(message: Seen, words: str) -> str:
    """The whole text of the button that holds these words."""
    return next(label for label in labels(message) if words in label)


async def test_only_admins(play: Play, group: Chat, bob: Person) -> None:
    """Members neither open the settings nor press their buttons."""
    await play.start()
    group.say(f"/settings{AT}", by=bob)
    await group.wait_for(says(ADMINS))
    shown = await settings(play, group)
    assert ADMINS in await pop_up(play, group.press(shown.id, "Admins ask", by=bob))
    assert "everyone" in group.message(shown.id).text


async def test_an_anonymous_admin(play: Play, group: Chat) -> None:
    """An admin who writes in the group's name opens the settings."""
    await play.start()
    group.say(f"/settings{AT}", by=group)
    await group.wait_for(says("Settings of this group"))


async def test_who_may_ask(play: Play, group: Chat, bob: Person, coffee: bytes) -> None:
    """Where only admins may ask, a member is told so, and an admin gets the video; then everyone may again."""
    await play.start()
    shown = await settings(play, group)
    assert "admins only" in (await turn(play, group, shown, "Admins ask")).text
    group.photo(coffee, f"/squish{AT}", by=bob)
    await group.wait_for(says("only admins may ask"))
    assert await play.jobs() == []
    group.photo(coffee, f"/squish{AT}", by=play.ada)
    video = await group.wait_for(is_video)
    await turn(play, group, shown, "Everyone asks")
    group.photo(coffee, f"/squish{AT}", by=bob)
    await group.wait_for(lambda seen: is_video(seen) and seen.id != video.id)


async def test_one_effect_off(play: Play, group: Chat, coffee: bytes) -> None:
    """An effect that is switched off is refused in words, and stands neither in /effects nor in /help."""
    await play.start()
    shown = await settings(play, group)
    before = shown.text
    await turn(play, group, shown, "Effects")
    await turn(play, group, shown, named(group.message(shown.id), "Squishy"))
    await turn(play, group, shown, "🫳 Squish")
    await turn(play, group, shown, "Back")
    assert (await turn(play, group, shown, "Back")).text != before
    group.photo(coffee, f"/squish{AT}", by=play.ada)
    await group.wait_for(says("switched that effect off"))
    group.say(f"/help{AT}", by=play.ada)
    helped = await group.wait_for(says(f"/hug{AT}"))
    assert f"/squish{AT}" not in helped.text
    assert await play.jobs() == []
    play.chat.photo(coffee, "/squish")
    await play.chat.wait_for(is_video)


async def test_a_theme_off(play: Play, group: Chat, coffee: bytes) -> None:
    """A theme that is off takes all its effects along, but for one that is switched on in it."""
    await play.start()
    shown = await settings(play, group)
    await turn(play, group, shown, "Effects")
    await turn(play, group, shown, named(group.message(shown.id), "Pets"))
    off = await turn(play, group, shown, "All off")
    switches = [key for row in off.buttons for key in row if key.text.startswith("▫️")]
    assert len(switches) > 1
    kept = (switches[0].data or "").split(":")[2]
    gone = (switches[1].data or "").split(":")[2]
    await turn(play, group, shown, switches[0].text)
    group.photo(coffee, f"/{gone}{AT}", by=play.ada)
    await group.wait_for(says("switched that effect off"))
    group.photo(coffee, f"/{kept}{AT}", by=play.ada)
    job = (await play.until(bool))[0]
    assert job.effect == kept
    await turn(play, group, shown, "All on")
    await turn(play, group, shown, "Back")
    group.photo(coffee, f"/{gone}{AT}", by=play.ada)
    await play.until(lambda jobs: len(jobs) == 2)


async def test_a_press_that_is_handled_twice(play: Play, group: Chat) -> None:
    """A press that comes twice leaves what the first one made."""
    await play.start()
    shown = await settings(play, group)
    data = next(key.data for row in shown.buttons for key in row if key.text == "Admins ask")
    one, two = (group.press(shown.id, data=data, by=play.ada) for _ in range(2))
    await pop_up(play, one)
    await pop_up(play, two)
    assert "admins only" in group.message(shown.id).text


async def test_made_up_presses(play: Play, group: Chat, bob: Person) -> None:
    """Presses that no button of the settings sends change nothing."""
    await play.start()
    group.say(f"/help{AT}", by=play.ada)
    menu = await group.wait_for(says(f"/hug{AT}"))
    for data in (
        "group:who:admins",
        "group:limit:-5",
        "group:limit:x",
        "group:off:squish:x",
        "group:theme:x:y",
        "group:",
    ):
        for person in (bob, play.ada):
            await pop_up(play, group.press(menu.id, data=data, by=person))
    assert "everyone" in (await settings(play, group)).text


async def test_done(play: Play, group: Chat) -> None:
    """Done takes the settings away."""
    await play.start()
    shown = await settings(play, group)
    group.press(shown.id, "Done", by=play.ada)
    await group.wait(lambda chat: shown.id not in [seen.id for seen in chat.messages])


async def test_rules_survive(play: Play, bob: Person, coffee: bytes) -> None:
    """What was decided holds after a restart, and after the group became a supergroup."""
    group = play.telegram.group("Friends", [play.ada, bob], supergroup=False)
    await play.start()
    shown = await settings(play, group)
    await turn(play, group, shown, "Admins ask")
    await play.stop()
    new = play.telegram.migrate(group)
    await play.start()
    new.photo(coffee, f"/squish{AT}", by=bob)
    await new.wait_for(says("only admins may ask"))


# ---------------------------------------------------------------- the daily limit
async def test_limit_of_the_group(play: Play, group: Chat, bob: Person, coffee: bytes) -> None:
    """Of a group with two videos a day, whoever asks, the third is refused with the time of the next."""
    await play.start(group_daily_limit="2")
    for person in (play.ada, bob):
        group.photo(coffee, f"/squish{AT}", by=person)
    await play.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED] * 2)
    group.photo(coffee, f"/squish{AT}", by=bob)
    told = await group.wait_for(says("This group has had its 2 videos"))
    assert "24 hours" in told.text
    play.chat.photo(coffee, "/squish")
    await play.chat.wait_for(is_video)
    play.pass_time(86_500)
    group.photo(coffee, f"/squish{AT}", by=bob, at=play.clock())
    await play.until(lambda jobs: len(jobs) == 4)


async def test_limit_that_admins_chose(play: Play, group: Chat, coffee: bytes) -> None:
    """Admins choose fewer videos a day than the operator allows, never more."""
    await play.start(group_daily_limit="5")
    shown = await settings(play, group)
    assert "24 hours: 5" in shown.text
    page = await turn(play, group, shown, "Daily limit")
    assert [label for label in labels(page) if label.isdigit()] == ["1", "2", "3"]
    assert "24 hours: 1" in (await turn(play, group, shown, "1")).text
    group.photo(coffee, f"/squish{AT}", by=play.ada)
    await play.until_state(State.DELIVERED)
    group.photo(coffee, f"/squish{AT}", by=play.ada)
    await group.wait_for(says("This group has had its one video"))


async def test_a_failure_gives_the_place_back(play: Play, group: Chat, coffee: bytes, ada: bytes, ben: bytes) -> None:
    """A video that failed does not count for the group's day."""
    await play.start(group_daily_limit="1")
    group.photo(ada, f"/hug{AT}", by=play.ada, reply_to=group.photo(coffee, by=play.ada))
    await play.until_state(State.FAILED)
    group.photo(ada, f"/hug{AT}", by=play.ada, reply_to=group.photo(ben, by=play.ada))
    await play.until(lambda jobs: len(jobs) == 2)


async def test_many_at_once(play: Play, coffee: bytes) -> None:
    """Asked for all at once by many people, no more videos are begun than the group may have."""
    people = [play.telegram.person(f"Person {number}") for number in range(8)]
    group = play.telegram.group("Friends", people)
    for person in people:
        group.photo(coffee, f"/squish{AT}", by=person)
    await play.start(group_daily_limit="3")
    await group.wait(lambda chat: sum("This group has had" in seen.text for seen in chat.messages) == 5)
    assert len(await play.jobs()) == 3


async def test_telegram_does_not_say_who_runs_the_group(play: Play, group: Chat) -> None:
    """While Telegram can't be asked who runs the group, the answer waits, and comes."""
    rule = play.telegram.faults.add("getChatMember", CloseBefore(), times=FOREVER)
    await play.start()
    group.say(f"/settings{AT}", by=play.ada)
    await play.telegram.wait(lambda telegram: telegram.faults.request_count > 6)
    assert not [seen for seen in group.messages if seen.sender == "bot"]
    rule.remove()
    play.pass_time(60)
    await group.wait_for(says("Settings of this group"))
