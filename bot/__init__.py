"""Starts and runs everything: the settings, the clients, the loops."""
