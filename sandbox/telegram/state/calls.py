"""The record of the bot's calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a Bot API method.

    Attributes:
        method: the method's name as the bot wrote it: `sendMessage`.
        params: the parameters, with the types of the Bot API; files are `Upload`s.
        ok: whether the call succeeded.
        answer: the `result`, or the whole body of an error.
        at: when it was answered: Unix time in seconds.
    """

    method: str
    params: dict[str, Any]
    ok: bool
    answer: Any
    at: float


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """What a person sees after pressing a button. An empty text only ends the button's spinner."""

    text: str = ""
    show_alert: bool = False
    url: str = ""
