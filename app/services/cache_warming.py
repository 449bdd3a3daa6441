"""Answers made ready before somebody asks for them."""

from app.repositories.public_facts import PublicFactsRepository
from app.services.base import BaseService, Context, measure_operation
from app.services.caching import Caching
from app.services.public_answers import PublicAnswerService

AT_ONCE = 3
"""A write warms for so few instructors at most; the others are warmed by being asked."""
BUSIEST_MAX = 1000


class CacheWarmingStrategy(BaseService):
    """Warms the usual question about instructors whose answers a write has made old, and about
    those with most lessons ahead.
    """

    slow_seconds = 30.0

    def __init__(
        self,
        context: Context,
        caching: Caching,
        facts: PublicFactsRepository,
        answers: PublicAnswerService,
    ) -> None:
        super().__init__(context)
        self._caching = caching
        self._facts = facts
        self._answers = answers

    @measure_operation
    def after_writes(self) -> int:
        """Warm what writes of this process have made old, where it was asked lately; how many."""
        changed = self._caching.changed.take()[-AT_ONCE:]
        warmed = sum(self._answers.warm(each, only_if_asked=True) for each in changed)
        self._caching.changed.count(warmed=warmed, skipped=len(changed) - warmed)
        return warmed

    @measure_operation
    def busiest(self, count: int) -> int:
        """Warm the instructors with most lessons ahead; how many are warm now."""
        ids = self._facts.busiest(self.clock.now(), min(count, BUSIEST_MAX))
        warmed = sum(self._answers.warm(each, only_if_asked=False) for each in ids)
        self._caching.changed.count(warmed=warmed, skipped=len(ids) - warmed)
        return warmed
