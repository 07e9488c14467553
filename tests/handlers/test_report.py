"""/report: anybody may have the bot's admins look at a video."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.assertions import callback_answer, is_video, labels, says

if TYPE_CHECKING:
    from sandbox.telegram import Chat, Person
    from tests.bot_under_test import BotUnderTest

AT = "@kling_sandbox_bot"
REPORTED = "A video was reported"


@pytest.fixture
def boss(bot: BotUnderTest) -> Chat:
    """Return the private chat of an admin of the bot."""
    return bot.telegram.private_chat(bot.telegram.add_person("Boss", language_code="en"))


async def test_a_report_reaches_the_admins_once(bot: BotUnderTest, boss: Chat, bob: Person, coffee: bytes) -> None:
    """A video that two people report comes to the admins once, who may delete it and ban who asked for it."""
    group = bot.telegram.add_group("Friends", [bot.ada, bob])
    await bot.start(admin_ids=str(boss.id))
    group.send_photo(coffee, f"/squish{AT}", by=bot.ada)
    video = await group.wait_for(is_video)
    for person in (bob, bot.ada):
        asked = group.send_text(f"/report{AT}", by=person, reply_to=video.id)
        await group.wait_for(lambda seen, asked=asked: seen.reply_to == asked and "will look at it" in seen.text)  # type: ignore[misc]
    notice = await boss.wait_for(says(REPORTED))
    assert f"asked for by {bot.ada.first_name} ({bot.ada.id}), reported by Bob" in notice.text
    assert labels(notice) == ["🗑 Delete", "⛔ Ban"]
    assert "can't use the bot any more" in await callback_answer(bot, boss.press(notice.id, "⛔ Ban"))
    boss.press(notice.id, "🗑 Delete")
    await bot.telegram.wait(lambda _: all(seen.id != video.id for seen in group.messages))
    assert len([seen for seen in boss.messages if REPORTED in seen.text]) == 1
    group.send_photo(coffee, f"/squish{AT}", by=bot.ada)
    await group.wait_for(says("You can't use this bot any more"))


async def test_only_admins_press_its_buttons(bot: BotUnderTest, boss: Chat, coffee: bytes) -> None:
    """Forged data of the admins' buttons deletes and bans nothing."""
    await bot.start(admin_ids=str(boss.id))
    bot.chat.send_photo(coffee, "/squish")
    video = await bot.chat.wait_for(is_video)
    job = await bot.job()
    for action in ("delete", "ban"):
        press = bot.chat.press(video.id, data=f"reported:{action}:{job.id}")
        assert await callback_answer(bot, press)
    bot.chat.send_text("/help")
    await bot.chat.wait_for(says("/effects"))
    assert any(seen.id == video.id for seen in bot.chat.messages)


async def test_without_a_video_or_admins(bot: BotUnderTest, coffee: bytes) -> None:
    """/report alone says how it works, and where nobody reads reports, that is said."""
    await bot.start()
    bot.chat.send_text("/report")
    await bot.chat.wait_for(says("Reply to a video of mine"))
    bot.chat.send_photo(coffee, "/squish")
    video = await bot.chat.wait_for(is_video)
    bot.chat.send_text("/report", reply_to=video.id)
    await bot.chat.wait_for(says("Nobody looks after reports"))
