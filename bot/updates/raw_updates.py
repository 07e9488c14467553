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

_MARKS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},]', re.DOTALL)
_RESULT = re.compile(r'"result"\s*:\s*\[')
_ID = re.compile(r'"update_id"\s*:\s*(\d{1,18})(?!\d)')
_MOST_TEXT = 64 * 1024  # characters that are kept of an item that can't be read


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
            answer = {"ok": True, "result": [_item(piece) for piece in _pieces(text)]}
        if not isinstance(answer, dict):
            raise TelegramError("Invalid server response")
        return answer


def _pieces(text: str) -> list[str]:
    """Cut the list `result` into its items, however deep they are.

    Raises:
        TelegramError: there is no such list, or it has no end.
    """
    begin = _RESULT.search(text)
    pieces: list[str] = []
    depth, start = 0, begin.end() if begin else 0
    for mark in _MARKS.finditer(text, start) if begin else ():
        sign = mark.group()
        if sign in "[{":
            depth += 1
        elif sign == "," and depth == 0:
            pieces.append(text[start : mark.start()])
            start = mark.end()
        elif sign in "]}":
            depth -= 1
            if depth < 0:
                return [*pieces, text[start : mark.start()]]
    raise TelegramError("Invalid server response")


def _item(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        seen = _ID.search(text)
        return UndecodableUpdate(int(seen.group(1)) if seen else None, text[:_MOST_TEXT])


__all__ = ["TolerantRequest", "UndecodableUpdate"]
