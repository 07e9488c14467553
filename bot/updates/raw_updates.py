"""The answer to getUpdates, read so that no item of it can hold up the others.

Usually it is JSON like any other. Where a parser refuses the whole (nested without end, a number of thousands of
digits), it is cut into its items, and only those that can't be read are set aside.
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
_MAX_TEXT_LENGTH = 64 * 1024  # characters that are kept of an item that can't be read


class UndecodableUpdate(NamedTuple):
    """An item that no parser takes: its id where that can be seen, and its beginning."""

    update_id: int | None
    text: str


class TolerantRequest(HTTPXRequest):
    """PTB's client for getUpdates."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer; items that can't be read are `Unreadable`.

        Raises:
            TelegramError: it is no JSON, or is no batch.
        """
        text = payload.decode("utf-8", "replace")
        try:
            answer = json.loads(text)
        except (ValueError, RecursionError):
            answer = {"ok": True, "result": [_decode_item(piece) for piece in _split_items(text)]}
        if not isinstance(answer, dict):
            raise TelegramError("Invalid server response")
        return answer


def _split_items(text: str) -> list[str]:
    """Cut the list `result` into its items, however deep they are.

    Raises:
        TelegramError: there is no such list, or it has no end.
    """
    opening = _RESULT_LIST.search(text)
    items: list[str] = []
    depth, start = 0, opening.end() if opening else 0
    for token in _JSON_TOKENS.finditer(text, start) if opening else ():
        text_of_token = token.group()
        if text_of_token in "[{":
            depth += 1
        elif text_of_token == "," and depth == 0:
            items.append(text[start : token.start()])
            start = token.end()
        elif text_of_token in "]}":
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


__all__ = ["TolerantRequest", "UndecodableUpdate"]
