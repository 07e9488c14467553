"""The errors of the Bot API server, in its own words."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """Raised when a method call is refused.

    Attributes:
        code: the HTTP status, also `error_code` in the body.
        description: Telegram's description.
        parameters: `retry_after` in seconds, or `migrate_to_chat_id`.
    """

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        """Return the body of the response."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(reason: str) -> ApiError:
    """Return a 400 with Telegram's usual prefix."""
    return ApiError(400, f"Bad Request: {reason}")


def too_many_requests(seconds: int) -> ApiError:
    """Return the 429 of a chat with a flood limit."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def migrated_to(chat_id: int) -> ApiError:
    """Return the 400 of a group that became the supergroup `chat_id`."""
    reason = "Bad Request: group chat was upgraded to a supergroup chat"
    return ApiError(400, reason, migrate_to_chat_id=chat_id)


NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
EDIT_NOT_FOUND = "message to edit not found"
EDIT_FORBIDDEN = "message can't be edited"
NO_TEXT_TO_EDIT = "there is no text in the message to edit"
NO_CAPTION_TO_EDIT = "there is no caption in the message to edit"
NO_MEDIA_TO_EDIT = "there is no media in the message to edit"
DELETE_NOT_FOUND = "message to delete not found"
DELETE_FORBIDDEN = "message can't be deleted"
REPLY_NOT_FOUND = "message to be replied not found"
COPY_NOT_FOUND = "message to copy not found"
FORWARD_NOT_FOUND = "message to forward not found"
COPY_FORBIDDEN = "message can't be copied"
FORWARD_FORBIDDEN = "message can't be forwarded"
CHAT_NOT_FOUND = "chat not found"
CHAT_ID_EMPTY = "chat_id is empty"
TEXT_EMPTY = "message text is empty"
TEXT_TOO_LONG = "message is too long"
CAPTION_TOO_LONG = "message caption is too long"
BUTTON_DATA_INVALID = "BUTTON_DATA_INVALID"
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
FILE_TOO_BIG = "file is too big"
FILE_UNKNOWN = "wrong file_id or the file is temporarily unavailable"
FILE_WRONG = "wrong file identifier/HTTP URL specified"
FILE_EMPTY = "file must be non-empty"
URL_FAILED = "failed to get HTTP URL content"
URL_WRONG_TYPE = "wrong type of the web page content"
IMAGE_FAILED = "IMAGE_PROCESS_FAILED"
THREAD_NOT_FOUND = "message thread not found"
TOPIC_CLOSED = "TOPIC_CLOSED"


def unauthorized() -> ApiError:
    """Return the 401 of a wrong token."""
    return ApiError(401, "Unauthorized")


def not_found() -> ApiError:
    """Return the 404 of an unknown method or path."""
    return ApiError(404, "Not Found")


def too_large() -> ApiError:
    """Return the 413 of an upload over the limit."""
    return ApiError(413, "Request Entity Too Large")


def bot_blocked() -> ApiError:
    """Return the 403 of a person who blocked the bot."""
    return ApiError(403, "Forbidden: bot was blocked by the user")


def chat_not_started() -> ApiError:
    """Return the 403 of a person who never opened a chat with the bot."""
    return ApiError(403, "Forbidden: bot can't initiate conversation with a user")


def bot_kicked(kind: str) -> ApiError:
    """Return the 403 of a chat that the bot was removed from."""
    place = {"group": "group chat", "supergroup": "supergroup chat", "channel": "channel chat"}[kind]
    return ApiError(403, f"Forbidden: bot was kicked from the {place}")


def other_get_updates() -> ApiError:
    """Return the 409 of a getUpdates call that another one has ended."""
    reason = "terminated by other getUpdates request; make sure that only one bot instance is running"
    return ApiError(409, f"Conflict: {reason}")


def webhook_active() -> ApiError:
    """Return the 409 of getUpdates while a webhook is set."""
    reason = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    return ApiError(409, f"Conflict: {reason}")
