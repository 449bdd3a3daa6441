"""Profiles of instructors, as JSON."""
