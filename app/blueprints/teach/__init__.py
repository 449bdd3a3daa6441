"""The instructor's pages: his week, his lessons, his profile."""
