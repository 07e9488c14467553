"""The message of a draft: what it asks for, and how the draft ended."""

from __future__ import annotations

import pytest

from handlers.localization import Locales
from handlers.messages.draft_question import DeleteQuestion, draft_question
from handlers.messages.view import View
from storage import Draft, DraftState, ImageToVideoOptions
from tests.handlers.samples import ONE, TWO, draft
from video.effects.catalogue import Catalogue

CATALOGUE = Catalogue.load()
ENGLISH = Locales.load().get("en")
V2 = ImageToVideoOptions(model="v2", prompt="she waves")


def question(one: Draft) -> View:
    """The message; there is one."""
    view = draft_question(one, ENGLISH, CATALOGUE, ("aiml", "kling"))
    assert isinstance(view, View)
    return view


def payloads_of(view: View) -> list[str | None]:
    """What the buttons send."""
    buttons = [button for row in view.buttons for button in row]
    return [button.payload.encode() if button.payload else button.inline_query for button in buttons]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "send me the photo"),
        ({"effect": "hug"}, "send me two photos"),
        ({"effect": "hug", "photos": ONE}, "it will stand on the left. Now send me the other one"),
        ({"effect": "hug", "photos": ONE, "note": "note-away:Bob"}, "Bob isn't in this group"),
        ({"effect": "hug", "note": "note-people-in-groups"}, "profile pictures work in groups"),
        ({"effect": "animate"}, "send me the photo, and write what should happen"),
        ({"effect": "animate", "photos": ONE}, "what should happen in the picture?"),
        ({"effect": "animate", "motion": V2}, "send me the photo"),
        ({"effect": "animate", "photos": TWO, "motion": V2}, "the model v2 takes one photo only"),
        ({"effect": None, "photos": ONE}, "What shall I do"),
        ({"held": True, "photos": ONE}, "I was away when you asked for this"),
        ({"effect": None, "inline_query": "hug", "photos": ONE}, "Hug"),
        ({"photos": ONE, "waits_for": 8, "waits_name": "Bob", "effect": "hug"}, "Bob"),
    ],
)
def test_what_is_missing_is_asked_for(changes: dict[str, object], said: str) -> None:
    """An open draft asks for the next thing that it lacks."""
    assert said in question(draft(**changes)).text


def test_a_whole_draft_asks_for_nothing() -> None:
    """A draft that has everything waits for the end of its album, and says nothing."""
    assert draft_question(draft(photos=ONE), ENGLISH, CATALOGUE, ("aiml",)) is None


@pytest.mark.parametrize(
    ("mistake", "said"),
    [
        ("cfg:9", "a number from 0 to 1"),
        ("seconds:7s", "<b>7s</b> can't be made"),
        ("option:--<b>", "“--&lt;b&gt;”"),
        ("long:2600", "That's 2600 characters"),
        ("fixed:v1.6", "has settled the length and the model: v1.6"),
        ("what nobody ever wrote", "I don't know the option"),
    ],
)
def test_a_mistake_is_explained(mistake: str, said: str) -> None:
    """What is wrong with the options in a prompt is said, and what there is instead."""
    options = ImageToVideoOptions(model="v1.6", prompt="she waves", mistake=mistake)
    assert said in question(draft(effect="animate", photos=ONE, motion=options)).text


@pytest.mark.parametrize(
    ("changes", "payloads"),
    [
        ({}, ["drop:draft1"]),
        ({"held": True, "photos": ONE}, ["run:draft1", "drop:draft1"]),
        ({"effect": "animate", "photos": TWO, "motion": V2}, ["model:draft1:v1.6", "model:draft1:v2", "drop:draft1"]),
        ({"photos": ONE, "waits_for": 8, "waits_name": "Bob"}, ["accept:draft1:32c11b4cbf478ebb", "deny:draft1"]),
        ({"effect": None, "inline_query": "hug", "photos": TWO}, ["hug"]),
        ({"effect": None, "inline_query": "", "photos": ()}, ["drop:draft1"]),
    ],
)
def test_buttons(changes: dict[str, object], payloads: list[str]) -> None:
    """Each question has its buttons."""
    assert payloads_of(question(draft(**changes))) == payloads


def test_effects_that_fit_come_first() -> None:
    """For two photos without a command the effects of two photos come first; all effects and Cancel come last."""
    payloads = payloads_of(question(draft(effect=None, photos=TWO)))
    assert payloads[0] == "pick:draft1:hug"
    assert payloads[-2:] == ["shelves:draft1", "drop:draft1"]


def test_effects_that_no_service_makes_are_not_offered() -> None:
    """Without a service only the way to all effects and Cancel are left."""
    view = draft_question(draft(effect=None, photos=ONE), ENGLISH, CATALOGUE, ())
    assert isinstance(view, View)
    assert payloads_of(view) == ["shelves:draft1", "drop:draft1"]


@pytest.mark.parametrize(
    ("changes", "by_reply"),
    [
        ({}, "Reply to this message with the photo."),
        ({"effect": "animate", "photos": ONE}, "Reply to this message with your words."),
    ],
)
def test_a_group_answers_by_reply(changes: dict[str, object], by_reply: str) -> None:
    """In a group, where the bot may see replies only, the question opens the reply field and has no buttons."""
    view = question(draft(chat_id=-7, **changes))
    assert (view.force_reply, view.buttons) == (True, ())
    assert by_reply in view.text


def test_questions_for_a_prompt_come_last_in_the_chat() -> None:
    """A question for a prompt is sent anew at the end of the chat; one for a photo is edited."""
    assert question(draft(effect="animate", photos=ONE)).resend
    assert not question(draft()).resend


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("daily:10:180", "3 hours"),
        ("active:2:0", "I'm already making"),
        ("group:5:10", "10 minutes"),
        ("all:200:60", "for everybody together"),
        ("retired:0:0", "no longer makes this effect"),
        ("refused-never:Bob: the <b>", "Bob: the &lt;b&gt; doesn't want"),
        ("refused-consent:Bob", "Bob would rather not"),
        (None, "I'm already making"),
        ("what nobody ever wrote", "I'm already making"),
    ],
)
def test_a_refusal_is_explained(reason: str | None, said: str) -> None:
    """A draft that was refused says why."""
    assert said in question(draft(state=DraftState.REFUSED, reason=reason)).text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"state": DraftState.CANCELLED, "card_id": 5}, "draft-cancelled"),
        ({"state": DraftState.EXPIRED, "card_id": 5}, "draft-expired"),
    ],
)
def test_an_end_is_told_in_a_private_chat(changes: dict[str, object], said: str) -> None:
    """A question that was given up, or that expired, says so."""
    assert question(draft(**changes)).text == ENGLISH(said)


@pytest.mark.parametrize("state", [DraftState.DONE, DraftState.REPLACED, DraftState.CANCELLED, DraftState.EXPIRED])
def test_an_ended_question_is_deleted_in_a_group(state: DraftState) -> None:
    """In a group a question that is over is deleted; if there was none, nothing happens."""
    asked, never = (draft(chat_id=-7, state=state, card_id=card) for card in (5, None))
    assert draft_question(asked, ENGLISH, CATALOGUE, ("aiml",)) == DeleteQuestion()
    assert draft_question(never, ENGLISH, CATALOGUE, ("aiml",)) is None


def test_the_way_back_to_inline_mode_stays() -> None:
    """Once the photos for inline mode are there, the button back to it stays although the draft expires."""
    done = draft(effect=None, inline_query="hug", photos=TWO, state=DraftState.EXPIRED, card_id=5)
    assert draft_question(done, ENGLISH, CATALOGUE, ("aiml",)) is None
