"""What Telegram's errors mean: every description that the bot knows, one by one."""

from __future__ import annotations

import httpx
import pytest
from telegram import error as telegram_error
from telegram.error import (
    BadRequest,
    Conflict,
    EndPointNotFound,
    Forbidden,
    NetworkError,
    TelegramError,
    TimedOut,
)

from bot.telegram_api import results
from bot.telegram_api.results import classify_error, is_not_modified

BAD_REQUESTS = {
    "Message to edit not found": results.MessageGone,
    "Message to delete not found": results.MessageGone,
    "Message can't be edited": results.MessageGone,
    "MESSAGE_ID_INVALID": results.MessageGone,
    "Message identifier is not specified": results.MessageGone,
    "Message not found": results.MessageGone,
    "MSG_ID_INVALID": results.MessageGone,
    "MESSAGE_AUTHOR_REQUIRED": results.MessageGone,
    "MESSAGE_EDIT_TIME_EXPIRED": results.MessageGone,
    "MEDIA_PREV_INVALID": results.MessageGone,
    "Message can't be deleted": results.DeleteExpired,
    "Message can't be deleted for everyone": results.DeleteExpired,
    "Not enough rights to send videos to the chat": results.MissingRights,
    "CHAT_SEND_VIDEOS_FORBIDDEN": results.MissingRights,
    "CHAT_SEND_MEDIA_FORBIDDEN": results.MissingRights,
    "CHAT_SEND_GIFS_FORBIDDEN": results.MissingRights,
    "CHAT_SEND_DOCS_FORBIDDEN": results.MissingRights,
    "Not enough rights to send animations to the chat": results.MissingRights,
    "Not enough rights to send GIFs to the chat": results.MissingRights,
    "Not enough rights to send documents to the chat": results.MissingRights,
    "Not enough rights to send media messages to the chat": results.MissingRights,
    "Failed to get HTTP URL content": results.VideoRejected,
    "Wrong type of the web page content": results.VideoRejected,
    "Wrong file identifier/HTTP URL specified": results.VideoRejected,
    "Wrong remote file identifier specified: Wrong character in the string": results.VideoRejected,
    "File is too big": results.VideoRejected,
    "VIDEO_CONTENT_TYPE_INVALID": results.VideoRejected,
    "MEDIA_EMPTY": results.VideoRejected,
    "WEBPAGE_CURL_FAILED": results.VideoRejected,
    "WEBPAGE_MEDIA_EMPTY": results.VideoRejected,
    "Request Entity Too Large": results.VideoRejected,
    "Chat not found": results.ChatUnavailable,
    "User not found": results.ChatUnavailable,
    "TOPIC_CLOSED": results.ChatUnavailable,
    "TOPIC_DELETED": results.ChatUnavailable,
    "Message thread not found": results.ChatUnavailable,
    "Not enough rights to send text messages to the chat": results.ChatUnavailable,
    "Have no rights to send a message": results.ChatUnavailable,
    "CHAT_WRITE_FORBIDDEN": results.ChatUnavailable,
    "CHAT_RESTRICTED": results.ChatUnavailable,
    "USER_IS_BLOCKED": results.ChatUnavailable,
    "PEER_ID_INVALID": results.ChatUnavailable,
    "INPUT_USER_DEACTIVATED": results.ChatUnavailable,
    "Bot was kicked from the group chat": results.ChatUnavailable,
    "Group chat was deactivated": results.ChatUnavailable,
    "CHAT_ADMIN_REQUIRED": results.ChatUnavailable,
    "Need administrator rights in the channel chat": results.ChatUnavailable,
    "chat_id is empty": results.ChatUnavailable,
    "CHAT_ID_INVALID": results.ChatUnavailable,
    "CHAT_INVALID": results.ChatUnavailable,
    "CHAT_FORBIDDEN": results.ChatUnavailable,
    "CHANNEL_INVALID": results.ChatUnavailable,
    "CHANNEL_PRIVATE": results.ChatUnavailable,
    "Can't access the chat": results.ChatUnavailable,
    "Have no write access to the chat": results.ChatUnavailable,
    "Bot is not a member of the supergroup chat": results.ChatUnavailable,
    "TOPIC_ID_INVALID": results.ChatUnavailable,
    "Not enough rights": results.ChatUnavailable,
    "CHAT_SEND_PLAIN_FORBIDDEN": results.ChatUnavailable,
    "CHAT_GUEST_SEND_FORBIDDEN": results.ChatUnavailable,
    "RIGHT_FORBIDDEN": results.ChatUnavailable,
    "USER_BANNED_IN_CHANNEL": results.ChatUnavailable,
    "USER_RESTRICTED": results.ChatUnavailable,
    "YOU_BLOCKED_USER": results.ChatUnavailable,
    "USER_IS_BOT": results.ChatUnavailable,
    "User is deactivated": results.ChatUnavailable,
    "Bot was blocked by the user": results.ChatUnavailable,
    "Bot can't initiate conversation with a user": results.ChatUnavailable,
    "ALLOW_PAYMENT_REQUIRED": results.ChatUnavailable,
    "PRIVACY_PREMIUM_REQUIRED": results.ChatUnavailable,
}
URL_REFUSALS = (
    "failed to get HTTP URL content",
    "wrong type of the web page content",
    "wrong HTTP URL specified",
    "wrong file identifier/HTTP URL specified",
    "wrong remote file identifier specified: Wrong padding in the string",
    "wrong file_id or the file is temporarily unavailable",
    "can't upload file by URL",
    "can't use file of type Document as Video",
    "type of file mismatch",
    "there is no video in the request",
    "file is too big",
    "file must be non-empty",
    "URL host is empty",
    "unsupported URL protocol",
    "WEBPAGE_CURL_FAILED",
    "WEBPAGE_MEDIA_EMPTY",
    "WEBPAGE_NOT_FOUND",
    "WEBPAGE_URL_INVALID",
    "WC_CONVERT_URL_INVALID",
    "EXTERNAL_URL_INVALID",
    "URL_INVALID",
    "MEDIA_EMPTY",
    "MEDIA_INVALID",
    "MEDIA_NEW_INVALID",
    "MEDIA_FILE_INVALID",
    "MEDIA_TYPE_INVALID",
    "MEDIA_GROUPED_INVALID",
    "VIDEO_FILE_INVALID",
    "VIDEO_CONTENT_TYPE_INVALID",
    "DOCUMENT_INVALID",
    "IMAGE_PROCESS_FAILED",
    "FILE_ID_INVALID",
    "FILE_PARTS_INVALID",
    "FILE_PART_0_MISSING",
    "FILE_REFERENCE_EXPIRED",
    "FILE_REFERENCE_EMPTY",
    "MD5_CHECKSUM_INVALID",
    "PHOTO_EXT_INVALID",
    "STORAGE_CHOOSE_VOLUME_FAILED",
    "something that nobody has written down yet",
)
"""What Telegram says of a video by URL, as far as it has been written down."""
TABLES = (
    results._MESSAGE_GONE,
    results._DELETE_EXPIRED,
    results._MISSING_RIGHTS,
    results._VIDEO_REJECTED,
    results._CHAT_UNAVAILABLE,
)


@pytest.mark.parametrize(("description", "meaning"), BAD_REQUESTS.items())
def test_a_bad_request_has_its_meaning(description: str, meaning: type) -> None:
    """Each description of Telegram's leads to one outcome, in any case of its letters."""
    for text in (description, description.upper(), description.lower()):
        assert isinstance(classify_error(BadRequest(text)), meaning)


@pytest.mark.parametrize("part", [part for table in TABLES for part in table])
def test_no_known_description_is_untested(part: str) -> None:
    """Every text of the tables occurs in a description above."""
    assert any(part in description.lower() for description in BAD_REQUESTS)


def test_rights_to_send_videos_are_told_from_rights_to_send() -> None:
    """Where only videos are forbidden, the bot can still write that."""
    videos = classify_error(BadRequest("Not enough rights to send videos to the chat"))
    text = classify_error(BadRequest("Not enough rights to send text messages to the chat"))
    assert (type(videos), type(text)) == (results.MissingRights, results.ChatUnavailable)


@pytest.mark.parametrize("description", URL_REFUSALS)
def test_row_35_a_400_to_a_video_is_about_the_video(description: str) -> None:
    """A 400 leads to the upload of a video in all of Telegram's words, and in those that nobody knows."""
    error = BadRequest(description)
    assert classify_error(error, video=True) == results.VideoRejected(error.message)


def test_row_35_a_400_to_a_text_is_no_trouble_of_transport() -> None:
    """A 400 in unknown words to a text may pass, and counts as a refusal where that matters."""
    error = BadRequest("Something that Telegram has never said before")
    assert classify_error(error) == results.Refused(error.message)


@pytest.mark.parametrize(("description", "meaning"), BAD_REQUESTS.items())
def test_row_35_what_is_not_about_the_video(description: str, meaning: type) -> None:
    """What is said about the message, the chat or the rights means the same of a video."""
    assert isinstance(classify_error(BadRequest(description), video=True), meaning)


@pytest.mark.parametrize("error", [BadRequest, Forbidden])
def test_row_34_the_page_of_a_proxy_is_trouble_of_transport(error: type[TelegramError]) -> None:
    """A 400 or 403 without Telegram's own words says nothing about the chat or the video."""
    message = "Forbidden (403). Parsing the server response b'<html>chat not found</html>' failed"
    assert classify_error(error(message), video=True) == results.TransientError(message)


@pytest.mark.parametrize("cause", [httpx.ConnectError(""), httpx.ConnectTimeout(""), httpx.PoolTimeout("")])
def test_row_35_a_call_that_was_not_sent(cause: Exception) -> None:
    """An error before the call is sent says nothing about how long Telegram takes with it."""
    error = NetworkError("out of reach")
    error.__cause__ = cause
    assert classify_error(error) == results.TransientError("out of reach", sent=False)
    error.__cause__ = httpx.ReadTimeout("")
    assert classify_error(error) == results.TransientError("out of reach", sent=True)


@pytest.mark.parametrize(
    "error",
    [
        NetworkError("httpx.ConnectError: all connection attempts failed"),
        TimedOut("Timed out"),
        TelegramError("Internal Server Error"),
        TelegramError("Invalid server response"),
        Conflict("terminated by other getUpdates request"),
        EndPointNotFound("Not Found"),
    ],
)
def test_an_unknown_error_may_pass(error: TelegramError) -> None:
    """What the bot does not know is tried again, and its detail is kept for the log."""
    assert classify_error(error) == results.TransientError(error.message)


def test_row_40_a_403_about_videos_is_about_rights() -> None:
    """Where videos or GIFs alone are forbidden, the bot can still say so, whichever code Telegram uses."""
    for right in ("VIDEOS", "GIFS", "MEDIA"):
        assert classify_error(Forbidden(f"CHAT_SEND_{right}_FORBIDDEN")) == results.MissingRights()


@pytest.mark.parametrize(
    "description",
    ["Forbidden: bot was blocked by the user", "Forbidden: user is deactivated", "Forbidden: anything else"],
)
def test_forbidden_means_that_the_chat_is_unavailable(description: str) -> None:
    """Whatever reason Telegram gives for a 403, the bot can't write there."""
    assert classify_error(Forbidden(description)) == results.ChatUnavailable(description)


@pytest.mark.parametrize("seconds", [0, 3, 3600])
def test_retry_after_keeps_its_seconds(seconds: int) -> None:
    """A 429 of Telegram's is waited for as long as it says."""
    assert classify_error(telegram_error.RetryAfter(seconds)) == results.RetryAfter(float(seconds))


def test_retry_after_may_be_a_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """An operator who sets PTB_TIMEDELTA, as PTB's next version will do by itself, has the same seconds."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    assert classify_error(telegram_error.RetryAfter(90)) == results.RetryAfter(90.0)


def test_our_own_limit_is_waited_for() -> None:
    """What our rate limiter refuses is sent when the group has room again."""
    assert classify_error(results.ChatBudgetExceeded(12.5)) == results.RetryAfter(12.5)


def test_a_migrated_group_has_a_new_id() -> None:
    """A group that became a supergroup is known under its new id."""
    assert classify_error(telegram_error.ChatMigrated(-100_42)) == results.ChatMigrated(-100_42)


def test_a_body_that_is_too_large_is_no_network_error() -> None:
    """PTB raises NetworkError for HTTP 413, which no repetition would mend."""
    assert classify_error(NetworkError("Request Entity Too Large (413)")) == results.VideoRejected(
        "Request Entity Too Large (413)"
    )


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (BadRequest("Message is not modified: specified new message content is exactly the same"), True),
        (BadRequest("MESSAGE IS NOT MODIFIED"), True),
        (BadRequest("MESSAGE_NOT_MODIFIED"), True),
        (BadRequest("Message to edit not found"), False),
        (NetworkError("message is not modified"), False),
    ],
)
def test_not_modified_means_done(error: TelegramError, *, expected: bool) -> None:
    """An edit that changes nothing is an edit that was made before."""
    assert is_not_modified(error) is expected
