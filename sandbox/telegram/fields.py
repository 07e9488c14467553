"""What type a parameter has, whichever method it belongs to (Bot API: each method's table).

In a form every value is a string; these are turned back into what they stand for.
"""

INTEGERS = frozenset(
    {
        "cache_time",
        "chat_id",
        "duration",
        "from_chat_id",
        "height",
        "length",
        "limit",
        "max_connections",
        "message_id",
        "message_thread_id",
        "offset",
        "reply_to_message_id",
        "start_timestamp",
        "timeout",
        "user_id",
        "width",
    }
)
"""Integers; `chat_id` may be a @username too."""

FLAGS = frozenset(
    {
        "allow_paid_broadcast",
        "allow_sending_without_reply",
        "disable_content_type_detection",
        "disable_notification",
        "disable_web_page_preview",
        "drop_pending_updates",
        "has_spoiler",
        "is_big",
        "is_personal",
        "protect_content",
        "remove_caption",
        "return_bots",
        "show_alert",
        "show_caption_above_media",
        "supports_streaming",
    }
)
"""Booleans."""

STRUCTURES = frozenset(
    {
        "allowed_updates",
        "button",
        "caption_entities",
        "commands",
        "entities",
        "link_preview_options",
        "media",
        "message_ids",
        "reaction",
        "reply_markup",
        "reply_parameters",
        "result",
        "results",
        "rights",
        "scope",
    }
)
"""Objects and arrays, JSON inside a form."""
