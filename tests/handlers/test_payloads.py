"""Callback data, start parameters and result ids: the strings on the wire, both ways, and forged ones."""

from __future__ import annotations

import re

import pytest

from handlers.messages import payloads
from handlers.messages.links import EffectResult, JobParameter, PhotosParameter, VideoQuery, VideoResult, start_link
from handlers.messages.payloads import (
    ConsentButton,
    DraftAction,
    DraftButton,
    GroupAction,
    GroupButton,
    JobAction,
    JobButton,
    NewDraftButton,
    Payload,
    PrivacyButton,
    SettingButton,
    StartButton,
    ThemeListButton,
    ThemePageButton,
)
from storage.people.users import PicturePermission

BUTTONS = (
    ConsentButton,
    DraftButton,
    GroupButton,
    JobButton,
    NewDraftButton,
    PrivacyButton,
    SettingButton,
    StartButton,
    ThemeListButton,
    ThemePageButton,
)

ON_THE_WIRE: list[tuple[Payload, str]] = [
    (ThemeListButton(), "shelves:-"),
    (ThemeListButton("d1"), "shelves:d1"),
    (ThemePageButton(None, "pets", 0), "shelf:-:pets:0"),
    (ThemePageButton("d1", "pets", 12), "shelf:d1:pets:12"),
    (NewDraftButton("squish"), "want:squish"),
    (DraftButton(DraftAction.CHOOSE_EFFECT, "d1", "squish"), "pick:d1:squish"),
    (DraftButton(DraftAction.CHOOSE_MODEL, "d1", "v1.6"), "model:d1:v1.6"),
    (DraftButton(DraftAction.RUN, "d1"), "run:d1"),
    (DraftButton(DraftAction.CONFIRM, "d1", "0f"), "confirm:d1:0f"),
    (DraftButton(DraftAction.CANCEL, "d1"), "drop:d1"),
    (ConsentButton("d1", accepted=True), "accept:d1"),
    (ConsentButton("d1", accepted=True, subject="0f3c"), "accept:d1:0f3c"),
    (ConsentButton("d1", accepted=False), "deny:d1"),
    *[(JobButton(action, "j1"), f"{action}:j1") for action in JobAction if action is not JobAction.WITH_EFFECT],
    (JobButton(JobAction.WITH_EFFECT, "j1", "squish"), "with:j1:squish"),
    (PrivacyButton(PicturePermission.NEVER), "picture:never"),
    (SettingButton("animate_model", "v1.6"), "set:animate_model:v1.6"),
    (SettingButton("language", None), "set:language:-"),
    (GroupButton(GroupAction.MAIN), "group:main"),
    (GroupButton(GroupAction.WHO, "admins"), "group:who:admins"),
    (GroupButton(GroupAction.LIMIT), "group:limit"),
    (GroupButton(GroupAction.LIMIT, "-"), "group:limit:-"),
    (GroupButton(GroupAction.THEME, "pets", 0), "group:theme:pets:0"),
    (GroupButton(GroupAction.OFF, "squish", 3), "group:off:squish:3"),
    (StartButton("o1", "squish"), "begin:o1:squish"),
]


@pytest.mark.parametrize(("button", "data"), ON_THE_WIRE, ids=[data for _, data in ON_THE_WIRE])
def test_buttons_both_ways(button: Payload, data: str) -> None:
    """A button's string stays as it is, for old buttons in chats, and is read as what was written."""
    assert button.encode() == data
    assert [read for one in BUTTONS if (read := one.decode(data))] == [button]
    assert [one for one in BUTTONS if re.match(payloads.pattern_of(one), data)] == [type(button)]


def test_the_longest_data_fits() -> None:
    """Telegram takes 64 bytes: an id of ten characters and the longest name of an effect leave room."""
    name = "x" * 32
    longest: list[Payload] = [
        DraftButton(DraftAction.CHOOSE_EFFECT, "d" * 10, name),
        JobButton(JobAction.WITH_EFFECT, "j" * 10, name),
        StartButton("o" * 10, name),
        GroupButton(GroupAction.OFF, name, 999),
    ]
    assert max(len(button.encode()) for button in longest) <= 64


FORGED = [
    None,
    "",
    ":",
    "::::",
    "cancel",
    "cancel:",
    "cancel::",
    "cancel:j1:hug:more",
    "Cancel:j1",
    "with:j1:",
    "with:j1:squish:more",
    "pick:d1",
    "run:d1:squish",
    "model:d1:",
    "want",
    "want:a:b",
    "accept",
    "deny:",
    "shelves:",
    "shelf:-:pets",
    "shelf:-:pets:-1",
    "shelf:-:pets:²",
    "shelf:-:pets:٣",
    "picture:everybody",
    "set:quality",
    "set:Quality:pro",
    "set:quality:p ro",
    "group:",
    "group:everything",
    "group:theme:pets:x",
    "group:theme:pets:0:0",
    "begin:o1",
    "begin:o1:squish:more",
    "j1:cancel",
    "\0cancel:j1",
]


@pytest.mark.parametrize("data", FORGED)
def test_forged_data_is_no_button(data: str | None) -> None:
    """Data that no button of the bot sends is read as none."""
    assert [one.decode(data) for one in BUTTONS if one.decode(data)] == []


@pytest.mark.parametrize(
    ("result", "result_id"), [(EffectResult("o1", "squish"), "o1:squish"), (VideoResult("j1"), "video:j1")]
)
def test_result_ids_both_ways(result: EffectResult | VideoResult, result_id: str) -> None:
    """The id of an inline result says which kind it is."""
    assert result.encode() == result_id
    assert [one for one in (EffectResult.decode(result_id), VideoResult.decode(result_id)) if one] == [result]


@pytest.mark.parametrize("result_id", ["", "o1", "o1:", ":squish", "o1:squish:more", "video:"])
def test_forged_result_ids(result_id: str) -> None:
    """An id that the bot never gave is none."""
    assert EffectResult.decode(result_id) is None
    assert VideoResult.decode(result_id) is None


@pytest.mark.parametrize(
    ("parameter", "meaning"),
    [
        ("job_j1", JobParameter("j1")),
        ("inline", PhotosParameter()),
        ("inline-squish", PhotosParameter("squish")),
        ("inline-angel_wing", PhotosParameter("angel_wing")),
    ],
)
def test_start_parameters_both_ways(parameter: str, meaning: JobParameter | PhotosParameter) -> None:
    """A link's start parameter leads to a job, or asks for photos."""
    assert meaning.encode() == parameter
    assert [one for one in (JobParameter.decode(parameter), PhotosParameter.decode(parameter)) if one] == [meaning]


@pytest.mark.parametrize("parameter", ["", "squish", "privacy", "inlined", "jobs", "Inline"])
def test_other_start_parameters(parameter: str) -> None:
    """An effect's name, or nothing, is neither."""
    assert (JobParameter.decode(parameter), PhotosParameter.decode(parameter)) == (None, None)


def test_the_shared_video() -> None:
    """The Share button fills in a query that names one video; whatever else is typed does not."""
    assert VideoQuery("j1").encode() == "#j1"
    assert VideoQuery.decode("#j1") == VideoQuery("j1")
    assert VideoQuery.decode("hug #1") is None


def test_links() -> None:
    """A link opens the bot's private chat."""
    assert start_link("the_bot", "job_j1") == "https://t.me/the_bot?start=job_j1"
