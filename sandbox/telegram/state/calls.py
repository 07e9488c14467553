"""The record of every call that the bot made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a Bot API method.

    Attributes:
        method: as the bot wrote it: `sendMessage`.
        params: typed as the Bot API types them; files are `Upload`s.
        ok: whether Telegram did it.
        answer: what `result` held, or the whole refusal.
        at: when it was answered, in seconds of the stand-in's clock.
    """

    method: str
    params: dict[str, Any]
    ok: bool
    answer: Any
    at: float


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """What a person sees after pressing a button. An empty text only stops the button's spinner."""

    text: str = ""
    show_alert: bool = False
    url: str = ""
