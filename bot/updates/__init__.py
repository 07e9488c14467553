"""Updates from Telegram: received, stored, and handed to the handlers in order."""
