"""Refusals, notes and mistakes: their strings in the database, both ways."""

from __future__ import annotations

import pytest

from handlers.requests.image_to_video import Mistake, MistakeKind, decode_mistakes
from handlers.requests.people import Note, NoteKind
from handlers.requests.permissions import (
    GroupRule,
    LimitKind,
    LimitReached,
    PersonRefused,
    PictureRefusal,
    Refusal,
    decode_refusal,
)

NAMES = ["Ada", "", "Ada: the first", "<b>", "refused-never:Ada"]


@pytest.mark.parametrize(
    ("refusal", "text"),
    [
        (LimitReached(LimitKind.USER_DAILY, 10, 180), "daily:10:180"),
        (LimitReached(LimitKind.USER_ACTIVE, 2), "active:2:0"),
        (LimitReached(LimitKind.GROUP_DAILY, 5, 1), "group:5:1"),
        (LimitReached(LimitKind.GLOBAL_DAILY, 200, 60), "all:200:60"),
        (LimitReached(LimitKind.RETIRED), "retired:0:0"),
        (PersonRefused(PictureRefusal.NEVER, "Ada"), "refused-never:Ada"),
        (PersonRefused(PictureRefusal.DENIED, "Ada"), "refused-consent:Ada"),
        (PersonRefused(PictureRefusal.AWAY, "Ada"), "refused-away:Ada"),
    ],
)
def test_refusals_both_ways(refusal: Refusal, text: str) -> None:
    """What a column says of a refusal stays as it is, and is read as what was written."""
    assert refusal.encode() == text
    assert decode_refusal(text) == refusal


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("why", PictureRefusal)
def test_any_name_of_who_refused(name: str, why: PictureRefusal) -> None:
    """A name may have colons and anything else in it."""
    refusal = PersonRefused(why, name)
    assert decode_refusal(refusal.encode()) == refusal


@pytest.mark.parametrize(
    "text", [None, "", "daily", "daily:1", "daily:1:2:3", "daily:x:1", "yearly:1:1", "refused-never", "refused-x:Ada"]
)
def test_other_reasons_are_no_refusal(text: str | None) -> None:
    """What is no refusal is read as none."""
    assert decode_refusal(text) is None


@pytest.mark.parametrize(
    ("note", "text"),
    [
        (Note(NoteKind.ONLY_IN_GROUPS), "note-people-in-groups"),
        (Note(NoteKind.UNKNOWN_PERSON, "@ada"), "note-unknown-person:@ada"),
        (Note(NoteKind.AWAY, "Ada"), "note-away:Ada"),
        (Note(NoteKind.NO_PICTURE, "Ada"), "note-no-picture:Ada"),
        (Note(NoteKind.NO_OWN_PICTURE), "note-no-own-picture"),
    ],
)
def test_notes_both_ways(note: Note, text: str) -> None:
    """What a column says of people's pictures stays as it is, and is read as what was written."""
    assert note.encode() == text
    assert Note.decode(text) == note


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", NoteKind)
def test_any_name_in_a_note(name: str, kind: NoteKind) -> None:
    """A name may be empty, or have colons in it."""
    assert Note.decode(Note(kind, name).encode()) == Note(kind, name)


@pytest.mark.parametrize("text", [None, "", "note", "note-x:Ada", "Note-away:Ada"])
def test_other_notes(text: str | None) -> None:
    """What is no note is read as none."""
    assert Note.decode(text) is None


@pytest.mark.parametrize("value", ["", "9", "7s", "--x:y", "a longer value …"])
@pytest.mark.parametrize("kind", MistakeKind)
def test_mistakes_both_ways(kind: MistakeKind, value: str) -> None:
    """A mistake is `kind:value` in its column, and is read as what was written."""
    assert Mistake(kind, value).encode() == f"{kind.value}:{value}"
    assert Mistake.decode(f"{kind.value}:{value}") == Mistake(kind, value)
    assert decode_mistakes(f"{kind.value}:{value}\ncfg:9") == [Mistake(kind, value), Mistake(MistakeKind.CFG, "9")]


@pytest.mark.parametrize("text", [None, "", ":", "unheard:of"])
def test_other_mistakes(text: str | None) -> None:
    """What is no mistake is read as none."""
    assert decode_mistakes(text) == []


def test_the_kinds_in_the_database() -> None:
    """The words that lie in databases stay as they are."""
    videos = ["daily", "active", "attempts", "content", "group", "all"]
    money = ["budget-user", "budget-group", "budget-day", "budget-month"]
    assert [str(one) for one in LimitKind] == [*videos, *money, "retired"]
    assert [str(one) for one in MistakeKind] == ["no", "long", "option", "cfg", "model", "seconds", "fixed"]
    assert [str(one) for one in PictureRefusal] == ["never", "consent", "away", "unasked", "busy", "paused"]
    assert [str(one) for one in GroupRule] == ["effect-off", "admins-only", "banned"]
