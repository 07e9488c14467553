"""Messages: commands, photos, words."""
