"""Messages that people send on the page: texts, photos, albums and files."""

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
"""Bot API: sendMediaGroup."""
_MAX_TEXT_LENGTH, _MAX_CAPTION_LENGTH = 4096, 1024
"""Characters (Bot API: Message.text, Message.caption)."""


async def send_message(telegram: FakeTelegram, form: FormData) -> list[int]:
    """Send a text, photos or files from a form; return the message ids.

    Fields: `chat`, `by`, `text`, `reply_to`, `thread` (the topic), and in the order of the album any number of
    `photo` (an upload, or the name of a bundled photo) or `file` (an upload that is sent without compression).

    Raises:
        ActionRefused: there is no such chat, person, message or topic, or Telegram would not take the message.
    """
    chat = chat_of(telegram, int(str(form["chat"])))
    text = str(form.get("text", "")).strip()
    reply_to = int(str(form.get("reply_to") or 0)) or None
    if reply_to is not None and reply_to not in chat.stored_messages:
        raise ActionRefused("The message that you reply to is not there any more.")
    thread_id = int(str(form.get("thread") or 0)) or None
    if thread_id is not None and thread_id not in chat.topics:
        raise ActionRefused("There is no such topic.")
    options: SendOptions = {"by": member_of(chat, int(str(form["by"]))), "reply_to": reply_to, "thread_id": thread_id}
    photos = [await _photo_bytes(one) for one in form.getlist("photo")]
    files = [one for one in form.getlist("file") if isinstance(one, UploadFile)]
    _check_limits(text, photos or files)
    return await _send_files(chat, files, text, options) if files else _send_photos(chat, photos, text, options)


def _check_limits(text: str, attached: Sequence[object]) -> None:
    if not text and not attached:
        raise ActionRefused("There is nothing to send.")
    if len(attached) > _MAX_ALBUM_SIZE:
        raise ActionRefused(f"An album holds {_MAX_ALBUM_SIZE} pictures at most.")
    if len(text) > (_MAX_CAPTION_LENGTH if attached else _MAX_TEXT_LENGTH):
        raise ActionRefused("That is more text than Telegram takes.")


def _send_photos(chat: Chat, photos: list[bytes], text: str, options: SendOptions) -> list[int]:
    try:
        match photos:
            case []:
                return [chat.send_text(text, **options)]
            case [one]:
                return [chat.send_photo(one, text, **options)]
            case _:
                return chat.send_album(photos, text, **options)
    except ValueError as error:
        raise ActionRefused("That is no picture that Telegram takes as a photo; send it as a file.") from error


async def _send_files(chat: Chat, uploads: list[UploadFile], caption: str, options: SendOptions) -> list[int]:
    """Send uploads without compression; the last upload has the caption, as in Telegram's apps."""
    if len(uploads) > 1:
        options = {**options, "media_group_id": str(chat.shared.next_number())}
    ids = []
    for upload in uploads:
        text = caption if upload is uploads[-1] else None
        data, mime = await upload.read(), upload.content_type or "application/octet-stream"
        ids.append(chat.send_document(data, upload.filename or "file", mime, text, **options))
    return ids


async def _photo_bytes(upload_or_name: UploadFile | str) -> bytes:
    if isinstance(upload_or_name, UploadFile):
        return await upload_or_name.read()
    try:
        return photo(upload_or_name)
    except FileNotFoundError as error:
        raise ActionRefused("There is no such picture.") from error
