"""What all fake video services share: jobs, their videos, a log of submits and charges."""
