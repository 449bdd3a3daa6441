"""Waiting for a time to free."""
