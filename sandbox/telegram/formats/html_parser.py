"""Parses the HTML of the bot's texts into text and entities, as strictly as Telegram does (Bot API: HTML style).

The error descriptions are those of the Bot API server.
"""

from __future__ import annotations

import re
from typing import Any

from sandbox.telegram.formats.entities import utf16_length
from sandbox.telegram.formats.errors import ApiError, bad_request

_TAG = re.compile(r"""<(/?)([^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>""")
_ATTRIBUTE = re.compile(r"""([\w-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
_REFERENCE = re.compile(r"&(lt|gt|amp|quot|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ENTITY_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
}


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Return the text and the entities of an HTML text.

    Raises:
        ApiError: "Bad Request: can't parse entities: …".
    """
    if "<" not in source and "&" not in source:
        return _trim(source, [])
    reader = _HtmlParser(source)
    reader.parse()
    return _trim("".join(reader.parts), sorted(reader.entities, key=lambda e: (e["offset"], -e["length"])))


class _HtmlParser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.parts: list[str] = []
        self.length = 0
        self.open: list[tuple[str, dict[str, str], int]] = []
        self.entities: list[dict[str, Any]] = []

    def parse(self) -> None:
        at = 0
        while (tag_at := self.source.find("<", at)) >= 0:
            self._add_text(self.source[at:tag_at])
            tag = _TAG.match(self.source, tag_at)
            if tag is None:
                raise self._error("Unclosed start tag at byte offset {}", tag_at)
            if tag[1]:
                self._close_tag(tag[2].lower(), tag_at)
            else:
                self._open_tag(tag[2].lower(), tag[3], tag_at)
            at = tag.end()
        self._add_text(self.source[at:])
        if self.open:
            raise self._error(f'Can\'t find end tag corresponding to start tag "{self.open[-1][0]}"', 0)

    def _add_text(self, text: str) -> None:
        plain = _REFERENCE.sub(_decode_reference, text)
        self.parts.append(plain)
        self.length += utf16_length(plain)

    def _open_tag(self, name: str, attributes: str, at: int) -> None:
        parsed = {key.lower(): value.strip("\"'") for key, value in _ATTRIBUTE.findall(attributes)}
        if name not in _ENTITY_TYPES or (name == "span" and parsed.get("class") != "tg-spoiler"):
            raise self._error(f'Unsupported start tag "{name}" at byte offset {{}}', at)
        self.open.append((name, parsed, self.length))

    def _close_tag(self, name: str, at: int) -> None:
        if not self.open:
            raise self._error("Unexpected end tag at byte offset {}", at)
        opened, given, start = self.open.pop()
        if name and name != opened:
            text = f'Unmatched end tag at byte offset {{}}, expected "</{opened}>", found "</{name}>"'
            raise self._error(text, at)
        if self.length > start:
            self._add_entity(opened, given, start)

    def _add_entity(self, name: str, given: dict[str, str], start: int) -> None:
        entity: dict[str, Any] = {"type": _ENTITY_TYPES[name], "offset": start, "length": self.length - start}
        if name == "a":
            url = _REFERENCE.sub(_decode_reference, given.get("href", ""))
            if not url:
                return
            entity["url"] = url
        elif name == "tg-emoji":
            entity["custom_emoji_id"] = given.get("emoji-id", "")
        elif name == "blockquote" and "expandable" in given:
            entity["type"] = "expandable_blockquote"
        elif name == "pre" and self._is_code_of(entity):
            entity["language"] = self.entities.pop()["language"]
        elif name == "code" and given.get("class", "").startswith("language-"):
            entity["language"] = given["class"].removeprefix("language-")
        self.entities.append(entity)

    def _is_code_of(self, pre: dict[str, Any]) -> bool:
        last = self.entities[-1] if self.entities else {}
        return "language" in last and (last["offset"], last["length"]) == (pre["offset"], pre["length"])

    def _error(self, text: str, at: int) -> ApiError:
        offset = len(self.source[:at].encode())
        return bad_request("can't parse entities: " + text.format(offset))


def _decode_reference(reference: re.Match[str]) -> str:
    name = reference[1]
    if name in _NAMED:
        return _NAMED[name]
    code = int(f"0{name[1:]}", 0) if name[1] in "xX" else int(name[1:])
    return chr(code) if 0 < code < 0x110000 else reference[0]


def _trim(text: str, entities: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    """Remove whitespace from both ends, as Telegram does, and shift the entities."""
    trimmed = text.strip()
    if trimmed == text:
        return text, entities
    shift, end = utf16_length(text[: len(text) - len(text.lstrip())]), utf16_length(trimmed)
    shifted = []
    for entity in entities:
        start = max(0, entity["offset"] - shift)
        stop = min(end, entity["offset"] + entity["length"] - shift)
        if stop > start:
            shifted.append({**entity, "offset": start, "length": stop - start})
    return trimmed, shifted
