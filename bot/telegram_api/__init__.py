"""Calls to Telegram: the client, its rate limits, and what the answers mean."""
