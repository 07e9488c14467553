"""An example call of every public method of the store, on a store filled by `populate`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from storage import ImageToVideoOptions, Photo, State
from storage.admin_notices import AdminNotice
from storage.budgets import Budgets
from storage.drafts import DraftKey, DraftPhoto
from storage.inline import Offer
from storage.people.access import AccessStatus
from storage.people.consents import ConsentRequest
from storage.people.users import KnownUser, PicturePermission
from tests.storage.samples import (
    DAY,
    HOUR,
    NO_LIMITS,
    NOW,
    PLACES,
    TRANSITION_METHODS,
    bring_to,
    enqueue,
    new_draft,
    new_job,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from storage import Job, Store

GROUP, SUPERGROUP = -70, -100_70
LATER = NOW + HOUR
DRAFT = new_draft(effect="hug", held=True, show_at=NOW, card_id=60, chat_id=GROUP, media_group_id="album")
OPTIONS = ImageToVideoOptions(model="v1.6", prompt="steam rises")
_TWO_PHOTOS = [DraftPhoto(Photo("a"), 1), DraftPhoto(Photo("b"), 2)]
BEN = KnownUser(8, "ben_here", "Ben")
_PORTRAIT = DraftPhoto(Photo("ben", None, 8, portrait=True), 9, 1, "Ben", needs_consent=True)
_NOTICE = AdminNotice(1, "bad_key", "401")


async def populate(store: Store) -> None:
    """Store a job in every state, drafts, photos, updates and notices: each example changes or finds something."""
    for state in State:
        await bring_to(store, state, str(state), chat_id=GROUP, media_group_id="album", card_id=60)
    await enqueue(store, "child", parent_id="delivered", variant="again")
    await bring_to(store, State.NEEDS_DECISION, "unread")
    await store.database.execute("UPDATE jobs SET record_read = 0 WHERE id = 'unread'")
    await store.database.execute("INSERT INTO past_spending VALUES (?, 'aiml', 7, ?, 280000)", (NOW, GROUP))
    await store.access.set(8, AccessStatus.BANNED, now=NOW)
    await store.database.execute("INSERT INTO erased VALUES ('digest', ?)", (NOW,))
    await store.access.set(GROUP, AccessStatus.ALLOWED, now=NOW)
    await store.access.note_told(10, again_after=DAY, now=NOW)
    await store.inline.save_offer(OFFER, origin="guest:1")
    await store.inline.claim_message("AgAAA", OFFER, now=NOW)
    await enqueue(store, "inline", inline_message_id="AgAAA")
    await enqueue(store, "unshown", chat_id=GROUP, card_id=None)
    await bring_to(store, State.GENERATING, "cancelled late")
    await store.transitions.request_cancel("cancelled late", 7, now=NOW)
    await bring_to(store, State.READY, "withheld")
    await store.transitions.withhold_ready("withheld", 7, now=NOW)
    await store.drafts.start(DRAFT, [DraftPhoto(Photo("left"), 5)], consumes=5)
    await store.drafts.start(new_draft("ended", person_id=8), _TWO_PHOTOS, consumes=6)
    await store.drafts.end("ended", "cancelled", now=NOW)
    for message_id in (5, 6):
        await store.drafts.remember_photo(GROUP, message_id, "album", Photo("x"), now=NOW)
    await store.inbox.add([(number, f"{number % 3}", f"update {number}") for number in range(9)], now=NOW)
    await store.inbox.mark_done([2])
    await store.drafts.start(new_draft("together", effect="hug", chat_id=GROUP, person_id=9), [_PORTRAIT], consumes=9)
    await store.consents.wait_for("together", ConsentRequest(8, "Ben"), "subject", expires_at=LATER, now=NOW)
    await store.users.upsert([KnownUser(8, "ben", "Ben"), KnownUser(9, None, "Cy")], now=NOW)
    await store.groups.set_switch(GROUP, "theme:pets", on=True)
    await store.groups.set_switch(GROUP, "pet_bee", on=True)
    await store.retired_scenes.add("aiml", "kiss", "unknown", now=NOW)
    await store.admin_notices.raise_once(_NOTICE.kind, _NOTICE.detail, [1, 2], now=NOW)


async def _job(store: Store, state: State) -> Job:
    job = await store.jobs.get(state)
    assert job is not None
    return job


async def _announced(store: Store) -> None:
    await store.status_messages.announced(await _job(store, State.READY))


async def _drawn(store: Store) -> None:
    await store.status_messages.drawn(await _job(store, State.READY), show_at=LATER)


async def _reschedule(store: Store) -> None:
    await store.transitions.reschedule(await _job(store, State.READY), due_at=LATER)


async def _resubmit(store: Store) -> None:
    job = await _job(store, State.NEEDS_DECISION)
    await store.jobs.resubmit(job, 1, NO_LIMITS, theme="", by_admin=False, exempt=False, now=LATER)


async def _transition(store: Store, name: str) -> None:
    special = {"finish_cancelled": "cancelled late", "withhold": "cancelled late", "post": "withheld"}
    job = special.get(name) or next(state for state in State if state in TRANSITION_METHODS[name].starts)
    await TRANSITION_METHODS[name].call(store.transitions, job, LATER)


OFFER = Offer(id="offer", person_id=7, language="en", photos=(Photo("left"),), source="recent", made_at=NOW)

READS: dict[str, Callable[[Store], Coroutine[Any, Any, object]]] = {
    "jobs.used_today": lambda store: store.jobs.used_today(now=NOW),
    "reports.jobs_since": lambda store: store.reports.jobs_since(NOW - 1),
    "key_values.get": lambda store: store.key_values.get("menu"),
    "inbox.pending": lambda store: store.inbox.pending(now=NOW, busy={"1"}, limit=5),
    "inbox.next_due": lambda store: store.inbox.next_due({"1"}),
    "drafts.get": lambda store: store.drafts.get("draft"),
    "drafts.open_for": lambda store: store.drafts.open_for(DraftKey(GROUP, None, 7)),
    "drafts.of_album": lambda store: store.drafts.of_album(GROUP, "album"),
    "drafts.own_photos": lambda store: store.drafts.own_photos("draft"),
    "drafts.by_message": lambda store: store.drafts.by_message(GROUP, 5),
    "drafts.by_question": lambda store: store.drafts.by_question(GROUP, 60),
    "drafts.expired": lambda store: store.drafts.expired(now=LATER),
    "drafts.due": lambda store: store.drafts.due(now=LATER, limit=5),
    "drafts.next_due": lambda store: store.drafts.next_due(),
    "drafts.album_photos": lambda store: store.drafts.album_photos(GROUP, "album"),
    "jobs.get": lambda store: store.jobs.get("ready"),
    "jobs.by_status_message": lambda store: store.jobs.by_status_message(GROUP, 60),
    "jobs.of_user": lambda store: store.jobs.of_user(7, limit=5),
    "jobs.due": lambda store: store.jobs.due(State.READY, State.QUEUED, now=LATER, limit=5),
    "jobs.next_due": lambda store: store.jobs.next_due(State.READY),
    "jobs.queue_position": lambda store: store.jobs.queue_position("queued", now=NOW),
    "jobs.next_in_queue": lambda store: store.jobs.next_in_queue(PLACES, now=NOW, limit=5),
    "jobs.next_turn": lambda store: store.jobs.next_turn(PLACES, now=NOW),
    "jobs.count_late": lambda store: store.jobs.count_late("aiml", PLACES, now=LATER),
    "jobs.remaining_today": lambda store: store.jobs.remaining_today(7, NO_LIMITS, now=NOW),
    "reports.seconds_taken": lambda store: store.reports.seconds_taken("aiml", "standard", 5, limit=9),
    "reports.count_by_state": lambda store: store.reports.count_by_state(),
    "reports.job_events": lambda store: store.reports.job_events("ready"),
    "inline.get_offer": lambda store: store.inline.get_offer("offer"),
    "drafts.recent_photos": lambda store: store.drafts.recent_photos(GROUP, since=0, limit=2),
    "jobs.delivered_videos": lambda store: store.jobs.delivered_videos(7, effects=["hug"], offset=0, limit=5),
    "jobs.undelivered": lambda store: store.jobs.undelivered(7, limit=5),
    "status_messages.due": lambda store: store.status_messages.due(now=LATER, limit=5),
    "status_messages.next_due": lambda store: store.status_messages.next_due(),
    "jobs.group_limit": lambda store: store.jobs.group_limit(GROUP, NO_LIMITS),
    "admin_notices.unsent": lambda store: store.admin_notices.unsent(),
    "preferences.get": lambda store: store.preferences.get(7),
    "preferences.languages": lambda store: store.preferences.languages(),
    "users.by_username": lambda store: store.users.by_username("Ben"),
    "users.name_of": lambda store: store.users.name_of(8),
    "users.picture_permission": lambda store: store.users.picture_permission(8),
    "consents.next_request": lambda store: store.consents.next_request("together", "subject"),
    "consents.refusing": lambda store: store.consents.refusing("queued"),
    "consents.waiting_drafts": lambda store: store.consents.waiting_drafts(DraftKey(GROUP, None, 9)),
    "personal_data.export": lambda store: store.personal_data.export(7),
    "personal_data.waits_until": lambda store: store.personal_data.waits_until(7, now=LATER),
    "personal_data.due_erasures": lambda store: store.personal_data.due_erasures(),
    "access.status": lambda store: store.access.status(8),
    "access.banned": lambda store: store.access.banned(),
    "access.allowed": lambda store: store.access.allowed(),
    "spendings.in_use": lambda store: store.spendings.in_use(since=NOW - DAY),
    "spendings.by_service": lambda store: store.spendings.by_service(since=NOW - DAY),
    "spendings.dearest": lambda store: store.spendings.dearest("person_id", since=NOW - DAY),
    "spendings.reached": lambda store: store.spendings.reached(
        Budgets(daily=0),
        {"now": NOW, "person_id": 7, "chat_id": GROUP, "exempt": False, "reserved_microusd": 1},
    ),
    "reports.spending_since": lambda store: store.reports.spending_since(NOW - DAY),
    "transitions.before_acceptance": lambda store: store.transitions.before_acceptance(),
    "inbox.last_received_at": lambda store: store.inbox.last_received_at(),
    "retired_scenes.all": lambda store: store.retired_scenes.all(),
    "retired_scenes.scenes": lambda store: store.retired_scenes.scenes(),
    "groups.languages": lambda store: store.groups.languages(),
    "groups.rules": lambda store: store.groups.rules(GROUP),
    "times.newest": lambda store: store.times.newest(),
    "times.lag": lambda store: store.times.lag(),
}
"""Calls that change nothing."""

WRITES: dict[str, Callable[[Store], Coroutine[Any, Any, object]]] = {
    "inbox.add": lambda store: store.inbox.add([(70, "a", "x"), (71, "a", "y")], now=LATER),
    "inbox.set_aside_undecodable": lambda store: store.inbox.set_aside_undecodable("gibberish", now=LATER),
    "inbox.mark_done": lambda store: store.inbox.mark_done([1], [BEN], now=LATER),
    "inbox.postpone": lambda store: store.inbox.postpone(1, due_at=LATER, error="why", count_try=True),
    "inbox.set_aside": lambda store: store.inbox.set_aside(1, error="why"),
    "inbox.prune": lambda store: store.inbox.prune(before=LATER),
    "retired_scenes.add": lambda store: store.retired_scenes.add("aiml", "hug", "unknown", now=LATER),
    "retired_scenes.restore": lambda store: store.retired_scenes.restore("aiml", "kiss"),
    "drafts.remember_photo": lambda store: store.drafts.remember_photo(7, 9, None, Photo("z"), now=LATER),
    "drafts.start": lambda store: store.drafts.start(new_draft("new", chat_id=GROUP), _TWO_PHOTOS, consumes=8),
    "drafts.add_photos": lambda store: store.drafts.add_photos(DRAFT, _TWO_PHOTOS, consumes=8, expires_at=LATER + DAY),
    "drafts.choose_effect": lambda store: store.drafts.choose_effect(DRAFT, "kiss", message_id=8),
    "drafts.set_words": lambda store: store.drafts.set_words(DRAFT, OPTIONS, consumes=8, expires_at=LATER),
    "drafts.choose_model": lambda store: store.drafts.choose_model(DRAFT, OPTIONS, photos=1),
    "drafts.join_album": lambda store: store.drafts.join_album("draft", "another"),
    "drafts.redraw": lambda store: store.drafts.redraw("draft", at=LATER),
    "drafts.release": lambda store: store.drafts.release("draft"),
    "drafts.hold": lambda store: store.drafts.hold("together"),
    "drafts.end": lambda store: store.drafts.end("draft", "expired", now=LATER),
    "drafts.drawn": lambda store: store.drafts.drawn(DRAFT, card_id=61, show_at=None),
    "drafts.move_chat": lambda store: store.drafts.move_chat(GROUP, SUPERGROUP, now=LATER),
    "drafts.prune": lambda store: store.drafts.prune(before=LATER),
    "jobs.create": lambda store: store.jobs.create(new_job("new", chat_id=GROUP), NO_LIMITS, now=LATER, draft=DRAFT),
    "spendings.move_chat": lambda store: store.spendings.move_chat(GROUP, SUPERGROUP),
    "personal_data.ask_for_erasure": lambda store: store.personal_data.ask_for_erasure(7, now=LATER),
    "personal_data.erase": lambda store: store.personal_data.erase(7, now=LATER),
    "personal_data.prune": lambda store: store.personal_data.prune(now=LATER + 2 * DAY),
    "access.set": lambda store: store.access.set(7, AccessStatus.BANNED, now=LATER),
    "access.note_told": lambda store: store.access.note_told(9, again_after=DAY, now=LATER),
    "access.end_drafts": lambda store: store.access.end_drafts(7, now=LATER),
    "access.move_chat": lambda store: store.access.move_chat(GROUP, SUPERGROUP),
    "access.prune": lambda store: store.access.prune(before=LATER),
    "jobs.resubmit": _resubmit,
    "transitions.skip_submits": lambda store: store.transitions.skip_submits("queued", 7),
    "transitions.note_record_read": lambda store: store.transitions.note_record_read("unread", now=LATER),
    "jobs.mark_extra_photos": lambda store: store.jobs.mark_extra_photos(GROUP, "album", now=LATER),
    "jobs.move_chat": lambda store: store.jobs.move_chat(GROUP, SUPERGROUP, now=LATER),
    "jobs.prune": lambda store: store.jobs.prune(before=LATER, now=LATER),
    "transitions.request_cancel": lambda store: store.transitions.request_cancel("generating", 7, now=LATER),
    "transitions.confirm_cancel": lambda store: store.transitions.confirm_cancel("cancelled late", 7, now=LATER),
    "transitions.undo_cancel": lambda store: store.transitions.undo_cancel("cancelled late", now=LATER),
    "transitions.count_url_failure": lambda store: store.transitions.count_url_failure("ready"),
    "transitions.refresh_url": lambda store: store.transitions.refresh_url("ready", "https://cdn.example/new.mp4"),
    "transitions.reschedule": _reschedule,
    "transitions.mark_interrupted": lambda store: store.transitions.mark_interrupted(now=LATER),
    "transitions.wake": lambda store: store.transitions.wake("aiml", "made-generating", None, now=LATER),
    "inline.save_offer": lambda store: store.inline.save_offer(replace(OFFER, id="new"), origin="guest:2"),
    "inline.claim_message": lambda store: store.inline.claim_message("AgAAB", OFFER, now=LATER),
    "inline.prune": lambda store: store.inline.prune(before=LATER),
    "status_messages.drawn": _drawn,
    "status_messages.redraw": lambda store: store.status_messages.redraw("ready", now=LATER),
    "status_messages.message_sent": lambda store: store.status_messages.message_sent("ready", 61),
    "status_messages.announced": _announced,
    "status_messages.move_from_group": lambda store: store.status_messages.move_from_group("unshown", now=LATER),
    "status_messages.move_to_private_chat": lambda store: store.status_messages.move_to_private_chat(
        "inline", now=LATER
    ),
    "status_messages.file_id_stored": lambda store: store.status_messages.file_id_stored(
        "ready", "kept", animation=True
    ),
    "admin_notices.raise_once": lambda store: store.admin_notices.raise_once("new", "x", [1, 2], now=LATER),
    "admin_notices.sent": lambda store: store.admin_notices.sent(_NOTICE, now=LATER),
    "preferences.set": lambda store: store.preferences.set(7, "quality", "pro"),
    "key_values.get_or_create": lambda store: store.key_values.get_or_create("path", lambda: "secret"),
    "key_values.set": lambda store: store.key_values.set("menu", "digest"),
    "admin_notices.resolve": lambda store: store.admin_notices.resolve("bad_key"),
    "users.upsert": lambda store: store.users.upsert([BEN, KnownUser(11, "eve", "Eve")], now=LATER),
    "users.set_picture_permission": lambda store: store.users.set_picture_permission(
        BEN, PicturePermission.NEVER, now=LATER
    ),
    "users.prune": lambda store: store.users.prune(before=LATER),
    "consents.wait_for": lambda store: store.consents.wait_for(
        "together", ConsentRequest(10, "Cy"), "subject", expires_at=LATER, now=LATER
    ),
    "consents.grant": lambda store: store.consents.grant("together", 8, "subject", now=LATER),
    "groups.set": lambda store: store.groups.set(GROUP, "daily", 5),
    "groups.set_switch": lambda store: store.groups.set_switch(GROUP, "hug", on=True),
    "groups.set_theme": lambda store: store.groups.set_theme(GROUP, "pets", ["pet_bee"], on=True),
    "groups.move_chat": lambda store: store.groups.move_chat(GROUP, SUPERGROUP),
    "status_messages.request_deletion": lambda store: store.status_messages.request_deletion("delivered", 8, now=LATER),
    "status_messages.forget_video": lambda store: store.status_messages.forget_video("delivered", removed=True),
    "times.set_lag": lambda store: store.times.set_lag(HOUR),
    "times.move": lambda store: store.times.move(DAY),
    "move_chat": lambda store: store.move_chat(GROUP, SUPERGROUP, now=LATER),
} | {f"transitions.{name}": lambda store, name=name: _transition(store, name) for name in TRANSITION_METHODS}
"""Calls that change rows, each all at once or not at all, except for those in `NOT_ATOMIC`."""

NOT_ATOMIC = {"drafts.prune", "inline.prune", "transitions.mark_interrupted", "move_chat"}
"""Calls that make several such changes one after the other; a second call completes what is left."""
