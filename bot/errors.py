"""What keeps the bot from starting."""

from __future__ import annotations


class TokenRefused(Exception):
    """Telegram does not know the token: there is nothing to wait for."""
