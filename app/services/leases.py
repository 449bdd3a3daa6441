"""One worker at a time does a job, however many run."""

from datetime import timedelta

from app.repositories.leases import LeaseRepository
from app.services.base import BaseService, Context, measure_operation

LASTS = timedelta(minutes=10)
"""After this a job counts as abandoned: its worker was killed."""


class LeaseService(BaseService):
    """Leases on jobs, by name. Jobs stay guarded on their own: a lease saves work, no more."""

    slow_seconds = LASTS.total_seconds()

    def __init__(self, context: Context, leases: LeaseRepository) -> None:
        super().__init__(context)
        self._leases = leases

    @measure_operation
    def take(self, name: str, owner: str) -> bool:
        """Whether this worker may do the job now."""
        with self.transaction():
            now = self.clock.now()
            return self._leases.take(name, owner, now, now + LASTS)

    @measure_operation
    def give_back(self, name: str, owner: str) -> None:
        """The job is done or has failed; anybody may do it next."""
        with self.transaction():
            self._leases.give_back(name, owner, self.clock.now())
