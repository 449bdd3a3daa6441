"""Booking a lesson, and the lessons one has."""
