"""Lessons as links in mails open them, without signing in."""
