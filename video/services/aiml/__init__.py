"""AIML API."""
