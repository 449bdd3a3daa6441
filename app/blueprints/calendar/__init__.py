"""Lessons in people's own calendar programs."""
