"""The state that every part of the fake Telegram shares: accounts, files, updates, calls."""
