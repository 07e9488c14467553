"""The words after a slash that are the bot's own: no effect may have one of them."""

OWN_COMMANDS = frozenset(
    {"balance", "cancel", "effect", "effects", "help", "privacy", "settings", "start", "stats", "status"}
)
