"""Public names of made-up bookings."""

from collections.abc import Iterator
from random import Random

from app.domain.references import ALPHABET, LENGTH


def references(rng: Random) -> Iterator[str]:
    """Endless, none twice, the same for the same generator."""
    used: set[str] = set()
    while True:
        reference = "".join(rng.choices(ALPHABET, k=LENGTH))
        if reference not in used:
            used.add(reference)
            yield reference
