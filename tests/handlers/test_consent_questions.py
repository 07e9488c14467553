"""Questions for consent: how often a person is asked, and by which name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.localization import Locales
from tests.assertions import MENTION, callback_answer, labels, says
from tests.handlers.group_chat import asks_for_consent

if TYPE_CHECKING:
    from sandbox.telegram import Chat, Person
    from tests.bot_under_test import BotUnderTest

LOCALES = Locales.load()
UNSEEN = {
    "empty": "",
    "spaces": " \u00a0\u2003\u3000",
    "zero width": "\u200b\u200c\u200d\ufeff\u2060",
    "Hangul filler": "\u3164\u115f\u1160\uffa0",
    "Braille blank": "\u2800\u2800",
    "combining marks alone": "\u0301\u0489\u20dd",
    "variation selectors": "\ufe0f\U000e0100",
    "tags": "\U000e0041\U000e007f",
    "soft hyphen": "\u00ad",
    "direction": "\u202e\u2066",
    "control": "\x07\x7f",
    "unassigned": "\u0378",
    "private use": "\ue000",
    "object": "\ufffc",
}
SEEN = {
    "Ada": "Ada",
    "  Ada \n B. ": "Ada B.",
    "Zoe\u0301": "Zoe\u0301",
    "\u202eadA": "adA",
    "Ada\u2066": "Ada",
    "👩\u200d🚀": "👩\u200d🚀",
    "नि": "नि",
    "·": "·",
    "ㅤA": "ㅤA",
}


@pytest.fixture
def ben_himself(bot: BotUnderTest, ben: bytes) -> Person:
    """A member with a profile picture."""
    return bot.telegram.add_person("Ben", profile_photo=ben)


@pytest.fixture
def friends(bot: BotUnderTest, ben_himself: Person, ada: bytes) -> Chat:
    """A group of Ada and Ben, who both have a profile picture."""
    bot.ada.profile_photo = ada
    return bot.telegram.add_group("Friends", [bot.ada, ben_himself])


@pytest.mark.parametrize("name", list(UNSEEN.values()), ids=list(UNSEEN))
@pytest.mark.parametrize("language", LOCALES.languages)
def test_row_48_a_name_that_can_not_be_seen(name: str, language: str) -> None:
    """Somebody whose name shows nothing is told from others by their id, in every language."""
    shown = LOCALES.get(language).name_of(4242, name)
    assert "(4242)" in shown
    assert shown.split("(")[0].strip().replace("-", "").isalpha()


@pytest.mark.parametrize("name", list(SEEN))
def test_row_48_a_name_that_can_be_seen(name: str) -> None:
    """Any other name is shown as it is, on one line, and turns around nothing that follows it."""
    assert LOCALES.get("en").name_of(4242, name) == SEEN[name]


async def test_row_48_thirty_requests_for_one_person(bot: BotUnderTest, friends: Chat, ben_himself: Person) -> None:
    """Thirty requests at once mention Ben once; the others are told to wait, and after his No as well."""
    await bot.start(rate_per_chat="100000")
    words = friends.send_text("hello", by=ben_himself)
    for number in range(30):
        friends.send_text(f"/{('hug', 'kiss')[number % 2]}{MENTION}", by=bot.ada, reply_to=words)
    question = await friends.wait_for(asks_for_consent)
    await friends.wait(lambda chat: sum("Ben is being asked" in seen.text for seen in chat.messages) == 29)
    assert len([seen for seen in friends.history if asks_for_consent(seen)]) == 1
    friends.press(question.id, "No", by=ben_himself)
    await friends.wait_for(says("Ben would rather not"))
    friends.send_text(f"/hug{MENTION}", by=bot.ada, reply_to=words)
    await friends.wait_for(says("Ben was asked here a short while ago"))
    bot.advance(601)
    friends.send_text(f"/hug{MENTION}", by=bot.ada, reply_to=words, date=bot.clock())
    await friends.wait_for(lambda seen: asks_for_consent(seen) and seen.id != question.id)
    assert await bot.jobs() == []


async def test_row_48_somebody_without_a_name_is_asked(bot: BotUnderTest, friends: Chat, ben_himself: Person) -> None:
    """A person with an invisible name is mentioned by their id, so that they learn of the question and can answer."""
    ben_himself.first_name = bot.ada.first_name = "\u3164"
    await bot.start()
    friends.send_text(f"/hug{MENTION}", by=bot.ada, reply_to=friends.send_text("hello", by=ben_himself))
    question = await friends.wait_for(asks_for_consent)
    assert f"someone ({ben_himself.id}), someone ({bot.ada.id}) wants" in question.text
    assert f"tg://user?id={ben_himself.id}" in question.html
    assert "✅ Accept" in labels(question)
    refused = friends.press(question.id, "✅ Accept", by=bot.ada)
    assert f"Only someone ({ben_himself.id})" in await callback_answer(bot, refused)
