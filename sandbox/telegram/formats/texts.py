"""The texts and captions that the bot sends: parsed, and checked for their length."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.telegram.formats.entities import find_entities, utf16_length
from sandbox.telegram.formats.errors import CAPTION_TOO_LONG, TEXT_EMPTY, TEXT_TOO_LONG, bad_request
from sandbox.telegram.formats.html_parser import parse_html

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_TEXT_LENGTH = 4096
"""In UTF-16 code units after entities parsing (Bot API: sendMessage)."""
MAX_CAPTION_LENGTH = 1024
"""In UTF-16 code units after entities parsing (Bot API: sendVideo)."""


def text_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return `text` and `entities` of a message.

    Raises:
        ApiError: the text is empty or too long, or its HTML is broken.
    """
    text, entities = _formatted(fields, "text", "entities")
    if not text:
        raise bad_request(TEXT_EMPTY)
    if utf16_length(text) > MAX_TEXT_LENGTH:
        raise bad_request(TEXT_TOO_LONG)
    return {"text": text, "entities": entities} if entities else {"text": text}


def caption_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return `caption` and `caption_entities` of a message, or nothing for an empty caption.

    Raises:
        ApiError: the caption is too long, or its HTML is broken.
    """
    text, entities = _formatted(fields, "caption", "caption_entities")
    if not text:
        return {}
    if utf16_length(text) > MAX_CAPTION_LENGTH:
        raise bad_request(CAPTION_TOO_LONG)
    return {"caption": text, "caption_entities": entities} if entities else {"caption": text}


def _formatted(fields: Mapping[str, Any], name: str, entities_name: str) -> tuple[str, list[dict[str, Any]]]:
    source = fields.get(name)
    if not source:
        return "", []
    mode = str(fields.get("parse_mode") or "").lower()
    if mode not in {"", "html"}:
        raise bad_request("unsupported parse_mode")
    text, explicit = parse_html(str(source)) if mode else (str(source).strip(), fields.get(entities_name) or [])
    return text, find_entities(text, explicit)
