"""Callback queries."""
