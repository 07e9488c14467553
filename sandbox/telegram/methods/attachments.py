"""Files that the bot sends: uploaded, named by URL, or known by `file_id` (Bot API: Sending files)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.telegram.formats import errors as refusals
from sandbox.telegram.formats.errors import bad_request
from sandbox.telegram.formats.media import has_sound, is_mp4, picture_size
from sandbox.telegram.formats.params import Upload
from sandbox.telegram.state.http_client import fetch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.telegram.formats.params import Params
    from sandbox.telegram.server_state import World
    from sandbox.telegram.state.files import Kind, StoredFile

PHOTO_UPLOAD_LIMIT = 10 * 1024 * 1024
"""Bytes (Bot API: sendPhoto)."""
PHOTO_URL_LIMIT = 5 * 1024 * 1024
"""Bytes (Bot API: Sending files)."""

RIGHTS = {"photo": "photos", "video": "videos", "animation": "GIFs", "document": "documents"}
"""What the right to send each kind is called in a refusal."""


async def attachment(
    world: World, params: Params, kind: Kind, given: Mapping[str, Any], name: str, *, uploads: bool = True
) -> StoredFile:
    """Find, fetch or take in the file that `given[name]` stands for.

    Args:
        world: the pretend Telegram.
        params: the whole call, which holds the parts that `attach://` names.
        kind: photo, video or document.
        given: the object that names the file, and for a video its width, height and duration.
        name: which field of it names the file.
        uploads: whether a new file may come with this call.

    Raises:
        RefusalError: no file, one of another kind, too large, or a URL that gives none.
    """
    value = given.get(name)
    if isinstance(value, str) and value.startswith("attach://"):
        value = params.get(value.removeprefix("attach://"))
    if isinstance(value, Upload) and uploads:
        return _take(world, kind, value, given)
    if isinstance(value, str) and value.startswith(("http://", "https://")):
        return await _fetch(world, kind, value, given)
    stored = world.files.by_id(value) if isinstance(value, str) else None
    if stored is None:
        raise bad_request(f"there is no {kind} in the request" if not value else refusals.FILE_WRONG)
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
    return stored


def _take(world: World, kind: Kind, upload: Upload, given: Mapping[str, Any]) -> StoredFile:
    if not upload.size:
        raise bad_request(refusals.FILE_EMPTY)
    if kind == "photo" and upload.size > PHOTO_UPLOAD_LIMIT:
        raise bad_request("file is too big")
    return _keep(world, kind, upload.data, upload.name, given)


async def _fetch(world: World, kind: Kind, url: str, given: Mapping[str, Any]) -> StoredFile:
    """Fetch a file. The same content at the same URL is the same file, as in Telegram's cache."""
    data = await (fetch(url, PHOTO_URL_LIMIT) if kind == "photo" else fetch(url))
    known = world.fetched.get(url)
    if known is not None and known.kind in {kind, "animation"} and known.data == data:
        return known
    if (kind == "video" and not is_mp4(data)) or (kind == "photo" and picture_size(data) is None):
        raise bad_request(refusals.URL_WRONG_TYPE)
    mute = kind == "video" and world.mute_is_animation and not has_sound(data)
    stored = _keep(world, "animation" if mute else kind, data, url.partition("?")[0].rpartition("/")[2], given)
    world.fetched[url] = stored
    return stored


def _keep(world: World, kind: Kind, data: bytes, name: str, given: Mapping[str, Any]) -> StoredFile:
    if kind == "photo":
        if picture_size(data) is None:
            raise bad_request(refusals.IMAGE_FAILED)
        return world.files.photo(data)
    if kind in {"video", "animation"}:
        told = {side: int(given[side]) for side in ("width", "height", "duration") if given.get(side)}
        return world.files.video(data, name, kind=kind, **told)
    return world.files.document(data, name or "file", "video/mp4" if is_mp4(data) else "application/octet-stream")
