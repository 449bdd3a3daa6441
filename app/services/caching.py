"""All that is cached in one application, as long-lived as its process."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock

from app.infra.cache_backends import CacheBackend
from app.infra.clock import Clock
from app.services.cache import CacheService
from app.services.generations import Generations

CHANGED_MAX = 100


class ChangedInstructors:
    """Whose public answers have just become old, latest last; more than a hundred are forgotten.

    ``warmed`` and ``skipped`` count what became of them and of others that were to be warmed.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._ids: dict[int, None] = {}
        self.warmed = self.skipped = 0

    def __bool__(self) -> bool:
        return bool(self._ids)

    def add(self, instructor_id: int) -> None:
        with self._lock:
            self._ids.pop(instructor_id, None)
            self._ids[instructor_id] = None
            if len(self._ids) > CHANGED_MAX:
                del self._ids[next(iter(self._ids))]

    def take(self) -> list[int]:
        """All of them, once."""
        with self._lock:
            taken, self._ids = list(self._ids), {}
            return taken

    def count(self, *, warmed: int, skipped: int) -> None:
        with self._lock:
            self.warmed += warmed
            self.skipped += skipped


@dataclass(frozen=True, slots=True)
class Caching:
    """The cache, who knows which generations, and what waits to be warmed."""

    cache: CacheService
    generations: Generations
    changed: ChangedInstructors = field(default_factory=ChangedInstructors)

    @classmethod
    def over(cls, backend: CacheBackend, clock: Clock) -> "Caching":
        cache = CacheService(backend, clock)
        return cls(cache, Generations(cache))

    def announce(self, raised: Mapping[int, int]) -> None:
        """Before a commit: generations by instructor that are about to be current."""
        self.generations.announce(raised)

    def publish(self, raised: Mapping[int, int]) -> None:
        """After the commit."""
        self.generations.publish(raised)
        for instructor_id in raised:
            self.changed.add(instructor_id)
