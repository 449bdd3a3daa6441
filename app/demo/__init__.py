"""The believable demo: a pure generator of people, hours and lessons around a given day."""
