"""Effects: what there is, from which files, at which price."""
