r"""JSON inside of text: gateways put the answer of the service behind them, as text, into a `message` of their own.

{"code": "fail_to_fetch_task", "message": "{\"code\": 1303, \"message\": \"parallel task …\"}", "data": null}
"""

from __future__ import annotations

import json
from typing import Any

_DECODER = json.JSONDecoder()
_MAX_STARTS = 3  # braces at which an object is looked for
_MAX_DEPTH = 8


def split_json(text: str) -> tuple[str, dict[str, Any], str] | None:
    """Return the first JSON object in a text with what stands before and after it. None if there is none."""
    for candidate in _readings(text):
        start = -1
        for _ in range(_MAX_STARTS):
            start = candidate.find("{", start + 1)
            if start < 0:
                break
            try:
                value, end = _DECODER.raw_decode(candidate, start)
            except (ValueError, RecursionError):
                continue
            if value:
                return candidate[:start], value, candidate[end:]
    return None


def _readings(text: str) -> list[str]:
    """Return the text, and as it reads if it was quoted once more."""
    if "{" not in text:
        return []
    return [text, text.replace('\\"', '"').replace("\\\\", "\\")] if '\\"' in text else [text]


def spell_out(value: Any, depth: int = 0) -> Any:
    """Return parsed JSON whose embedded JSON has no escapes but those it needs, so that a key in it can be seen.

    Raises:
        RecursionError: it is nested too deeply.
    """
    match value:
        case str() if depth < _MAX_DEPTH and (parts := split_json(value)):
            before, inner, after = parts
            return before + json.dumps(spell_out(inner, depth + 1), ensure_ascii=False) + after
        case dict():
            return {key: spell_out(item, depth) for key, item in value.items()}
        case list():
            return [spell_out(item, depth) for item in value]
        case _:
            return value
