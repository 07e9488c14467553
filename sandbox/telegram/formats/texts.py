"""Texts and captions that the bot sends: formatted, measured, refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.telegram.formats.entities import find_entities, utf16_length
from sandbox.telegram.formats.errors import CAPTION_TOO_LONG, TEXT_EMPTY, TEXT_TOO_LONG, bad_request
from sandbox.telegram.formats.html_parser import parse_html

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_TEXT_LENGTH = 4096
"""UTF-16 code units after entities parsing (Bot API: sendMessage)."""
MAX_CAPTION_LENGTH = 1024
"""UTF-16 code units after entities parsing (Bot API: sendVideo)."""


def text_fields(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return `text` and `entities` of a message.

    Raises:
        RefusalError: an empty text, one that is too long, or broken HTML.
    """
    text, entities = _formatted(given, "text", "entities")
    if not text:
        raise bad_request(TEXT_EMPTY)
    if utf16_length(text) > MAX_TEXT_LENGTH:
        raise bad_request(TEXT_TOO_LONG)
    return {"text": text, "entities": entities} if entities else {"text": text}


def caption_fields(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return `caption` and `caption_entities` of a message, nothing for an empty one.

    Raises:
        RefusalError: a caption that is too long, or broken HTML.
    """
    text, entities = _formatted(given, "caption", "caption_entities")
    if not text:
        return {}
    if utf16_length(text) > MAX_CAPTION_LENGTH:
        raise bad_request(CAPTION_TOO_LONG)
    return {"caption": text, "caption_entities": entities} if entities else {"caption": text}


def _formatted(given: Mapping[str, Any], name: str, entities_name: str) -> tuple[str, list[dict[str, Any]]]:
    source = given.get(name)
    if not source:
        return "", []
    mode = str(given.get("parse_mode") or "").lower()
    if mode not in {"", "html"}:
        raise bad_request("unsupported parse_mode")
    text, explicit = parse_html(str(source)) if mode else (str(source).strip(), given.get(entities_name) or [])
    return text, find_entities(text, explicit)
