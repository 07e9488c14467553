"""The people of the demo, Ada, Ben and the operator, and their chats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.photos import photo

if TYPE_CHECKING:
    from sandbox.telegram import FakeTelegram, Person


OPERATOR = "Olga"
"""The operator's name. She isn't in the groups, and is no photo's person."""


def add_demo_people(telegram: FakeTelegram) -> Person:
    """Add Ada, Ben and the operator with their chats, unless there are people already; return Ada, a newcomer.

    Ada and the operator have opened their chats with the bot, Ben has not. Ada and Ben are in a group that the bot was
    added to, in a forum with the bot, and in a group that it was never in. Ada owns the groups.
    """
    for person in telegram.people.values():
        return person
    ada = telegram.add_person("Ada", username="ada", language_code="en", profile_photo=photo("ada"))
    ben = telegram.add_person("Ben", username="ben", language_code="en", profile_photo=photo("ben"))
    operator = telegram.add_person(OPERATOR, username="olga", language_code="en")
    telegram.private_chat(ada)
    telegram.private_chat(operator)
    telegram.add_bot(telegram.add_group_without_bot("Weekend", [ada, ben]))
    telegram.add_topic(telegram.add_group("Road trip", [ada, ben], topics=True), "Photos", ada)
    telegram.add_group_without_bot("Just us", [ada, ben])
    return ada


def operator_of(telegram: FakeTelegram) -> Person:
    """Return the operator of the demo.

    Raises:
        StopIteration: `add_demo_people` was not called.
    """
    return next(person for person in telegram.people.values() if person.first_name == OPERATOR)
