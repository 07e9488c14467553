"""The people of the demo, Ada and Ben, and their chats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.photos import photo

if TYPE_CHECKING:
    from sandbox.telegram import FakeTelegram, Person


def add_demo_people(telegram: FakeTelegram) -> Person:
    """Add Ada and Ben with their chats, unless there are people already; return Ada, the operator.

    Ada has opened her chat with the bot, Ben has not. Both are in a group that the bot was added to, in a forum with
    the bot, and in a group that it was never in. Ada owns the groups.
    """
    for person in telegram.people.values():
        return person
    ada = telegram.add_person("Ada", username="ada", language_code="en", profile_photo=photo("ada"))
    ben = telegram.add_person("Ben", username="ben", language_code="en", profile_photo=photo("ben"))
    telegram.private_chat(ada)
    telegram.add_bot(telegram.add_group_without_bot("Weekend", [ada, ben]))
    telegram.add_topic(telegram.add_group("Road trip", [ada, ben], topics=True), "Photos", ada)
    telegram.add_group_without_bot("Just us", [ada, ben])
    return ada
