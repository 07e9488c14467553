"""The commands beside the bot itself: what is set up right, and which effects there are."""
