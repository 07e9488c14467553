"""Photos that people send, prepared for the video services."""
