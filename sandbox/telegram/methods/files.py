"""getFile, getUserProfilePhotos."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.telegram.formats import errors as refusals
from sandbox.telegram.formats.errors import bad_request
from sandbox.telegram.state.files import DOWNLOAD_LIMIT

if TYPE_CHECKING:
    from sandbox.telegram.formats.params import Params
    from sandbox.telegram.server_state import World


def get_file(world: World, params: Params) -> dict[str, Any]:
    """Bot API: getFile: at most 20 MB."""
    stored = world.files.by_id(params.text("file_id"))
    if stored is None:
        raise bad_request(refusals.FILE_UNKNOWN)
    if stored.size > DOWNLOAD_LIMIT:
        raise bad_request(refusals.FILE_TOO_BIG)
    return {**stored.reference(), "file_path": stored.path}


def get_user_profile_photos(world: World, params: Params) -> dict[str, Any]:
    """Bot API: getUserProfilePhotos: what a person's privacy settings let the bot see."""
    person = world.people.get(params.integer("user_id"))
    if person is None:
        raise bad_request("user not found")
    photos = [world.files.photo(person.picture).body] if person.picture and not person.picture_hidden else []
    return {"total_count": len(photos), "photos": photos}
