"""Every public method of the store, each with an example of its call on the same furnished store."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from storage import Motion, Photo, State
from storage.admin_notices import Notice
from storage.consents import Wanted
from storage.drafts import Place, PlacedPhoto
from storage.inline import Offer
from storage.users import Picture, Seen
from tests.storage.samples import AMPLE, DAY, HOUR, MOVES, NOW, bring, new_draft, new_job, queue

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from storage import Job, Store

GROUP, SUPERGROUP = -70, -100_70
LATER = NOW + HOUR
DRAFT = new_draft(effect="hug", held=True, show_at=NOW, card_id=60, chat_id=GROUP, media_group_id="album")
MOTION = Motion(model="v1.6", prompt="steam rises")
_TWO = [PlacedPhoto(Photo("a"), 1), PlacedPhoto(Photo("b"), 2)]
BEN = Seen(8, "ben_here", "Ben")
_PORTRAIT = PlacedPhoto(Photo("ben", None, 8, portrait=True), 9, 1, "Ben", asked=True)
_NOTICE = Notice(1, "bad_key", "401")


async def furnish(store: Store) -> None:
    """A job in every state, drafts, photos, updates and notices, so that each example has something to do."""
    for state in State:
        await bring(store, state, str(state), chat_id=GROUP, media_group_id="album", card_id=60)
    await queue(store, "child", parent_id="delivered", variant="again")
    await store.inline.keep(OFFER, origin="guest:1")
    await store.inline.claim("AgAAA", OFFER, now=NOW)
    await queue(store, "inline", inline_message_id="AgAAA")
    await bring(store, State.GENERATING, "unwanted")
    await store.lifecycle.request_cancel("unwanted", now=NOW)
    await store.drafts.start(DRAFT, [PlacedPhoto(Photo("left"), 5)], consumes=5)
    await store.drafts.start(new_draft("ended", person_id=8), _TWO, consumes=6)
    await store.drafts.end("ended", "cancelled", now=NOW)
    for message_id in (5, 6):
        await store.drafts.sight(GROUP, message_id, "album", Photo("x"), now=NOW)
    await store.inbox.take_in([(number, f"{number % 3}", f"update {number}") for number in range(9)], now=NOW)
    await store.inbox.done([2])
    await store.drafts.start(new_draft("together", effect="hug", chat_id=GROUP, person_id=9), [_PORTRAIT], consumes=9)
    await store.consents.wait("together", Wanted(8, "Ben"), expires_at=LATER, now=NOW)
    await store.people.note([Seen(8, "ben", "Ben"), Seen(9, None, "Cy")], now=NOW)
    await store.groups.switch(GROUP, "theme:pets", on=True)
    await store.groups.switch(GROUP, "pet_bee", on=True)
    await store.retired.add("aiml", "kiss", "unknown", now=NOW)
    await store.notices.raise_once(_NOTICE.kind, _NOTICE.detail, [1, 2], now=NOW)


async def _job(store: Store, state: State) -> Job:
    job = await store.jobs.get(state)
    assert job is not None
    return job


async def _announced(store: Store) -> None:
    await store.cards.announced(await _job(store, State.READY))


async def _drawn(store: Store) -> None:
    await store.cards.drawn(await _job(store, State.READY), show_at=LATER)


async def _look_again(store: Store) -> None:
    await store.lifecycle.look_again(await _job(store, State.READY), due_at=LATER)


async def _move(store: Store, name: str) -> None:
    job = "unwanted" if name == "drop" else next(state for state in State if state in MOVES[name].starts)
    await MOVES[name].make(store.lifecycle, job, LATER)


OFFER = Offer(id="offer", person_id=7, language="en", photos=(Photo("left"),), source="recent", made_at=NOW)

READS: dict[str, Callable[[Store], Coroutine[Any, Any, object]]] = {
    "jobs.used_today": lambda store: store.jobs.used_today(now=NOW),
    "tally.since": lambda store: store.tally.since(NOW - 1),
    "installation.value": lambda store: store.installation.value("menu"),
    "inbox.pending": lambda store: store.inbox.pending(now=NOW, busy={"1"}, limit=5),
    "inbox.next_due": lambda store: store.inbox.next_due({"1"}),
    "drafts.get": lambda store: store.drafts.get("draft"),
    "drafts.open_at": lambda store: store.drafts.open_at(Place(GROUP, None, 7)),
    "drafts.of_album": lambda store: store.drafts.of_album(GROUP, "album"),
    "drafts.of_message": lambda store: store.drafts.of_message(GROUP, 5),
    "drafts.of_card": lambda store: store.drafts.of_card(GROUP, 60),
    "drafts.to_expire": lambda store: store.drafts.to_expire(now=LATER),
    "drafts.to_show": lambda store: store.drafts.to_show(now=LATER, limit=5),
    "drafts.next_show": lambda store: store.drafts.next_show(),
    "drafts.siblings": lambda store: store.drafts.siblings(GROUP, "album"),
    "jobs.get": lambda store: store.jobs.get("ready"),
    "jobs.of_card": lambda store: store.jobs.of_card(GROUP, 60),
    "jobs.of_person": lambda store: store.jobs.of_person(7, limit=5),
    "jobs.due": lambda store: store.jobs.due(State.READY, State.QUEUED, now=LATER, limit=5),
    "jobs.next_due": lambda store: store.jobs.next_due(State.READY),
    "jobs.position": lambda store: store.jobs.position("queued", now=NOW),
    "jobs.next_in_queue": lambda store: store.jobs.next_in_queue(now=NOW, limit=5),
    "jobs.at_service": lambda store: store.jobs.at_service(),
    "jobs.left_today": lambda store: store.jobs.left_today(7, AMPLE, now=NOW),
    "jobs.seconds_taken": lambda store: store.jobs.seconds_taken("aiml", "standard"),
    "jobs.counts": lambda store: store.jobs.counts(),
    "jobs.events": lambda store: store.jobs.events("ready"),
    "inline.offer": lambda store: store.inline.offer("offer"),
    "inline.recent_photos": lambda store: store.inline.recent_photos(GROUP, since=0, limit=2),
    "inline.videos": lambda store: store.inline.videos(7, effects=["hug"], offset=0, limit=5),
    "cards.due": lambda store: store.cards.due(now=LATER, limit=5),
    "cards.next_due": lambda store: store.cards.next_due(),
    "jobs.group_limit": lambda store: store.jobs.group_limit(GROUP, AMPLE),
    "notices.untold": lambda store: store.notices.untold(),
    "choices.of": lambda store: store.choices.of(7),
    "choices.languages": lambda store: store.choices.languages(),
    "people.named": lambda store: store.people.named("Ben"),
    "people.name_of": lambda store: store.people.name_of(8),
    "people.picture_of": lambda store: store.people.picture_of(8),
    "consents.wanted": lambda store: store.consents.wanted("together"),
    "consents.waiting_at": lambda store: store.consents.waiting_at(Place(GROUP, None, 9)),
    "spending.since": lambda store: store.spending.since(NOW - DAY),
    "retired.all": lambda store: store.retired.all(),
    "retired.scenes": lambda store: store.retired.scenes(),
    "groups.languages": lambda store: store.groups.languages(),
    "groups.rules": lambda store: store.groups.rules(GROUP),
}
"""What changes nothing."""

WRITES: dict[str, Callable[[Store], Coroutine[Any, Any, object]]] = {
    "inbox.take_in": lambda store: store.inbox.take_in([(70, "a", "x"), (71, "a", "y")], now=LATER),
    "inbox.set_aside_unreadable": lambda store: store.inbox.set_aside_unreadable("gibberish", now=LATER),
    "inbox.done": lambda store: store.inbox.done([1], [BEN], now=LATER),
    "inbox.later": lambda store: store.inbox.later(1, due_at=LATER, error="why", counts=True),
    "inbox.set_aside": lambda store: store.inbox.set_aside(1, error="why"),
    "inbox.prune": lambda store: store.inbox.prune(before=LATER),
    "retired.add": lambda store: store.retired.add("aiml", "hug", "unknown", now=LATER),
    "retired.restore": lambda store: store.retired.restore("aiml", "kiss"),
    "drafts.sight": lambda store: store.drafts.sight(7, 9, None, Photo("z"), now=LATER),
    "drafts.start": lambda store: store.drafts.start(new_draft("new", chat_id=GROUP), _TWO, consumes=8),
    "drafts.add": lambda store: store.drafts.add(DRAFT, _TWO, consumes=8, expires_at=LATER + DAY),
    "drafts.choose": lambda store: store.drafts.choose(DRAFT, "kiss", message_id=8),
    "drafts.say": lambda store: store.drafts.say(DRAFT, MOTION, consumes=8, expires_at=LATER),
    "drafts.settle_model": lambda store: store.drafts.settle_model(DRAFT, MOTION, photos=1),
    "drafts.join_album": lambda store: store.drafts.join_album("draft", "another"),
    "drafts.show": lambda store: store.drafts.show("draft", at=LATER),
    "drafts.release": lambda store: store.drafts.release("draft"),
    "drafts.end": lambda store: store.drafts.end("draft", "expired", now=LATER),
    "drafts.shown": lambda store: store.drafts.shown(DRAFT, card_id=61, show_at=None),
    "drafts.move_chat": lambda store: store.drafts.move_chat(GROUP, SUPERGROUP, now=LATER),
    "drafts.prune": lambda store: store.drafts.prune(before=LATER),
    "jobs.create": lambda store: store.jobs.create(new_job("new", chat_id=GROUP), AMPLE, now=LATER, draft=DRAFT),
    "jobs.note_late_sibling": lambda store: store.jobs.note_late_sibling(GROUP, "album", now=LATER),
    "jobs.move_chat": lambda store: store.jobs.move_chat(GROUP, SUPERGROUP, now=LATER),
    "jobs.prune": lambda store: store.jobs.prune(before=LATER),
    "lifecycle.request_cancel": lambda store: store.lifecycle.request_cancel("generating", now=LATER),
    "lifecycle.refresh_url": lambda store: store.lifecycle.refresh_url("ready", "https://cdn.example/new.mp4"),
    "lifecycle.look_again": _look_again,
    "lifecycle.recover": lambda store: store.lifecycle.recover(now=LATER),
    "lifecycle.hint": lambda store: store.lifecycle.hint("aiml", "made-generating", None, now=LATER),
    "inline.keep": lambda store: store.inline.keep(replace(OFFER, id="new"), origin="guest:2"),
    "inline.claim": lambda store: store.inline.claim("AgAAB", OFFER, now=LATER),
    "inline.prune": lambda store: store.inline.prune(before=LATER),
    "cards.drawn": _drawn,
    "cards.again": lambda store: store.cards.again("ready", now=LATER),
    "cards.placed": lambda store: store.cards.placed("ready", 61),
    "cards.announced": _announced,
    "cards.bring_home": lambda store: store.cards.bring_home("inline", now=LATER),
    "cards.kept": lambda store: store.cards.kept("ready", "kept", animation=True),
    "notices.raise_once": lambda store: store.notices.raise_once("new", "x", [1, 2], now=LATER),
    "notices.told": lambda store: store.notices.told(_NOTICE, now=LATER),
    "choices.choose": lambda store: store.choices.choose(7, "quality", "pro"),
    "installation.once": lambda store: store.installation.once("path", lambda: "secret"),
    "installation.keep": lambda store: store.installation.keep("menu", "digest"),
    "notices.mended": lambda store: store.notices.mended("bad_key"),
    "people.note": lambda store: store.people.note([BEN, Seen(11, "eve", "Eve")], now=LATER),
    "people.set_picture": lambda store: store.people.set_picture(BEN, Picture.NEVER, now=LATER),
    "people.prune": lambda store: store.people.prune(before=LATER),
    "consents.wait": lambda store: store.consents.wait("together", Wanted(10, "Cy"), expires_at=LATER, now=LATER),
    "consents.give": lambda store: store.consents.give("together", 8),
    "groups.set": lambda store: store.groups.set(GROUP, "daily", 5),
    "groups.switch": lambda store: store.groups.switch(GROUP, "hug", on=True),
    "groups.switch_theme": lambda store: store.groups.switch_theme(GROUP, "pets", ["pet_bee"], on=True),
    "groups.move_chat": lambda store: store.groups.move_chat(GROUP, SUPERGROUP),
    "cards.remove": lambda store: store.cards.remove("delivered", 8, now=LATER),
    "cards.removed": lambda store: store.cards.removed("delivered"),
    "move_chat": lambda store: store.move_chat(GROUP, SUPERGROUP, now=LATER),
} | {f"lifecycle.{name}": lambda store, name=name: _move(store, name) for name in MOVES}
"""What changes rows. All that one of these does is done at once, or not at all; but see the next."""

PIECEMEAL = {"drafts.prune", "inline.prune", "lifecycle.recover", "move_chat"}
"""What does several such things one after another: done again, it completes what was left."""
