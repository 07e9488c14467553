from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from storage import DraftState, ImageToVideoOptions, Photo, State
from storage.drafts import DraftKey, DraftPhoto
from storage.limits import AdminsOnly, Duplicate, EffectSwitchedOff, Enqueued, Limits, NoConsent
from storage.people.consents import PAUSE_S, ConsentRequest, Obstacle, subject_of
from storage.people.users import KnownUser, PicturePermission
from tests.storage.samples import HOUR, NO_LIMITS, NOW, PLACES, get_draft, get_job, new_draft, new_job

if TYPE_CHECKING:
    from storage import Store
    from storage.limits import EnqueueResult

GROUP = -70
HERE = DraftKey(7, None, 7)
BEN, CY = ConsentRequest(8, "Ben"), ConsentRequest(9, "Cy")
PICTURES = tuple(Photo(f"picture-{who}", None, who, portrait=True) for who in (8, 9))
SUBJECT = subject_of(7, "hug", None, PICTURES)
MOTION = ImageToVideoOptions(model="v1.6", prompt="they wave")


def portrait(place: int, user: ConsentRequest, *, needs_consent: bool = True) -> DraftPhoto:
    """Return that user's profile picture."""
    photo = Photo(f"picture-{user.person_id}", None, user.person_id, portrait=True)
    return DraftPhoto(photo, 1, place, user.name, needs_consent=needs_consent)


async def start_hug(store: Store, *, needs_consent: bool = True) -> None:
    photos = [portrait(place, user, needs_consent=needs_consent) for place, user in enumerate((BEN, CY))]
    await store.drafts.start(new_draft(effect="hug", chat_id=GROUP), photos, consumes=1)


async def agree(store: Store, *users: ConsentRequest, subject: str = SUBJECT, now: float = NOW) -> None:
    for user in users:
        await store.consents.grant("draft", user.person_id, subject, now=now)


async def say(store: Store, user: ConsentRequest, permission: PicturePermission, *, now: float) -> None:
    await store.users.set_picture_permission(KnownUser(user.person_id, None, user.name), permission, now=now)


async def create(store: Store, *, draft: bool = True, now: float = NOW + 60, **changes: Any) -> EnqueueResult:
    """Create the job of the draft."""
    new = replace(new_job(chat_id=GROUP, photos=PICTURES, origin="draft:draft"), **changes)
    return await store.jobs.create(new, NO_LIMITS, now=now, draft=await get_draft(store) if draft else None)


# ---------------------------------------------------------------- whom to ask
async def test_people_are_asked_one_after_the_other(store: Store) -> None:
    """The person on the left is asked first, and nobody is asked once everyone has agreed."""
    await start_hug(store)
    for user in (BEN, CY):
        assert await store.consents.next_request("draft", SUBJECT) == user
        await agree(store, user)
    assert await store.consents.next_request("draft", SUBJECT) is None


async def test_a_draft_waits_for_an_answer(store: Store) -> None:
    """A draft that waits shows whom it waits for until it expires; asking the same person again changes nothing."""
    await start_hug(store)
    for later in (0, 60):
        await store.consents.wait_for("draft", BEN, SUBJECT, expires_at=NOW + HOUR + later, now=NOW + later)
    draft = await get_draft(store)
    assert (draft.waits_for, draft.waits_name, draft.expires_at, draft.show_at) == (8, "Ben", NOW + HOUR, NOW)


async def test_a_waiting_draft_stands_beside_a_new_one(store: Store) -> None:
    """While a request waits for consent, its user can begin another one in the same chat."""
    await store.drafts.start(new_draft(effect="hug"), [portrait(0, BEN)], consumes=1)
    await store.consents.wait_for("draft", BEN, SUBJECT, expires_at=NOW + HOUR, now=NOW)
    await store.drafts.start(new_draft("next"), [], consumes=2)
    assert (await get_draft(store)).state is DraftState.OPEN
    assert await store.consents.waiting_drafts(HERE) == ["draft"]
    found = await store.drafts.open_for(HERE)
    assert found is not None
    assert found.id == "next"


async def test_a_draft_that_ended_waits_for_nobody(store: Store) -> None:
    """A request that was cancelled no longer asks anybody, and an answer to it counts for nothing."""
    await start_hug(store)
    await store.drafts.end("draft", "cancelled", now=NOW)
    await store.consents.wait_for("draft", BEN, SUBJECT, expires_at=NOW + HOUR, now=NOW)
    await agree(store, BEN)
    assert (await get_draft(store)).waits_for is None
    assert await store.consents.waiting_drafts(HERE) == []
    assert await store.consents.next_request("draft", SUBJECT) == BEN


# ---------------------------------------------------------------- row 48: how often a person is asked
async def ask_ben(store: Store, name: str, *, chat: int = GROUP, asker: int = 7, now: float = NOW) -> Obstacle | None:
    """Ask Ben for a video of another draft, and show the question if he may be asked."""
    draft = new_draft(name, effect="hug", chat_id=chat, person_id=asker)
    await store.drafts.start(draft, [portrait(0, BEN)], consumes=None)
    obstacle = await store.consents.wait_for(name, BEN, SUBJECT, expires_at=now + HOUR, now=now)
    if obstacle is None:
        await store.drafts.drawn(await get_draft(store, name), card_id=5, show_at=None)
    return obstacle


async def test_row_48_one_question_at_a_time(store: Store) -> None:
    """While a question to somebody stands in a chat, nobody asks them another one there; elsewhere they are asked."""
    assert await ask_ben(store, "first") is None
    assert await ask_ben(store, "second") is Obstacle.OPEN
    assert await ask_ben(store, "of another", asker=70) is Obstacle.OPEN
    assert await ask_ben(store, "elsewhere", chat=-71) is None
    assert await store.consents.wait_for("first", BEN, "changed", expires_at=NOW, now=NOW) is None
    await store.drafts.end("first", "done", now=NOW)
    assert await ask_ben(store, "after the answer") is None


@pytest.mark.parametrize("end", ["refused", "cancelled", "expired"])
async def test_row_48_a_pause_after_no(store: Store, end: str) -> None:
    """Who said no, or whose question was withdrawn, is not asked in that chat by anybody for ten minutes."""
    await ask_ben(store, "first")
    await store.drafts.end("first", end, now=NOW, reason="refused-consent:Ben")
    assert await ask_ben(store, "second", asker=70, now=NOW + PAUSE_S - 1) is Obstacle.RECENT
    assert await ask_ben(store, "elsewhere", chat=-71) is None
    assert await ask_ben(store, "later", asker=70, now=NOW + PAUSE_S) is None


async def test_row_48_a_question_that_was_never_shown(store: Store) -> None:
    """A question that was withdrawn before anybody saw it is no reason to wait."""
    await store.drafts.start(new_draft(effect="hug", chat_id=GROUP), [portrait(0, BEN)], consumes=1)
    await store.consents.wait_for("draft", BEN, SUBJECT, expires_at=NOW + HOUR, now=NOW)
    await store.drafts.end("draft", "cancelled", now=NOW)
    assert await ask_ben(store, "second") is None


# ---------------------------------------------------------------- row 45: what a consent is to
OTHER_VIDEOS = {
    "another effect": {"effect": "fight"},
    "another asker": {"person_id": 70},
    "other photos": {"photos": (PICTURES[0], Photo("another", None, 9, portrait=True))},
    "one photo less": {"photos": PICTURES[:1]},
    "one photo more": {"photos": (*PICTURES, Photo("more"))},
    "the other order": {"photos": PICTURES[::-1]},
    "words": {"motion": MOTION},
}


@pytest.mark.parametrize("changes", list(OTHER_VIDEOS.values()), ids=list(OTHER_VIDEOS))
async def test_row_45_a_consent_is_to_one_video(store: Store, changes: dict[str, Any]) -> None:
    """What two people agreed to is made; anything else with their pictures is not, until they agree to that."""
    await start_hug(store)
    await agree(store, BEN, CY)
    assert isinstance(await create(store, **changes), NoConsent)
    video = replace(new_job(photos=PICTURES), **changes)
    other = subject_of(video.person_id, video.effect, video.motion, video.photos)
    assert await store.consents.next_request("draft", other) == BEN
    assert isinstance(await create(store), Enqueued)


async def test_row_45_words_are_part_of_what_is_agreed_to(store: Store) -> None:
    """Whoever agreed to some words in a video has not agreed to others, or to other things to avoid."""
    await start_hug(store)
    await agree(store, BEN, CY, subject=subject_of(7, "hug", MOTION, PICTURES))
    for motion in (replace(MOTION, prompt="they fight"), replace(MOTION, negative_prompt="clothes")):
        assert await create(store, motion=motion) == NoConsent(8)
    assert isinstance(await create(store, motion=replace(MOTION, duration=10)), Enqueued)


async def test_row_45_one_of_two_is_not_enough(store: Store) -> None:
    """Nothing is made until everybody has agreed, each for themselves."""
    await start_hug(store)
    await agree(store, BEN)
    assert await create(store) == NoConsent(9)
    await agree(store, CY)
    assert isinstance(await create(store), Enqueued)


# ---------------------------------------------------------------- row 46: no job without a consent
@pytest.mark.parametrize("permission", [None, PicturePermission.ASK, PicturePermission.ALWAYS])
@pytest.mark.parametrize("origin", ["press:1", "inline:1", "draft:another"])
async def test_row_46_no_job_without_a_consent(store: Store, permission: PicturePermission | None, origin: str) -> None:
    """Whatever asks for it, no job is made with somebody's picture that no consent of theirs belongs to."""
    if permission is not None:
        await say(store, BEN, permission, now=NOW)
    await start_hug(store)
    await agree(store, BEN, CY)
    assert await create(store, draft=False, origin=origin) == NoConsent(8)
    own = tuple(replace(photo, author_id=7) for photo in PICTURES)
    assert isinstance(await create(store, draft=False, origin=origin, photos=own), Enqueued)


async def test_row_46_admins_of_the_bot_need_consents_too(store: Store) -> None:
    """Whoever is exempt from limits is exempt from nothing else."""
    await start_hug(store)
    assert await create(store, exempt=True) == NoConsent(8)


async def test_row_46_always_holds_in_groups_for_as_long_as_it_is_said(store: Store) -> None:
    """Whoever always allows it is not asked, in groups only; once they say something else, they are."""
    for user in (BEN, CY):
        await say(store, user, PicturePermission.ALWAYS, now=NOW)
    await start_hug(store, needs_consent=False)
    assert await store.consents.next_request("draft", SUBJECT) is None
    assert await create(store, chat_id=7) == NoConsent(8)
    await say(store, CY, PicturePermission.ASK, now=NOW)
    assert await store.consents.next_request("draft", SUBJECT) == CY
    assert await create(store) == NoConsent(9)
    await say(store, CY, PicturePermission.ALWAYS, now=NOW)
    assert isinstance(await create(store), Enqueued)


async def test_row_46_never_said_later_holds(store: Store) -> None:
    """Never, said after a consent, takes it back, for the job and for its submit; said before it, it does not."""
    await start_hug(store)
    await say(store, BEN, PicturePermission.NEVER, now=NOW)
    await agree(store, BEN, CY, now=NOW + 1)
    await say(store, CY, PicturePermission.NEVER, now=NOW + 2)
    assert await create(store) == NoConsent(9)
    await agree(store, CY, now=NOW + 3)
    assert isinstance(await create(store), Enqueued)
    assert await store.consents.refusing("job") is None
    await say(store, BEN, PicturePermission.NEVER, now=NOW + 4)
    assert await store.consents.refusing("job") == 8
    assert await store.transitions.submit("job", PLACES, account="ours", now=NOW + 5) is None
    assert (await get_job(store)).state is State.QUEUED
    await say(store, BEN, PicturePermission.ASK, now=NOW + 6)
    assert await store.transitions.submit("job", PLACES, account="ours", now=NOW + 7) is not None


async def test_row_46_always_taken_back_holds_at_the_submit(store: Store) -> None:
    """A job that waits is not submitted once somebody in it no longer always allows it."""
    for user in (BEN, CY):
        await say(store, user, PicturePermission.ALWAYS, now=NOW)
    await start_hug(store, needs_consent=False)
    await create(store)
    await say(store, BEN, PicturePermission.ASK, now=NOW)
    assert await store.consents.refusing("job") == 8
    assert await store.transitions.submit("job", PLACES, account="ours", now=NOW) is None


async def test_row_46_consents_stay_as_long_as_their_job(store: Store) -> None:
    """Pruning keeps the consents of a job that still waits."""
    await start_hug(store)
    await agree(store, BEN, CY)
    await create(store)
    await store.drafts.prune(before=NOW + HOUR)
    assert await store.transitions.submit("job", PLACES, account="ours", now=NOW) is not None
    await store.transitions.fail("job", reason="other", photo=None, detail="", now=NOW)
    await store.drafts.prune(before=NOW + HOUR)
    assert await store.drafts.get("draft") is None


async def test_row_46_a_job_from_before_consents_were_kept(store: Store) -> None:
    """A row that got into the table past `create` is not submitted either."""
    await create(store, draft=False, photos=(Photo("plain"),))
    photos = json.dumps([{"file_id": "x", "file_size": None, "author_id": 8, "portrait": True}])
    await store.database.execute("UPDATE jobs SET photos = ?", (photos,))
    assert await store.transitions.submit("job", PLACES, account="ours", now=NOW) is None


# ---------------------------------------------------------------- row 47: a group's rules
@pytest.mark.parametrize("switches", [["theme:action"], ["hug"]])
async def test_row_47_an_effect_that_is_off(store: Store, switches: list[str]) -> None:
    """An effect that a group switched off, alone or with its theme, is made in no way there, by no admin either."""
    for name in switches:
        await store.groups.set_switch(GROUP, name, on=True)
    new = new_job(chat_id=GROUP, theme="action", by_admin=True, exempt=True)
    assert await store.jobs.create(new, NO_LIMITS, now=NOW) == EffectSwitchedOff()
    assert isinstance(await store.jobs.create(replace(new, chat_id=7), NO_LIMITS, now=NOW), Enqueued)
    assert await store.jobs.create(replace(new, chat_id=7), NO_LIMITS, now=NOW) == Duplicate()


async def test_row_47_an_effect_that_is_on_in_a_theme_that_is_off(store: Store) -> None:
    """An effect that was switched on alone is made."""
    for name in ("theme:action", "hug"):
        await store.groups.set_switch(GROUP, name, on=True)
    new = new_job(chat_id=GROUP, theme="action")
    assert isinstance(await store.jobs.create(new, NO_LIMITS, now=NOW), Enqueued)


async def test_row_47_only_admins(store: Store) -> None:
    """Where only admins may ask, nobody else's job is made, whatever limits do not apply to them."""
    await store.groups.set(GROUP, "who", "admins")
    new = new_job(chat_id=GROUP, exempt=True)
    assert await store.jobs.create(new, NO_LIMITS, now=NOW) == AdminsOnly()
    admins = replace(new, by_admin=True)
    assert await store.jobs.create(replace(admins, exempt=False), Limits(9, 0), now=NOW) != AdminsOnly()
    assert isinstance(await store.jobs.create(admins, NO_LIMITS, now=NOW), Enqueued)
