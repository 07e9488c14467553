"""From Telegram: updates are received, stored, and handed on in order."""
