"""What Telegram's answer to a send or an edit means for the job."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from telegram import error as telegram_error
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError


class ChatBudgetExceeded(TelegramError):
    """So much was said in a group within a minute that this has to wait: for so many `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"enough was said there for now; in {seconds:.0f} s")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Shown:
    """The message is there (or was so already), under this id; `film` is its video, where it has one."""

    message_id: int
    video: CachedVideo | None = None


@dataclass(frozen=True, slots=True)
class MessageGone:
    """The message to edit does not exist any more, or can't be edited: a new one is needed."""


@dataclass(frozen=True, slots=True)
class ChatUnavailable:
    """The chat can't be written to: blocked, kicked, deleted, the topic closed."""

    detail: str


@dataclass(frozen=True, slots=True)
class MissingRights:
    """The bot may write here, but not send videos."""


@dataclass(frozen=True, slots=True)
class ChatMigrated:
    """The group became this supergroup."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class RetryAfter:
    """Telegram asks to wait so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class DeleteExpired:
    """The message is too old to be deleted."""


@dataclass(frozen=True, slots=True)
class VideoRejected:
    """Telegram could not take the video in this way: by URL (it fetches it itself) or by upload."""

    detail: str


@dataclass(frozen=True, slots=True)
class TransientError:
    """Telegram could not be reached, or answered with an error that may pass: what was asked may have been done."""

    detail: str


Outcome = (
    Shown
    | MessageGone
    | ChatUnavailable
    | MissingRights
    | ChatMigrated
    | RetryAfter
    | VideoRejected
    | DeleteExpired
    | TransientError
)

_MESSAGE_GONE = (
    "message to edit not found",
    "message to delete not found",
    "message can't be edited",
    "message_id_invalid",
    "message identifier is not specified",
)
_MISSING_RIGHTS = ("not enough rights to send video", "chat_send_videos_forbidden", "chat_send_media_forbidden")
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
    "request entity too large",
)


def is_not_modified(error: TelegramError) -> bool:
    """Whether the message looked like that already: what was to be done is done."""
    return isinstance(error, BadRequest) and "message is not modified" in error.message.lower()


def classify_error(error: TelegramError) -> Outcome:
    """Sort an error of PTB."""
    text = error.message.lower()
    match error:
        case ChatBudgetExceeded():
            return RetryAfter(error.seconds)
        case telegram_error.RetryAfter():
            wait = error.retry_after
            return RetryAfter(wait.total_seconds() if isinstance(wait, timedelta) else float(wait))
        case telegram_error.ChatMigrated():
            return ChatMigrated(error.new_chat_id)
        case Forbidden():
            return ChatUnavailable(error.message)
        case BadRequest():
            return _classify_bad_request(text, error.message)
        case NetworkError() if "request entity too large" in text:
            return VideoRejected(error.message)
        case _:
            return TransientError(error.message)


def _classify_bad_request(text: str, message: str) -> Outcome:
    if any(words in text for words in _MESSAGE_GONE):
        return MessageGone()
    if "message can't be deleted" in text:
        return DeleteExpired()
    if any(words in text for words in _MISSING_RIGHTS):
        return MissingRights()
    if any(words in text for words in _VIDEO_REJECTED):
        return VideoRejected(message)
    if any(words in text for words in _CHAT_UNAVAILABLE):
        return ChatUnavailable(message)
    return TransientError(message)


class CachedVideo(NamedTuple):
    """A video that Telegram keeps, and as what."""

    file_id: str
    is_animation: bool = False
