"""What buttons, links and inline results carry back to the bot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.messages.view import Button

if TYPE_CHECKING:
    from handlers.localization import Locale
    from storage.inline import Offer
    from video.effects.effect import Effect


START = "inline"
"""The start parameter of the button that asks for photos; `inline-COMMAND` where an effect was typed."""


ONE_VIDEO = "#"
"""A query that begins so is the id of one video: what the Share button fills in."""


def start_button(locale: Locale, offer: Offer, effect: Effect) -> Button:
    """What begins the work where inline feedback is off, and after a refusal; 49 bytes at most."""
    return Button(locale.text("button-start"), f"begin:{offer.id}:{effect.command}")
