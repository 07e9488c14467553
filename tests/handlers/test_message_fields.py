"""Every field of the Bot API's `Message`, sorted by what is made of it: a new one fails here until it is sorted."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import aiogram.types
import pytest
import telegram

from handlers.pictures import other_kind_of, photo_from_elsewhere, photo_of, replied_kind, replied_photo

SIZES = [
    {"file_id": name, "file_unique_id": name, "width": side, "height": side, "file_size": side}
    for name, side in (("small", 90), ("large", 900))
]
FILE = {"file_id": "file", "file_unique_id": "file"}
MOVING = FILE | {"width": 9, "height": 9, "duration": 1}
STICKER = FILE | {"width": 9, "height": 9, "type": "regular", "is_animated": False, "is_video": False}
CHANNEL = {"id": -1001, "type": "channel", "title": "News"}

PICTURES: dict[str, Any] = {
    "photo": SIZES,
    "live_photo": MOVING | {"photo": SIZES},
    "new_chat_photo": SIZES,
    "document": FILE | {"file_id": "large", "mime_type": "image/png"},
    "rich_message": {"blocks": [{"type": "paragraph", "text": "hello"}, {"type": "photo", "photo": SIZES}]},
}
"""Fields whose still picture is used, with a value each."""

KINDS: dict[str, tuple[str, Any]] = {
    "sticker": ("sticker", STICKER),
    "animation": ("animation", MOVING),
    "video": ("video", MOVING),
    "video_note": ("video", FILE | {"length": 9, "duration": 1}),
    "voice": ("voice", FILE | {"duration": 1}),
    "audio": ("voice", FILE | {"duration": 1}),
    "paid_media": ("paid", {"star_count": 1, "paid_media": [{"type": "photo", "photo": SIZES}]}),
    "story": ("story", {"chat": CHANNEL, "id": 1}),
    "game": ("other", {"title": "a", "description": "b", "photo": SIZES}),
    "invoice": (
        "other",
        {"title": "a", "description": "b", "start_parameter": "", "currency": "XTR", "total_amount": 1},
    ),
    "poll": (
        "other",
        {"id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False, "is_anonymous": True}
        | {"type": "regular", "allows_multiple_answers": False, "media": {"photo": SIZES}}
        | {"allows_revoting": False, "members_only": False},
    ),
    "link_preview_options": ("link", {"url": "https://example.com"}),
}
"""Fields that are answered with words, with the kind that the words name and a value each."""

REPLIES = {"external_reply", "reply_to_message", "reply_to_story"}
"""Fields that hold what is replied to: pictures in it are used, or answered with words."""

WITHOUT_A_PICTURE = {
    # words and things without a picture: in a private chat the bot says what to send
    *("text", "entities", "caption", "caption_entities", "quote", "checklist", "contact", "dice", "location", "venue"),
    *("giveaway", "giveaway_winners", "reply_to_checklist_task_id", "reply_to_poll_option_id"),
    # how the message is shown or was sent
    *("author_signature", "business_connection_id", "edit_date", "effect_id", "forward_origin", "has_media_spoiler"),
    *("has_protected_content", "is_from_offline", "is_paid_post", "is_topic_message", "media_group_id", "message_id"),
    *("message_thread_id", "paid_star_count", "reply_markup", "show_caption_above_media", "suggested_post_info"),
    *("date", "ephemeral_message_id", "receiver_user", "direct_messages_topic"),
    *("forward_date", "forward_from", "forward_from_chat", "forward_from_message_id", "forward_sender_name"),
    *("forward_signature",),
    # where it was sent and by whom; a photo sent via another bot is its sender's
    *("chat", "from_user", "guest_bot_caller_chat", "guest_bot_caller_user", "guest_query_id", "is_automatic_forward"),
    *("sender_boost_count", "sender_business_bot", "sender_chat", "sender_tag", "via_bot"),
    # service messages, which Telegram makes; none has a picture that somebody sent for a video
    *("boost_added", "channel_chat_created", "chat_background_set", "chat_owner_changed", "chat_owner_left"),
    *("chat_shared", "checklist_tasks_added", "checklist_tasks_done", "community_chat_added", "community_chat_joined"),
    *("community_chat_removed", "connected_website", "delete_chat_photo", "direct_message_price_changed"),
    *("forum_topic_closed", "forum_topic_created", "forum_topic_edited", "forum_topic_reopened"),
    *("general_forum_topic_hidden", "general_forum_topic_unhidden", "gift", "gift_upgrade_sent"),
    *("giveaway_completed", "giveaway_created", "group_chat_created", "left_chat_member", "managed_bot_created"),
    *("message_auto_delete_timer_changed", "migrate_from_chat_id", "migrate_to_chat_id", "new_chat_members"),
    *("new_chat_title", "paid_message_price_changed", "passport_data", "pinned_message", "poll_option_added"),
    *("poll_option_deleted", "proximity_alert_triggered", "refunded_payment", "successful_payment"),
    *("suggested_post_approval_failed", "suggested_post_approved", "suggested_post_declined", "suggested_post_paid"),
    *("suggested_post_refunded", "supergroup_chat_created", "unique_gift", "user_shared", "users_shared"),
    *("video_chat_ended", "video_chat_participants_invited", "video_chat_scheduled", "video_chat_started"),
    *("web_app_data", "write_access_allowed"),
}
IN_REPLIES = {"origin"}
"""Fields that only `ExternalReplyInfo` has."""


def fields_of(*models: type) -> set[str]:
    """Return the fields that these classes of python-telegram-bot and aiogram know."""
    found: set[str] = set()
    for model in models:
        found |= set(model.model_fields) if hasattr(model, "model_fields") else set(model.__slots__)  # type: ignore[attr-defined]
    return {name for name in found if not name.startswith("_")}


def message(**fields: Any) -> telegram.Message:
    """Return a message with these fields."""
    raw: dict[str, Any] = {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private", "first_name": "Ada"}}
    return telegram.Message.de_json(raw | fields, None)


def in_another_chat(**fields: Any) -> telegram.Message:
    """Return a message that replies to one with these fields in a channel."""
    origin = {"type": "channel", "chat": CHANNEL, "message_id": 5, "date": 1}
    return message(external_reply={"origin": origin, "chat": CHANNEL, "message_id": 5, **fields})


def test_row_53_every_field_is_sorted() -> None:
    """Each field of the Bot API is on one list: it is used, answered with words, or has no picture."""
    lists = [set(PICTURES), set(KINDS), REPLIES, WITHOUT_A_PICTURE]
    known = set[str]().union(*lists)
    assert len(known) == sum(map(len, lists))
    assert fields_of(telegram.Message, aiogram.types.Message) == known
    assert fields_of(telegram.ExternalReplyInfo, aiogram.types.ExternalReplyInfo) - IN_REPLIES <= known


@pytest.mark.parametrize("field", PICTURES)
def test_row_53_pictures_in_every_field(field: str) -> None:
    """A still picture is found in its largest size, in the message and in one of the same chat that is replied to."""
    content = {field: PICTURES[field]}
    photo = photo_of(message(**content))
    assert photo is not None
    assert photo.file_id == "large"
    assert replied_photo(message(reply_to_message=message(**content).to_dict())) == photo


@pytest.mark.parametrize("field", sorted(set(PICTURES) - {"new_chat_photo"}))
def test_row_53_pictures_in_another_chat(field: str) -> None:
    """So is one in another chat; the channel is noted as who sent it."""
    reply = in_another_chat(**{field: PICTURES[field]})
    photo = replied_photo(reply)
    assert photo is not None
    assert photo.file_id == "large"
    draft_photo = photo_from_elsewhere(reply, 1, 7)
    assert draft_photo is not None
    assert (draft_photo.photo.file_id, draft_photo.photo.author_id, draft_photo.author) == ("large", -1001, "News")


@pytest.mark.parametrize("field", KINDS)
def test_row_53_kinds_in_every_field(field: str) -> None:
    """What can't be used is named, wherever it stands."""
    kind, value = KINDS[field]
    content = {field: value}
    assert photo_of(message(**content)) is None
    assert other_kind_of(message(**content)) == kind
    assert replied_kind(message(reply_to_message=message(**content).to_dict())) == kind
    assert replied_kind(in_another_chat(**content)) == kind


def test_row_53_what_is_replied_to_beside_a_topic() -> None:
    """A reply to another chat in a topic also names the topic's first message; the picture is found all the same."""
    root = {"message_id": 2, "date": 1, "chat": CHANNEL, "forum_topic_created": {"name": "a", "icon_color": 1}}
    reply = in_another_chat(photo=SIZES)
    raw = reply.to_dict() | {"reply_to_message": root}
    assert replied_photo(telegram.Message.de_json(raw, None)) is not None
    assert replied_kind(message(reply_to_story={"chat": CHANNEL, "id": 1})) == "story"
    assert replied_photo(message()) is None
    assert replied_kind(message(date=int(datetime.now(UTC).timestamp()))) is None


@pytest.mark.parametrize(
    "content",
    [{"blocks": []}, {"blocks": [{"type": "photo", "photo": []}]}, {"blocks": [{"photo": "no"}]}, [], "text", None],
)
def test_row_53_rich_messages_without_a_photo(content: object) -> None:
    """A rich message of another shape than is known has no picture, and breaks nothing."""
    assert photo_of(message(rich_message=content)) is None


ORIGINS: list[tuple[dict[str, Any], int | None]] = [
    ({"type": "user", "sender_user": {"id": 9, "is_bot": False, "first_name": "Ben"}}, 9),
    ({"type": "user", "sender_user": {"id": 7, "is_bot": False, "first_name": "Ada"}}, None),
    ({"type": "user", "sender_user": {"id": 9, "is_bot": True, "first_name": "Bot"}}, None),
    ({"type": "hidden_user", "sender_user_name": "Ben"}, None),
    ({"type": "chat", "sender_chat": CHANNEL}, -1001),
]


@pytest.mark.parametrize(("origin", "author"), ORIGINS)
def test_row_53_whose_picture_it_is(origin: dict[str, Any], author: int | None) -> None:
    """Who sent a picture elsewhere is noted, as far as Telegram tells, so that they can have the video deleted."""
    found = photo_from_elsewhere(message(external_reply={"origin": {"date": 1, **origin}, "photo": SIZES}), 1, 7)
    assert found is not None
    assert found.photo.author_id == author
    assert photo_from_elsewhere(message(photo=SIZES), 1, 7) is None
