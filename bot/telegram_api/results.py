"""What Telegram's answer to a send or an edit means for the job."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError


class NoRoom(TelegramError):
    """So much was said in a group within a minute that this has to wait: for so many `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"enough was said there for now; in {seconds:.0f} s")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Shown:
    """The message is there (or was so already), under this id; `film` is its video, where it has one."""

    message_id: int
    film: Film | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """The message to edit does not exist any more, or can't be edited: a new one is needed."""


@dataclass(frozen=True, slots=True)
class Closed:
    """The chat can't be written to: blocked, kicked, deleted, the topic closed."""

    detail: str


@dataclass(frozen=True, slots=True)
class NoRights:
    """The bot may write here, but not send videos."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The group became this supergroup."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class Later:
    """Telegram asks to wait so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class TooLate:
    """The message is too old to be deleted."""


@dataclass(frozen=True, slots=True)
class BadVideo:
    """Telegram could not take the video in this way: by URL (it fetches it itself) or by upload."""

    detail: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """Telegram could not be reached, or answered with an error that may pass: what was asked may have been done."""

    detail: str


Outcome = Shown | Gone | Closed | NoRights | Moved | Later | BadVideo | TooLate | Trouble

_GONE = (
    "message to edit not found",
    "message to delete not found",
    "message can't be edited",
    "message_id_invalid",
    "message identifier is not specified",
)
_NO_RIGHTS = ("not enough rights to send video", "chat_send_videos_forbidden", "chat_send_media_forbidden")
_CLOSED = (
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
_BAD_VIDEO = (
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


def unchanged(error: TelegramError) -> bool:
    """Whether the message looked like that already: what was to be done is done."""
    return isinstance(error, BadRequest) and "message is not modified" in error.message.lower()


def sort_error(error: TelegramError) -> Outcome:
    """Sort an error of PTB."""
    text = error.message.lower()
    match error:
        case NoRoom():
            return Later(error.seconds)
        case RetryAfter():
            wait = error.retry_after
            return Later(wait.total_seconds() if isinstance(wait, timedelta) else float(wait))
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case Forbidden():
            return Closed(error.message)
        case BadRequest():
            return _sort_bad_request(text, error.message)
        case NetworkError() if "request entity too large" in text:
            return BadVideo(error.message)
        case _:
            return Trouble(error.message)


def _sort_bad_request(text: str, message: str) -> Outcome:
    if any(words in text for words in _GONE):
        return Gone()
    if "message can't be deleted" in text:
        return TooLate()
    if any(words in text for words in _NO_RIGHTS):
        return NoRights()
    if any(words in text for words in _BAD_VIDEO):
        return BadVideo(message)
    if any(words in text for words in _CLOSED):
        return Closed(message)
    return Trouble(message)


class Film(NamedTuple):
    """A video that Telegram keeps, and as what."""

    file_id: str
    animation: bool = False
