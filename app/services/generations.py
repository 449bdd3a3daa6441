"""Which generation of an instructor is current, as far as processes have told one another."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.services.cache import CacheService

KNOWN_SECONDS = 60
"""How long a published generation is believed without looking at the database.

A process that cannot tell the others (it lost the shared cache, they did not) bounds by this
how long they go on without knowing.
"""
EPOCH_SHIFT = 31  # generations are 4-byte integers


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reader may go by. ``generation`` null: only the database knows."""

    epoch: int
    generation: int | None


class Generations:
    """Published in the shared cache, where there is one; without it the database is asked.

    Before a transaction commits it announces the number it is going to reach, afterwards it
    publishes it. In between, and for good if it dies in between, readers see an announced
    number above the published one and ask the database. Numbers only rise, so it does not
    matter who comes first.
    """

    def __init__(self, cache: CacheService) -> None:
        self._cache = cache

    def seen(self, instructor_id: int) -> Seen:
        """To be asked before anything is read from the database."""
        found = self._cache.numbers([_published(instructor_id), _announced(instructor_id)])
        if found is None:
            return Seen(0, None)
        epoch, published, announced = found[0] or 0, found[1], found[2] or 0
        if published is None or published >> EPOCH_SHIFT != epoch:
            return Seen(epoch, None)
        generation = published & ((1 << EPOCH_SHIFT) - 1)
        return Seen(epoch, generation if generation >= announced else None)

    def announce(self, raised: Mapping[int, int]) -> None:
        """Before the commit: generations by instructor that are about to be current."""
        numbers = {_announced(key): number for key, number in raised.items()}
        self._cache.raise_numbers(numbers, KNOWN_SECONDS)

    def publish(self, raised: Mapping[int, int]) -> None:
        """After the commit, or by a reader who has just read the number from the database."""
        found = self._cache.numbers([])
        if found is None:
            self._cache.distrust()
            return
        epoch = found[0] or 0
        numbers = {
            _published(key): (epoch << EPOCH_SHIFT) | number for key, number in raised.items()
        }
        self._cache.raise_numbers(numbers, KNOWN_SECONDS)


def _published(instructor_id: int) -> str:
    return f"generation:{instructor_id}"


def _announced(instructor_id: int) -> str:
    return f"announced:{instructor_id}"
