from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from storage import Draft, DraftState, ImageToVideoOptions, Photo
from storage.drafts import DraftKey, DraftPhoto
from tests.storage.samples import DAY, MINUTE, NOW, get_draft, new_draft

if TYPE_CHECKING:
    from storage import Store

HERE = DraftKey(7, None, 7)
LATER = NOW + 20 * MINUTE
WAVES = ImageToVideoOptions(model="v1.6", prompt="she waves", negative_prompt="blur", cfg_scale=0.0, duration=10)


def photo_of(message_id: int, place: int = 0) -> DraftPhoto:
    """Return the photo of that message."""
    return DraftPhoto(Photo(f"photo-{message_id}", message_id), message_id, place)


async def seen_in_album(store: Store) -> list[int]:
    """Return the ids of the messages of the album `album` that were seen."""
    return [photo.message_id for photo in await store.drafts.album_photos(7, "album")]


def file_ids(draft: Draft | None) -> list[str]:
    """Return the file_ids of a draft's photos from left to right."""
    assert draft is not None
    return [photo.file_id for photo in draft.photos]


# ---------------------------------------------------------------- start, add
async def test_a_draft_comes_back_as_it_was_given(store: Store) -> None:
    """What a user asked for is kept in every detail."""
    draft = new_draft(
        effect="hug", held=True, thread_id=3, media_group_id="album", card_id=9, show_at=NOW, message_id=50
    )
    await store.drafts.start(draft, [photo_of(50)], consumes=50)
    stored = await get_draft(store)
    assert stored.photos == (Photo("photo-50", 50),)
    assert stored == new_draft(
        effect="hug",
        held=True,
        thread_id=3,
        media_group_id="album",
        card_id=9,
        show_at=NOW,
        message_id=50,
        photos=(Photo("photo-50", 50),),
    )
    assert await store.drafts.get("another") is None


async def test_photos_are_in_the_order_of_their_messages(store: Store) -> None:
    """The photo that was sent first is on the left, in whatever order the updates came."""
    await store.drafts.start(new_draft(), [photo_of(12)], consumes=12)
    await store.drafts.add_photos(new_draft(), [photo_of(11)], consumes=11, expires_at=LATER)
    await store.drafts.add_photos(new_draft(), [photo_of(2, place=1), photo_of(13)], consumes=13, expires_at=LATER)
    assert file_ids(await get_draft(store)) == ["photo-11", "photo-12", "photo-13", "photo-2"]


async def test_the_same_photo_again_changes_nothing(store: Store) -> None:
    """A photo whose update is handled twice is in the draft once."""
    await store.drafts.start(new_draft(), [photo_of(1)], consumes=1)
    for _ in range(2):
        await store.drafts.add_photos(new_draft(), [photo_of(1), photo_of(2)], consumes=2, expires_at=LATER)
    assert file_ids(await get_draft(store)) == ["photo-1", "photo-2"]


async def test_a_new_photo_extends_the_wait(store: Store) -> None:
    """A user who sends another photo gets the whole wait for the next one."""
    await store.drafts.start(new_draft(), [], consumes=None)
    await store.drafts.add_photos(new_draft(), [photo_of(2)], consumes=2, expires_at=LATER)
    assert await store.drafts.expired(now=LATER - 1) == []
    assert [draft.id for draft in await store.drafts.expired(now=LATER)] == ["draft"]


@pytest.mark.parametrize("thread_id", [None, 3])
async def test_one_open_draft_in_each_chat_and_topic(store: Store, thread_id: int | None) -> None:
    """A new draft replaces the one that the user had open here, whose question is drawn again."""
    await store.drafts.start(new_draft("old", thread_id=thread_id), [], consumes=1)
    await store.drafts.start(new_draft("new", thread_id=thread_id, created_at=NOW + 5), [], consumes=2)
    mine = await store.drafts.open_for(DraftKey(7, thread_id, 7))
    assert mine is not None
    assert mine.id == "new"
    old = await get_draft(store, "old")
    assert (old.state, old.show_at) == (DraftState.REPLACED, NOW + 5)


@pytest.mark.parametrize("other", [{"chat_id": -70}, {"thread_id": 3}, {"person_id": 8}])
async def test_chats_topics_and_users_do_not_mix(store: Store, other: dict[str, int]) -> None:
    """What is begun in another chat, in another topic or by another user is a draft of its own."""
    await store.drafts.start(new_draft("mine"), [], consumes=1)
    await store.drafts.start(new_draft("other", **other), [], consumes=2)
    mine = await store.drafts.open_for(HERE)
    assert mine is not None
    assert (mine.id, mine.state) == ("mine", DraftState.OPEN)
    assert (await get_draft(store, "other")).state is DraftState.OPEN


async def test_a_draft_that_cannot_be_stored_leaves_the_old_one_open(store: Store) -> None:
    """If a new draft can't be stored, the user's open one is untouched."""
    await store.drafts.start(new_draft(), [photo_of(1)], consumes=1)
    with pytest.raises(sqlite3.IntegrityError):
        await store.drafts.start(new_draft(), [photo_of(2)], consumes=2)
    mine = await store.drafts.open_for(HERE)
    assert file_ids(mine) == ["photo-1"]
    assert await store.drafts.by_message(7, 2) is None


# ---------------------------------------------------------------- read
async def test_a_message_leads_to_the_draft_in_which_it_had_its_effect(store: Store) -> None:
    """An update that is handled again is recognised by its message, whatever the message did to the draft."""
    await store.drafts.start(new_draft(), [], consumes=1)
    await store.drafts.add_photos(new_draft(), [], consumes=2, expires_at=LATER)
    await store.drafts.choose_effect(new_draft(), "hug", message_id=3)
    for message_id in (1, 2, 3):
        found = await store.drafts.by_message(7, message_id)
        assert found is not None, message_id
    assert await store.drafts.by_message(7, 4) is None
    assert await store.drafts.by_message(8, 1) is None


async def test_a_message_keeps_its_first_effect(store: Store) -> None:
    """A message that had its effect in one draft never has one in another."""
    await store.drafts.start(new_draft("first"), [], consumes=1)
    await store.drafts.start(new_draft("second"), [], consumes=1)
    found = await store.drafts.by_message(7, 1)
    assert found is not None
    assert found.id == "first"


async def test_the_drafts_of_an_album(store: Store) -> None:
    """A late photo of an album finds the drafts that the album belongs to, the newest first, even ones that ended."""
    await store.drafts.start(new_draft("old", media_group_id="album"), [], consumes=1)
    await store.drafts.start(new_draft("new", media_group_id="album", created_at=NOW + 1), [], consumes=2)
    assert await store.drafts.end("new", "cancelled", now=NOW + 2)
    assert [draft.id for draft in await store.drafts.of_album(7, "album")] == ["new", "old"]
    assert await store.drafts.of_album(8, "album") == []


async def test_an_album_that_answers_a_question_belongs_to_its_draft(store: Store) -> None:
    """Photos of an album that came later find the draft for which the first of them was used."""
    await store.drafts.start(new_draft(media_group_id="another"), [], consumes=1)
    await store.drafts.remember_photo(7, 2, "album", Photo("two"), now=NOW)
    await store.drafts.add_photos(new_draft(), [photo_of(2)], consumes=2, expires_at=LATER)
    assert [draft.id for draft in await store.drafts.of_album(7, "album")] == ["draft"]


async def test_requests_of_one_album_are_open_beside_each_other(store: Store) -> None:
    """Two commands in an album are two drafts; one without an effect, and whatever else was open, is replaced."""
    await store.drafts.start(new_draft("other", effect="hug"), [], consumes=1)
    for name, effect in (("lone", None), ("first", "hug"), ("second", "kiss")):
        await store.drafts.start(new_draft(name, effect=effect, media_group_id="album"), [], consumes=None)
    states = [(await get_draft(store, name)).state for name in ("other", "lone", "first", "second")]
    assert states == [DraftState.REPLACED, DraftState.REPLACED, DraftState.OPEN, DraftState.OPEN]
    await store.drafts.start(new_draft("last", effect="hug", media_group_id="album 2"), [], consumes=None)
    states = [(await get_draft(store, name)).state for name in ("first", "second", "last")]
    assert states == [DraftState.REPLACED, DraftState.REPLACED, DraftState.OPEN]


async def test_an_album_joins_an_open_draft_only(store: Store) -> None:
    """The photos of an album that answers the bot's question belong to that draft, as long as it is open."""
    await store.drafts.start(new_draft(), [], consumes=1)
    await store.drafts.join_album("draft", "album")
    assert (await get_draft(store)).media_group_id == "album"
    assert await store.drafts.end("draft", "cancelled", now=NOW)
    await store.drafts.join_album("draft", "late")
    assert (await get_draft(store)).media_group_id == "album"


async def test_a_question_leads_to_its_open_draft(store: Store) -> None:
    """A reply to the bot's question is taken as its answer until the draft has ended."""
    await store.drafts.start(new_draft(card_id=60), [], consumes=1)
    found = await store.drafts.by_question(7, 60)
    assert found is not None
    assert found.id == "draft"
    assert await store.drafts.by_question(7, 61) is None
    assert await store.drafts.end("draft", "expired", now=NOW)
    assert await store.drafts.by_question(7, 60) is None


async def test_an_album_is_put_together_from_photos_that_were_seen(store: Store) -> None:
    """A reply to one photo of an album finds all its photos in order, each once, and none of other albums."""
    for message_id, album in ((12, "album"), (11, "album"), (12, "album"), (13, "other"), (14, None)):
        await store.drafts.remember_photo(7, message_id, album, photo_of(message_id).photo, now=NOW)
    await store.drafts.remember_photo(8, 10, "album", Photo("elsewhere"), now=NOW)
    assert await seen_in_album(store) == [11, 12]
    assert await store.drafts.album_photos(7, "unseen") == []


async def test_what_uses_the_photos_of_an_album(store: Store) -> None:
    """Of each photo it is known which effect its caption names, and for which effects it is used or going to be."""
    for message_id, effect in ((1, "hug"), (2, None), (3, "kiss"), (4, None)):
        await store.drafts.remember_photo(7, message_id, "album", photo_of(message_id).photo, now=NOW, effect=effect)
    hug, kiss = new_draft("hug", effect="hug"), new_draft("kiss", effect="kiss")
    for draft, photos in ((hug, [1, 2]), (kiss, [2, 3])):
        await store.drafts.start(replace(draft, media_group_id="album"), [photo_of(i) for i in photos], consumes=None)
    await store.drafts.add_photos(kiss, [photo_of(4, place=9)], consumes=4, expires_at=LATER)
    seen = await store.drafts.album_photos(7, "album")
    assert [photo.effect for photo in seen] == ["hug", None, "kiss", None]
    assert [photo.used_by for photo in seen] == [{"hug"}, {"hug", "kiss"}, {"kiss"}, set()]
    assert [await store.drafts.own_photos(name) for name in ("hug", "kiss")] == [2, 2]
    assert await store.drafts.end("hug", "cancelled", now=NOW)
    assert [photo.used_by for photo in await store.drafts.album_photos(7, "album")][:2] == [set(), {"kiss"}]


async def test_recent_photos(store: Store) -> None:
    """Inline mode offers the last photos of the private chat, the oldest first, and none from before."""
    for number in range(4):
        await store.drafts.remember_photo(7, number, None, Photo(f"photo {number}"), now=NOW + number)
    await store.drafts.remember_photo(-70, 9, None, Photo("of a group"), now=NOW + 9)
    recent = await store.drafts.recent_photos(7, since=NOW, limit=2)
    assert [(found.photo.file_id, found.message_id) for found in recent] == [("photo 2", 2), ("photo 3", 3)]
    assert len(await store.drafts.recent_photos(7, since=NOW + 2, limit=2)) == 1


# ---------------------------------------------------------------- change, end
async def test_a_command_chooses_the_effect_and_is_replied_to(store: Store) -> None:
    """A command that follows a photo sets the effect, and the bot replies to the command."""
    await store.drafts.start(new_draft(), [], consumes=1)
    await store.drafts.choose_effect(new_draft(), "hug", message_id=101)
    stored = await get_draft(store)
    assert (stored.effect, stored.message_id) == ("hug", 101)


async def test_a_button_chooses_the_effect(store: Store) -> None:
    """A button sets the effect, and the bot still replies to the photo."""
    await store.drafts.start(new_draft(), [], consumes=1)
    await store.drafts.choose_effect(new_draft(), "squish")
    stored = await get_draft(store)
    assert (stored.effect, stored.message_id) == ("squish", 100)


async def test_words_of_a_message(store: Store) -> None:
    """Words set the draft's prompt and are replied to from now on; a draft that ended takes none."""
    await store.drafts.start(new_draft(effect="animate"), [], consumes=1)
    await store.drafts.set_words(new_draft(), WAVES, consumes=9, expires_at=LATER)
    found = await store.drafts.by_message(7, 9)
    assert found is not None
    assert (found.motion, found.message_id, found.expires_at) == (WAVES, 9, LATER)
    await store.drafts.end("draft", "cancelled", now=NOW)
    await store.drafts.set_words(new_draft(), ImageToVideoOptions(model="v2"), consumes=10, expires_at=LATER)
    assert (await get_draft(store)).motion == WAVES


async def test_words_in_a_caption(store: Store) -> None:
    """A photo's caption sets the options; a photo without words leaves them."""
    await store.drafts.start(new_draft(effect="animate"), [], consumes=1)
    await store.drafts.add_photos(new_draft(), [photo_of(2)], consumes=2, expires_at=LATER, motion=WAVES)
    await store.drafts.add_photos(new_draft(), [photo_of(3)], consumes=3, expires_at=LATER)
    assert (await get_draft(store)).motion == WAVES


@pytest.mark.parametrize("photos", [1, 2])
async def test_a_draft_keeps_as_many_photos_as_its_model_takes(store: Store, photos: int) -> None:
    """If the chosen model takes one photo, the first one stays; if it takes two, both do."""
    both = [photo_of(1), photo_of(2)]
    await store.drafts.start(new_draft(effect="animate", motion=WAVES), both, consumes=None)
    options = ImageToVideoOptions(model="v2", prompt="x")
    await store.drafts.choose_model(new_draft(), options, photos=photos)
    draft = await get_draft(store)
    assert file_ids(draft) == ["photo-1", "photo-2"][:photos]
    assert draft.motion == options


async def test_a_held_draft_is_released(store: Store) -> None:
    """A draft that was found after an outage is held until its button is pressed."""
    await store.drafts.start(new_draft(effect="hug", held=True), [], consumes=1)
    assert (await get_draft(store)).held
    await store.drafts.release("draft")
    assert not (await get_draft(store)).held


@pytest.mark.parametrize("state", ["cancelled", "expired", "refused"])
async def test_a_draft_ends_once(store: Store, state: str) -> None:
    """Whoever ends a draft second is told that it had ended, and changes nothing."""
    await store.drafts.start(new_draft(held=True), [], consumes=1)
    assert await store.drafts.end("draft", state, now=NOW + 1, reason="why")
    ended = await get_draft(store)
    assert (ended.state, ended.reason, ended.show_at) == (DraftState(state), "why", NOW + 1)
    assert not await store.drafts.end("draft", "cancelled", now=NOW + 2)
    await store.drafts.choose_effect(new_draft(), "hug")
    await store.drafts.release("draft")
    assert await get_draft(store) == ended
    assert await store.drafts.open_for(HERE) is None
    assert not await store.drafts.end("unknown", "cancelled", now=NOW)


async def test_old_drafts_and_photos_are_deleted(store: Store) -> None:
    """Drafts that ended, and photos seen, long ago are deleted; an open draft stays."""
    for number, (name, born) in enumerate({"ended": NOW, "open": NOW, "young": NOW + DAY}.items()):
        await store.drafts.start(
            new_draft(name, created_at=born, person_id=number), [photo_of(number)], consumes=number
        )
        await store.drafts.remember_photo(7, number, "album", photo_of(number).photo, now=born)
    for name in ("ended", "young"):
        assert await store.drafts.end(name, "cancelled", now=NOW + DAY)
    await store.drafts.prune(before=NOW + DAY)
    for table, column in (("drafts", "id"), ("draft_photos", "draft_id"), ("consumed", "draft_id")):
        rows = await store.database.execute(f"SELECT {column} FROM {table}")  # noqa: S608 -- no input
        assert {row[0] for row in rows} == {"open", "young"}, table
    assert await seen_in_album(store) == [2]
