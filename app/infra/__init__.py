"""The outside world, without business words."""
