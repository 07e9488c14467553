"""Inline and guest mode."""
