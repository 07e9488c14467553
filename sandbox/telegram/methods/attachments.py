"""Files that the bot sends: uploaded, by URL, or by `file_id` (Bot API: Sending files)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.telegram.formats import errors as refusals
from sandbox.telegram.formats.errors import bad_request
from sandbox.telegram.formats.media import has_sound, image_size, is_mp4
from sandbox.telegram.formats.params import Upload
from sandbox.telegram.state.http_client import fetch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.telegram.formats.params import Params
    from sandbox.telegram.server_state import ServerState
    from sandbox.telegram.state.files import FileKind, StoredFile

MAX_PHOTO_UPLOAD_BYTES = 10 * 1024 * 1024
"""Bot API: sendPhoto."""
MAX_PHOTO_URL_BYTES = 5 * 1024 * 1024
"""Bot API: Sending files."""

RIGHTS = {"photo": "photos", "video": "videos", "animation": "GIFs", "document": "documents"}
"""The name of the right to send each kind, as error descriptions have it."""


async def resolve_file(
    state: ServerState, params: Params, kind: FileKind, given: Mapping[str, Any], name: str, *, uploads: bool = True
) -> StoredFile:
    """Return the file that `given[name]` stands for; fetch or store it if it is new.

    Args:
        state: the server's state.
        params: the whole call, which has the parts that `attach://` names.
        kind: photo, video or document.
        given: the object that names the file, and for a video its width, height and duration.
        name: the field of `given` that names the file.
        uploads: whether this call may bring a new file.

    Raises:
        ApiError: there is no file, it is of another kind or too large, or the URL cannot be fetched.
    """
    value = given.get(name)
    if isinstance(value, str) and value.startswith("attach://"):
        value = params.get(value.removeprefix("attach://"))
    if isinstance(value, Upload) and uploads:
        return _store_upload(state, kind, value, given)
    if isinstance(value, str) and value.startswith(("http://", "https://")):
        return await _fetch_url(state, kind, value, given)
    stored = state.files.by_id(value) if isinstance(value, str) else None
    if stored is None:
        raise bad_request(f"there is no {kind} in the request" if not value else refusals.FILE_WRONG)
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
    return stored


def _store_upload(state: ServerState, kind: FileKind, upload: Upload, given: Mapping[str, Any]) -> StoredFile:
    if not upload.size:
        raise bad_request(refusals.FILE_EMPTY)
    if kind == "photo" and upload.size > MAX_PHOTO_UPLOAD_BYTES:
        raise bad_request("file is too big")
    return _store(state, kind, upload.data, upload.name, given)


async def _fetch_url(state: ServerState, kind: FileKind, url: str, given: Mapping[str, Any]) -> StoredFile:
    """Fetch a file. The same bytes from the same URL are the same file, as in Telegram's cache."""
    data = await (fetch(url, MAX_PHOTO_URL_BYTES) if kind == "photo" else fetch(url))
    cached = state.fetched_files.get(url)
    if cached is not None and cached.kind in {kind, "animation"} and cached.data == data:
        return cached
    if (kind == "video" and not is_mp4(data)) or (kind == "photo" and image_size(data) is None):
        raise bad_request(refusals.URL_WRONG_TYPE)
    silent = kind == "video" and state.silent_video_is_animation and not has_sound(data)
    stored = _store(state, "animation" if silent else kind, data, url.partition("?")[0].rpartition("/")[2], given)
    state.fetched_files[url] = stored
    return stored


def _store(state: ServerState, kind: FileKind, data: bytes, name: str, given: Mapping[str, Any]) -> StoredFile:
    if kind == "photo":
        if image_size(data) is None:
            raise bad_request(refusals.IMAGE_FAILED)
        return state.files.add_photo(data)
    if kind in {"video", "animation"}:
        stated = {side: int(given[side]) for side in ("width", "height", "duration") if given.get(side)}
        return state.files.add_video(data, name, kind=kind, **stated)
    return state.files.add_document(data, name or "file", "video/mp4" if is_mp4(data) else "application/octet-stream")
