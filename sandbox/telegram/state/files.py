"""Every file that Telegram holds, with the objects that describe it to bots."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from sandbox.telegram.formats.media import is_mp4, picture_size, thumbnail, thumbnail_size, video_facts

if TYPE_CHECKING:
    from collections.abc import Callable

Kind = Literal["photo", "video", "animation", "document", "sticker", "voice", "thumbnail"]
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
    kind: Kind
    path: str
    size: int
    body: Any = None
    make: Callable[[], bytes] = field(repr=False, default=bytes)
    _data: bytes | None = field(repr=False, default=None)

    @property
    def data(self) -> bytes:
        """The content."""
        if self._data is None:
            self._data = self.make()
            self.size = len(self._data)
        return self._data

    def reference(self) -> dict[str, Any]:
        """Make what every object that stands for a file begins with."""
        return {"file_id": self.file_id, "file_unique_id": f"u{self.file_id[-12:]}", "file_size": self.size}


class Files:
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

    def photo(self, data: bytes) -> StoredFile:
        """Keep a picture, with a thumbnail where it is larger than one.

        Raises:
            ValueError: the bytes are no picture.
        """
        size = picture_size(data)
        if size is None:
            raise ValueError("a photo must be a JPEG, PNG or WebP; send anything else as a document")
        stored = self._keep("photo", data)
        largest = {**stored.reference(), "width": size[0], "height": size[1]}
        small = self._thumbnail(data)
        stored.body = [small, largest] if small else [largest]
        return stored

    def document(self, data: bytes, name: str, mime: str) -> StoredFile:
        """Keep a file as it is."""
        stored = self._keep("document", data, name.rpartition(".")[2])
        stored.body = {**stored.reference(), "file_name": name, "mime_type": mime}
        small = self._thumbnail(data)
        if small:
            stored.body["thumbnail"] = small
        return stored

    def video(self, data: bytes, name: str = "", *, kind: Kind = "video", **told: int) -> StoredFile:
        """Keep a video; one that is no MP4 becomes a document. `told`: width, height and duration."""
        if not is_mp4(data):
            return self.document(data, name or "video", "application/octet-stream")
        facts = video_facts(data)
        stored = self._keep(kind, data)
        stored.body = stored.reference() | {
            "width": told.get("width") or facts.width,
            "height": told.get("height") or facts.height,
            "duration": told.get("duration") or facts.duration,
            "mime_type": "video/mp4",
        }
        if name:
            stored.body["file_name"] = name
        return stored

    def sticker(self, data: bytes) -> StoredFile:
        """Keep a sticker."""
        stored = self._keep("sticker", data)
        stored.body = stored.reference() | {
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": "\N{SMILING FACE WITH OPEN MOUTH}",
        }
        return stored

    def voice(self, data: bytes) -> StoredFile:
        """Keep a voice message."""
        stored = self._keep("voice", data)
        stored.body = stored.reference() | {"duration": 3, "mime_type": "audio/ogg"}
        return stored

    def _thumbnail(self, data: bytes) -> dict[str, Any] | None:
        whole = picture_size(data)
        size = thumbnail_size(*whole) if whole else None
        if size is None:
            return None
        stored = self._keep("thumbnail", None)
        stored.make = lambda: thumbnail(data, size)
        stored.size = 1024
        return {**stored.reference(), "width": size[0], "height": size[1]}

    def _keep(self, kind: Kind, data: bytes | None, ending: str = "") -> StoredFile:
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
