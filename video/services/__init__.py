"""The video services behind one protocol."""
