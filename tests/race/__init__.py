"""Many students book the same hours at the same moment. Run it: ``python -m tests.race``."""
