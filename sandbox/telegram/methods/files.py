"""getFile, getUserProfilePhotos."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.telegram.formats import errors as refusals
from sandbox.telegram.formats.errors import bad_request
from sandbox.telegram.state.files import DOWNLOAD_LIMIT

if TYPE_CHECKING:
    from sandbox.telegram.formats.params import Params
    from sandbox.telegram.server_state import ServerState


def get_file(state: ServerState, params: Params) -> dict[str, Any]:
    """Bot API: getFile, at most 20 MB."""
    stored = state.files.by_id(params.string("file_id"))
    if stored is None:
        raise bad_request(refusals.FILE_UNKNOWN)
    if stored.size > DOWNLOAD_LIMIT:
        raise bad_request(refusals.FILE_TOO_BIG)
    return {**stored.common_fields(), "file_path": stored.path}


def get_user_profile_photos(state: ServerState, params: Params) -> dict[str, Any]:
    """Bot API: getUserProfilePhotos, as the person's privacy settings allow."""
    person = state.people.get(params.integer("user_id"))
    if person is None:
        raise bad_request("user not found")
    photos = (
        [state.files.add_photo(person.profile_photo).api_object]
        if person.profile_photo and not person.hides_profile_photo
        else []
    )
    return {"total_count": len(photos), "photos": photos}
