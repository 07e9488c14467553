"""Starts and runs everything: settings, the loops, the worker."""
