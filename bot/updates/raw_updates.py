"""Decodes the answer to getUpdates so that no update in it can hold up the others.

Usually it is valid JSON. If the parser refuses it as a whole (nested without end, a number of thousands of digits), it
is split into its items, and only those that can't be decoded are set aside.
"""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from telegram.error import TelegramError
from telegram.request import HTTPXRequest

_JSON_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},]', re.DOTALL)
_RESULT_LIST = re.compile(r'"result"\s*:\s*\[')
_UPDATE_ID = re.compile(r'"update_id"\s*:\s*(\d{1,18})(?!\d)')
_MAX_TEXT_LENGTH = 64 * 1024  # characters kept of an update that can't be decoded


class UndecodableUpdate(NamedTuple):
    """An update that the parser refuses: its id if it can be seen, and the beginning of its text."""

    update_id: int | None
    text: str


class TolerantRequest(HTTPXRequest):
    """PTB's HTTP client, for getUpdates."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the answer, with an `UndecodableUpdate` in place of each update that can't be decoded.

        Raises:
            TelegramError: the answer is no JSON object.
        """
        text = payload.decode("utf-8", "replace")
        try:
            answer = json.loads(text)
        except (ValueError, RecursionError):
            answer = {"ok": True, "result": [_decode_item(item) for item in _split_items(text)]}
        if not isinstance(answer, dict):
            raise TelegramError("Invalid server response")
        return answer


def _split_items(text: str) -> list[str]:
    """Return the text of each item of the list `result`, however deeply an item is nested.

    Raises:
        TelegramError: there is no such list, or it has no end.
    """
    opening = _RESULT_LIST.search(text)
    items: list[str] = []
    depth, start = 0, opening.end() if opening else 0
    for token in _JSON_TOKENS.finditer(text, start) if opening else ():
        mark = token.group()
        if mark in "[{":
            depth += 1
        elif mark == "," and depth == 0:
            items.append(text[start : token.start()])
            start = token.end()
        elif mark in "]}":
            depth -= 1
            if depth < 0:
                return [*items, text[start : token.start()]]
    raise TelegramError("Invalid server response")


def _decode_item(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        match = _UPDATE_ID.search(text)
        return UndecodableUpdate(int(match.group(1)) if match else None, text[:_MAX_TEXT_LENGTH])
