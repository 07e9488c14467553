"""To Telegram: every request, its limits, and what its answers mean."""
