"""What came of a call to Telegram, as types: `classify_error` sorts PTB's errors.

Some share their name with PTB's errors, so callers write `results.RetryAfter`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from telegram import error as telegram_error
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError

from video.services.http import NEVER_CONNECTED


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
    """The video was not taken in this way: by file_id, by URL, where Telegram downloads it itself, or by upload.

    `by_telegram`: False if the bot itself did not get a video from the URL.
    """

    detail: str
    by_telegram: bool = True


@dataclass(frozen=True, slots=True)
class TransientError:
    """Telegram was out of reach, or its error may pass. The call may have had its effect.

    `sent`: False if the call can't have reached Telegram.
    """

    detail: str
    sent: bool = True


@dataclass(frozen=True, slots=True)
class Refused(TransientError):
    """Telegram refused the call with a 400, in words that the bot does not know."""


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
_NOT_MODIFIED = ("message is not modified", "message_not_modified")
_MESSAGE_GONE = (
    "message to edit not found",
    "message to delete not found",
    "message not found",
    "message can't be edited",
    "message_id_invalid",
    "msg_id_invalid",
    "message_author_required",
    "message_edit_time_expired",
    "message identifier is not specified",
    "media_prev_invalid",
)
_DELETE_EXPIRED = ("message can't be deleted",)
_MISSING_RIGHTS = (
    "not enough rights to send video",
    "not enough rights to send animation",
    "not enough rights to send gif",
    "not enough rights to send document",
    "not enough rights to send media",
    "chat_send_videos_forbidden",
    "chat_send_gifs_forbidden",
    "chat_send_docs_forbidden",
    "chat_send_media_forbidden",
)
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
    "chat_id is empty",
    "chat_id_invalid",
    "chat_invalid",
    "chat_forbidden",
    "channel_invalid",
    "channel_private",
    "can't access the chat",
    "no write access",
    "not a member",
    "user not found",
    "topic_closed",
    "topic_deleted",
    "topic_id_invalid",
    "thread not found",
    "not enough rights",
    "have no rights to send a message",
    "chat_send_plain_forbidden",
    "chat_guest_send_forbidden",
    "chat_write_forbidden",
    "chat_restricted",
    "right_forbidden",
    "user_banned_in_channel",
    "user_restricted",
    "user_is_blocked",
    "you_blocked_user",
    "user_is_bot",
    "peer_id_invalid",
    "user_deactivated",
    "user is deactivated",
    "bot was blocked",
    "bot was kicked",
    "can't initiate conversation",
    "chat was deactivated",
    "chat_admin_required",
    "need administrator rights",
    "allow_payment_required",
    "privacy_premium_required",
)
_ALREADY_MEDIA = "there is no text in the message to edit"
_NOT_TELEGRAMS_WORDS = "parsing the server response"  # by PTB: the body was not JSON, such as a proxy's page


def is_not_modified(error: TelegramError) -> bool:
    """Return True if the message already looks as the edit would make it."""
    return isinstance(error, BadRequest) and any(part in error.message.lower() for part in _NOT_MODIFIED)


def is_media_already(error: TelegramError) -> bool:
    """Return True if a text edit was refused because the message shows a video already."""
    return isinstance(error, BadRequest) and _ALREADY_MEDIA in error.message.lower()


def classify_error(error: TelegramError, *, video: bool = False) -> Outcome:
    """Return what an error of PTB means.

    Args:
        error: as PTB raised it.
        video: whether the call was to show a video. Then a 400 is about the video unless it is about the message, the
            chat or the rights: Telegram has many words for a video that it can't use.
    """
    match error:
        case ChatBudgetExceeded():
            return RetryAfter(error.seconds)
        case telegram_error.RetryAfter():
            delay = error.retry_after
            return RetryAfter(delay.total_seconds() if isinstance(delay, timedelta) else float(delay))
        case telegram_error.ChatMigrated():
            return ChatMigrated(error.new_chat_id)
        case NetworkError() if _TOO_LARGE in error.message.lower():
            return VideoRejected(error.message)
        case Forbidden() | BadRequest() if _NOT_TELEGRAMS_WORDS in error.message.lower():
            return TransientError(error.message)
        case Forbidden():
            missing = any(part in error.message.lower() for part in _MISSING_RIGHTS)
            return MissingRights() if missing else ChatUnavailable(error.message)
        case BadRequest():
            outcome = _classify_bad_request(error.message)
            return VideoRejected(error.message) if video and isinstance(outcome, Refused) else outcome
        case _:
            return TransientError(error.message, sent=not isinstance(error.__cause__, NEVER_CONNECTED))


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
    return Refused(message)
