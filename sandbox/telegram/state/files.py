"""The files that Telegram keeps, with the objects that describe them to bots."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from sandbox.telegram.formats.media import image_size, is_mp4, make_thumbnail, thumbnail_size, video_info

if TYPE_CHECKING:
    from collections.abc import Callable

FileKind = Literal["photo", "video", "animation", "document", "sticker", "voice", "thumbnail"]
DOWNLOAD_LIMIT = 20 * 1024 * 1024
"""The largest file that a bot may download, in bytes (Bot API: getFile)."""

_FOLDERS = {
    "photo": ("photos", "jpg"),
    "video": ("videos", "mp4"),
    "animation": ("animations", "mp4"),
    "document": ("documents", ""),
    "sticker": ("stickers", "webp"),
    "voice": ("voice", "oga"),
    "thumbnail": ("thumbnails", "jpg"),
}


@dataclass(eq=False, slots=True)
class StoredFile:
    """One file.

    Attributes:
        api_object: the `PhotoSize` list, or the `Video`, `Document`, … object.
        load: returns the bytes when they are first asked for.
    """

    file_id: str
    kind: FileKind
    path: str
    size: int
    api_object: Any = None
    load: Callable[[], bytes] = field(repr=False, default=bytes)
    _data: bytes | None = field(repr=False, default=None)

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        if self._data is None:
            self._data = self.load()
            self.size = len(self._data)
        return self._data

    def common_fields(self) -> dict[str, Any]:
        """Return the fields that all objects for files have."""
        return {"file_id": self.file_id, "file_unique_id": f"u{self.file_id[-12:]}", "file_size": self.size}


class FileStore:
    """All files, by their `file_id` and by their path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def by_id(self, file_id: str) -> StoredFile | None:
        """Return the file with this `file_id`, or None."""
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        """Return the file with this `file_path` of getFile, or None."""
        return self._by_path.get(path)

    def add_photo(self, data: bytes) -> StoredFile:
        """Add a photo, with a thumbnail if it is larger than one.

        Raises:
            ValueError: the bytes are not an image.
        """
        size = image_size(data)
        if size is None:
            raise ValueError("a photo must be a JPEG, PNG or WebP; send anything else as a document")
        stored = self._store("photo", data)
        largest = {**stored.common_fields(), "width": size[0], "height": size[1]}
        thumbnail = self._add_thumbnail(data)
        stored.api_object = [thumbnail, largest] if thumbnail else [largest]
        return stored

    def add_document(self, data: bytes, name: str, mime: str) -> StoredFile:
        """Add a file without compression."""
        stored = self._store("document", data, name.rpartition(".")[2])
        stored.api_object = {**stored.common_fields(), "file_name": name, "mime_type": mime}
        thumbnail = self._add_thumbnail(data)
        if thumbnail:
            stored.api_object["thumbnail"] = thumbnail
        return stored

    def add_video(self, data: bytes, name: str = "", *, kind: FileKind = "video", **stated: int) -> StoredFile:
        """Add a video; bytes that are not an MP4 become a document. `stated` may have width, height and duration."""
        if not is_mp4(data):
            return self.add_document(data, name or "video", "application/octet-stream")
        info = video_info(data)
        stored = self._store(kind, data)
        stored.api_object = stored.common_fields() | {
            "width": stated.get("width") or info.width,
            "height": stated.get("height") or info.height,
            "duration": stated.get("duration") or info.duration,
            "mime_type": "video/mp4",
        }
        if name:
            stored.api_object["file_name"] = name
        return stored

    def add_sticker(self, data: bytes) -> StoredFile:
        """Add a sticker."""
        stored = self._store("sticker", data)
        stored.api_object = stored.common_fields() | {
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": "\N{SMILING FACE WITH OPEN MOUTH}",
        }
        return stored

    def add_voice(self, data: bytes) -> StoredFile:
        """Add a voice message."""
        stored = self._store("voice", data)
        stored.api_object = stored.common_fields() | {"duration": 3, "mime_type": "audio/ogg"}
        return stored

    def _add_thumbnail(self, data: bytes) -> dict[str, Any] | None:
        full_size = image_size(data)
        size = thumbnail_size(*full_size) if full_size else None
        if size is None:
            return None
        stored = self._store("thumbnail", None)
        stored.load = lambda: make_thumbnail(data, size)
        stored.size = 1024
        return {**stored.common_fields(), "width": size[0], "height": size[1]}

    def _store(self, kind: FileKind, data: bytes | None, suffix: str = "") -> StoredFile:
        number = len(self._by_id)
        folder, default_suffix = _FOLDERS[kind]
        suffix = suffix or default_suffix or "bin"
        stored = StoredFile(
            file_id=f"{kind[:2].upper()}{number:010d}_{kind}",
            kind=kind,
            path=f"{folder}/file_{number}.{suffix}",
            size=len(data or b""),
            _data=data,
        )
        self._by_id[stored.file_id] = self._by_path[stored.path] = stored
        return stored
