"""Public names of bookings."""

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No 0/O, 1/I/L or U: a reference survives being read out."""
LENGTH = 8
