"""Every file that Telegram holds, with the objects that describe it to bots."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from sandbox.telegram.formats.media import image_size, is_mp4, make_thumbnail, thumbnail_size, video_info

if TYPE_CHECKING:
    from collections.abc import Callable

FileKind = Literal["photo", "video", "animation", "document", "sticker", "voice", "thumbnail"]
DOWNLOAD_LIMIT = 20 * 1024 * 1024
"""Bytes: the largest file that a bot may download (Bot API: getFile)."""

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
        body: the `PhotoSize` list, or the `Video`, `Document`, … object.
        make: makes the bytes when they are first asked for.
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
        """The content."""
        if self._data is None:
            self._data = self.load()
            self.size = len(self._data)
        return self._data

    def common_fields(self) -> dict[str, Any]:
        """Make what every object that stands for a file begins with."""
        return {"file_id": self.file_id, "file_unique_id": f"u{self.file_id[-12:]}", "file_size": self.size}


class FileStore:
    """All files, by their `file_id` and by their path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def by_id(self, file_id: str) -> StoredFile | None:
        """Find a file by its `file_id`."""
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        """Find a file by the `file_path` that getFile gave."""
        return self._by_path.get(path)

    def add_photo(self, data: bytes) -> StoredFile:
        """Keep a picture, with a thumbnail where it is larger than one.

        Raises:
            ValueError: the bytes are no picture.
        """
        size = image_size(data)
        if size is None:
            raise ValueError("a photo must be a JPEG, PNG or WebP; send anything else as a document")
        stored = self._store("photo", data)
        largest = {**stored.common_fields(), "width": size[0], "height": size[1]}
        small = self._add_thumbnail(data)
        stored.api_object = [small, largest] if small else [largest]
        return stored

    def add_document(self, data: bytes, name: str, mime: str) -> StoredFile:
        """Keep a file as it is."""
        stored = self._store("document", data, name.rpartition(".")[2])
        stored.api_object = {**stored.common_fields(), "file_name": name, "mime_type": mime}
        small = self._add_thumbnail(data)
        if small:
            stored.api_object["thumbnail"] = small
        return stored

    def add_video(self, data: bytes, name: str = "", *, kind: FileKind = "video", **stated: int) -> StoredFile:
        """Keep a video; one that is no MP4 becomes a document. `told`: width, height and duration."""
        if not is_mp4(data):
            return self.add_document(data, name or "video", "application/octet-stream")
        facts = video_info(data)
        stored = self._store(kind, data)
        stored.api_object = stored.common_fields() | {
            "width": stated.get("width") or facts.width,
            "height": stated.get("height") or facts.height,
            "duration": stated.get("duration") or facts.duration,
            "mime_type": "video/mp4",
        }
        if name:
            stored.api_object["file_name"] = name
        return stored

    def add_sticker(self, data: bytes) -> StoredFile:
        """Keep a sticker."""
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
        """Keep a voice message."""
        stored = self._store("voice", data)
        stored.api_object = stored.common_fields() | {"duration": 3, "mime_type": "audio/ogg"}
        return stored

    def _add_thumbnail(self, data: bytes) -> dict[str, Any] | None:
        whole = image_size(data)
        size = thumbnail_size(*whole) if whole else None
        if size is None:
            return None
        stored = self._store("thumbnail", None)
        stored.load = lambda: make_thumbnail(data, size)
        stored.size = 1024
        return {**stored.common_fields(), "width": size[0], "height": size[1]}

    def _store(self, kind: FileKind, data: bytes | None, ending: str = "") -> StoredFile:
        number = len(self._by_id)
        folder, usual = _FOLDERS[kind]
        ending = ending or usual or "bin"
        stored = StoredFile(
            file_id=f"{kind[:2].upper()}{number:010d}_{kind}",
            kind=kind,
            path=f"{folder}/file_{number}.{ending}",
            size=len(data or b""),
            _data=data,
        )
        self._by_id[stored.file_id] = self._by_path[stored.path] = stored
        return stored
