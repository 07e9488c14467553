"""Messages that people write on the page: texts, photos, albums and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import UploadFile

from sandbox.page.actions import ActionRefused, chat_of, member_of
from sandbox.photos import photo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.datastructures import FormData

    from sandbox.telegram import Chat, FakeTelegram
    from sandbox.telegram.chats.chat import SendOptions

_MAX_ALBUM_SIZE = 10
"""The most pictures of one album (Bot API: sendMediaGroup)."""
_MAX_TEXT_LENGTH, _MAX_CAPTION_LENGTH = 4096, 1024
"""Characters (Bot API: Message.text, Message.caption)."""


async def send_message(telegram: FakeTelegram, form: FormData) -> list[int]:
    """Send a text, pictures or files, from a form; returns the message ids.

    Fields: `chat`, `by`, `text`, `reply_to`, `thread` (the topic), and in the order of the album any number of
    `photo` (an upload, or the name of a bundled picture) or `file` (an upload, sent as it is).

    Raises:
        Impossible: no such chat, person or message; nothing to send; too much, or no picture.
    """
    chat = chat_of(telegram, int(str(form["chat"])))
    text = str(form.get("text", "")).strip()
    reply_to = int(str(form.get("reply_to") or 0)) or None
    if reply_to is not None and reply_to not in chat.stored_messages:
        raise ActionRefused("The message that you reply to is not there any more.")
    thread = int(str(form.get("thread") or 0)) or None
    if thread is not None and thread not in chat.topics:
        raise ActionRefused("There is no such topic.")
    options: SendOptions = {"by": member_of(chat, int(str(form["by"]))), "reply_to": reply_to, "thread_id": thread}
    pictures = [await _photo_bytes(one) for one in form.getlist("photo")]
    files = [one for one in form.getlist("file") if isinstance(one, UploadFile)]
    _check_limits(text, pictures or files)
    return await _send_files(chat, files, text, options) if files else _send_photos(chat, pictures, text, options)


def _check_limits(text: str, attached: Sequence[object]) -> None:
    if not text and not attached:
        raise ActionRefused("There is nothing to send.")
    if len(attached) > _MAX_ALBUM_SIZE:
        raise ActionRefused(f"An album holds {_MAX_ALBUM_SIZE} pictures at most.")
    if len(text) > (_MAX_CAPTION_LENGTH if attached else _MAX_TEXT_LENGTH):
        raise ActionRefused("That is more text than Telegram takes.")


def _send_photos(chat: Chat, pictures: list[bytes], text: str, options: SendOptions) -> list[int]:
    try:
        match pictures:
            case []:
                return [chat.send_text(text, **options)]
            case [one]:
                return [chat.send_photo(one, text, **options)]
            case _:
                return chat.send_album(pictures, text, **options)
    except ValueError as error:
        raise ActionRefused("That is no picture that Telegram takes as a photo; send it as a file.") from error


async def _send_files(chat: Chat, uploads: list[UploadFile], caption: str, options: SendOptions) -> list[int]:
    """Send uploads as they are; the last one carries the caption, as Telegram's apps do it with files."""
    if len(uploads) > 1:
        options = {**options, "media_group_id": str(chat.shared.next_number())}
    ids = []
    for one in uploads:
        words = caption if one is uploads[-1] else None
        data, mime = await one.read(), one.content_type or "application/octet-stream"
        ids.append(chat.send_document(data, one.filename or "file", mime, words, **options))
    return ids


async def _photo_bytes(given: UploadFile | str) -> bytes:
    if isinstance(given, UploadFile):
        return await given.read()
    try:
        return photo(given)
    except FileNotFoundError as error:
        raise ActionRefused("There is no such picture.") from error
