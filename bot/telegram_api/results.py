"""What came of a call to Telegram, as types: `classify_error` sorts PTB's errors.

Some share their name with PTB's errors, so callers write `results.RetryAfter`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from telegram import error as telegram_error
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError


class ChatBudgetExceeded(TelegramError):
    """Raised by our rate limiter instead of a call: the group's budget is used up for the next `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"enough was said there for now; in {seconds:.0f} s")
        self.seconds = seconds


class CachedVideo(NamedTuple):
    """A video that Telegram keeps, by its file_id, and whether Telegram keeps it as an animation."""

    file_id: str
    is_animation: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """The message shows what it should; perhaps it already did. `video` is the one that it contains, if any."""

    message_id: int
    video: CachedVideo | None = None


@dataclass(frozen=True, slots=True)
class MessageGone:
    """The message to edit was deleted, or can't be edited: a new one is needed."""


@dataclass(frozen=True, slots=True)
class ChatUnavailable:
    """The bot can't write to the chat: it was blocked or removed, or the chat or its topic is closed."""

    detail: str


@dataclass(frozen=True, slots=True)
class MissingRights:
    """The bot may write to the chat, but not send videos."""


@dataclass(frozen=True, slots=True)
class ChatMigrated:
    """The group became a supergroup, which has this id."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class RetryAfter:
    """Nothing was done; the same call may be made after so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class DeleteExpired:
    """The message is too old to be deleted."""


@dataclass(frozen=True, slots=True)
class VideoRejected:
    """Telegram did not take the video in this way: by URL, where it downloads it itself, or by upload."""

    detail: str


@dataclass(frozen=True, slots=True)
class TransientError:
    """Telegram was out of reach, or its error may pass. The call may have had its effect."""

    detail: str


Outcome = (
    Shown
    | MessageGone
    | ChatUnavailable
    | MissingRights
    | ChatMigrated
    | RetryAfter
    | DeleteExpired
    | VideoRejected
    | TransientError
)

# Parts of Telegram's error descriptions, in lower case. They are tried in the order in which they stand here.
_MESSAGE_GONE = (
    "message to edit not found",
    "message to delete not found",
    "message can't be edited",
    "message_id_invalid",
    "message identifier is not specified",
)
_DELETE_EXPIRED = ("message can't be deleted",)
_MISSING_RIGHTS = ("not enough rights to send video", "chat_send_videos_forbidden", "chat_send_media_forbidden")
_TOO_LARGE = "request entity too large"  # HTTP 413, for which PTB raises NetworkError
_VIDEO_REJECTED = (
    "failed to get http url content",
    "wrong type of the web page content",
    "wrong file identifier/http url",
    "wrong remote file identifier",
    "file is too big",
    "video_content_type_invalid",
    "media_empty",
    "webpage_curl_failed",
    "webpage_media_empty",
    _TOO_LARGE,
)
_CHAT_UNAVAILABLE = (
    "chat not found",
    "user not found",
    "topic_closed",
    "topic_deleted",
    "message thread not found",
    "not enough rights to send",
    "have no rights to send a message",
    "chat_write_forbidden",
    "chat_restricted",
    "user_is_blocked",
    "peer_id_invalid",
    "input_user_deactivated",
    "bot was kicked",
    "group chat was deactivated",
    "chat_admin_required",
    "need administrator rights",
)


def is_not_modified(error: TelegramError) -> bool:
    """Return True if the message already looks as the edit would make it."""
    return isinstance(error, BadRequest) and "message is not modified" in error.message.lower()


def classify_error(error: TelegramError) -> Outcome:
    """Return what an error of PTB means."""
    match error:
        case ChatBudgetExceeded():
            return RetryAfter(error.seconds)
        case telegram_error.RetryAfter():
            delay = error.retry_after
            return RetryAfter(delay.total_seconds() if isinstance(delay, timedelta) else float(delay))
        case telegram_error.ChatMigrated():
            return ChatMigrated(error.new_chat_id)
        case Forbidden():
            return ChatUnavailable(error.message)
        case BadRequest():
            return _classify_bad_request(error.message)
        case NetworkError() if _TOO_LARGE in error.message.lower():
            return VideoRejected(error.message)
        case _:
            return TransientError(error.message)


def _classify_bad_request(message: str) -> Outcome:
    def has(parts: tuple[str, ...]) -> bool:
        return any(part in message.lower() for part in parts)

    if has(_MESSAGE_GONE):
        return MessageGone()
    if has(_DELETE_EXPIRED):
        return DeleteExpired()
    if has(_MISSING_RIGHTS):
        return MissingRights()
    if has(_VIDEO_REJECTED):
        return VideoRejected(message)
    if has(_CHAT_UNAVAILABLE):
        return ChatUnavailable(message)
    return TransientError(message)
