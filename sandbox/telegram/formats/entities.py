"""Message entities: found in plain text as Telegram finds them, and written back as HTML for people.

Offsets and lengths are in UTF-16 code units (Bot API: MessageEntity).
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ENTITY = re.compile(
    r"(?P<url>https?://[^\s<>]+[\w/])"
    r"|(?<![\w/@.<>])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/@])"
    r"|(?<![\w/])(?P<mention>@[A-Za-z0-9_]{3,32})(?!\w)"
    r"|(?<!\w)(?P<hashtag>#\w{1,256})"
)
_FIRST_CHARACTERS = frozenset("/@#")

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote expandable",
}


def utf16_length(text: str) -> int:
    """Return the length in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf16_slice(text: str, offset: int, length: int) -> str:
    """Return the part of `text` that an entity covers."""
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def find_entities(text: str, explicit: Sequence[dict[str, Any]] = ()) -> list[dict[str, Any]]:
    """Find commands, mentions, hashtags and links outside of the `explicit` entities; return them all in order."""
    if _FIRST_CHARACTERS.isdisjoint(text):
        return list(explicit)
    found = [
        {"type": hit.lastgroup, "offset": utf16_length(text[: hit.start()]), "length": utf16_length(hit.group())}
        for hit in _ENTITY.finditer(text)
    ]
    free = [entity for entity in found if not any(_overlap(entity, other) for other in explicit)]
    return sorted([*explicit, *free], key=lambda entity: (entity["offset"], -entity["length"]))


def _overlap(first: dict[str, Any], second: dict[str, Any]) -> bool:
    return bool(
        first["offset"] < second["offset"] + second["length"] and second["offset"] < first["offset"] + first["length"]
    )


def to_html(text: str, entities: Iterable[dict[str, Any]]) -> str:
    """Return text and entities as the HTML that a bot would have sent."""
    marks: dict[int, list[str]] = {}
    for entity in entities:
        opened, closed = _tags(entity)
        if opened:
            start, end = entity["offset"], entity["offset"] + entity["length"]
            marks.setdefault(start, []).append(opened)
            marks.setdefault(end, []).insert(0, closed)
    if not marks:
        return html.escape(text, quote=False)
    return _interleave(text, marks)


def _interleave(text: str, marks: dict[int, list[str]]) -> str:
    edges = sorted({0, utf16_length(text), *marks})
    parts = []
    for start, end in zip(edges, [*edges[1:], edges[-1]], strict=True):
        tags = marks.get(start, [])
        parts += [tag for tag in tags if tag.startswith("</")]
        parts += [tag for tag in tags if not tag.startswith("</")]
        parts.append(html.escape(utf16_slice(text, start, end - start), quote=False))
    return "".join(parts)


def _tags(entity: dict[str, Any]) -> tuple[str, str]:
    kind = entity["type"]
    if kind == "text_link":
        return f'<a href="{html.escape(entity["url"])}">', "</a>"
    if kind == "text_mention":
        return f'<a href="tg://user?id={entity["user"]["id"]}">', "</a>"
    if kind == "custom_emoji":
        return f'<tg-emoji emoji-id="{entity["custom_emoji_id"]}">', "</tg-emoji>"
    tag = _TAGS.get(kind)
    return (f"<{tag}>", f"</{tag.split()[0]}>") if tag else ("", "")
