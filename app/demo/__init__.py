"""Made-up people, hours and lessons: a believable demo, and a large set to measure speed with."""
