"""Messages that people write on the page: texts, photos, albums and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import UploadFile

from sandbox.page.actions import Impossible, chat_of, member_of
from sandbox.photos import photo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.datastructures import FormData

    from sandbox.telegram import Chat, FakeTelegram
    from sandbox.telegram.chats.chat import SendOptions

_ALBUM = 10
"""The most pictures of one album (Bot API: sendMediaGroup)."""
_TEXT, _CAPTION = 4096, 1024
"""Characters (Bot API: Message.text, Message.caption)."""


async def say(telegram: FakeTelegram, form: FormData) -> list[int]:
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
        raise Impossible("The message that you reply to is not there any more.")
    thread = int(str(form.get("thread") or 0)) or None
    if thread is not None and thread not in chat.topics:
        raise Impossible("There is no such topic.")
    how: SendOptions = {"by": member_of(chat, int(str(form["by"]))), "reply_to": reply_to, "thread_id": thread}
    pictures = [await _picture(one) for one in form.getlist("photo")]
    files = [one for one in form.getlist("file") if isinstance(one, UploadFile)]
    _check(text, pictures or files)
    return await _send_files(chat, files, text, how) if files else _send(chat, pictures, text, how)


def _check(text: str, attached: Sequence[object]) -> None:
    if not text and not attached:
        raise Impossible("There is nothing to send.")
    if len(attached) > _ALBUM:
        raise Impossible(f"An album holds {_ALBUM} pictures at most.")
    if len(text) > (_CAPTION if attached else _TEXT):
        raise Impossible("That is more text than Telegram takes.")


def _send(chat: Chat, pictures: list[bytes], text: str, how: SendOptions) -> list[int]:
    try:
        match pictures:
            case []:
                return [chat.send_text(text, **how)]
            case [one]:
                return [chat.send_photo(one, text, **how)]
            case _:
                return chat.send_album(pictures, text, **how)
    except ValueError as error:
        raise Impossible("That is no picture that Telegram takes as a photo; send it as a file.") from error


async def _send_files(chat: Chat, uploads: list[UploadFile], caption: str, how: SendOptions) -> list[int]:
    """Send uploads as they are; the last one carries the caption, as Telegram's apps do it with files."""
    if len(uploads) > 1:
        how = {**how, "media_group_id": str(chat.shared.next_number())}
    ids = []
    for one in uploads:
        words = caption if one is uploads[-1] else None
        data, mime = await one.read(), one.content_type or "application/octet-stream"
        ids.append(chat.send_document(data, one.filename or "file", mime, words, **how))
    return ids


async def _picture(given: UploadFile | str) -> bytes:
    if isinstance(given, UploadFile):
        return await given.read()
    try:
        return photo(given)
    except FileNotFoundError as error:
        raise Impossible("There is no such picture.") from error
