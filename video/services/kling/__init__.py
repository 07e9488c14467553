"""Kling's own API, and the gateways that sell it."""
