"""The commands beside the bot itself: `check` and `effects`."""
