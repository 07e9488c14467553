"""Effects: which there are, from which files, and what they cost."""
