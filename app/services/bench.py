"""The large data set that speed is measured with."""

from dataclasses import dataclass

from app.demo.dataset import Dataset, plan_of
from app.domain.errors import RuleBroken
from app.repositories.demo import DemoRepository
from app.services.base import BaseService, Context, measure_operation


@dataclass(frozen=True, kw_only=True)
class BenchSummary:
    """How many rows were put in; ``overlapping`` lessons are among the lessons."""

    people: int
    windows: int
    lessons: int
    overlapping: int


class BenchService(BaseService):
    """Loads a data set into a database that has nobody in it."""

    slow_seconds = 600.0

    def __init__(self, context: Context, rows: DemoRepository) -> None:
        super().__init__(context)
        self._rows = rows

    @measure_operation
    def load(self, data: Dataset, password_hash: str) -> BenchSummary:
        """Everything under the ids it has there, or nothing. Raises RuleBroken."""
        made = plan_of(
            data,
            zone_name=self.platform_zone,
            now=self.clock.now(),
            password_hash=password_hash,
        )
        with self.transaction():
            if not self._rows.is_empty():
                raise RuleBroken("The database already has users, so nothing was loaded.")
            self._rows.load(made)
            self._rows.analyze()
        return BenchSummary(
            people=len(made.users),
            windows=len(made.availability_slots),
            lessons=len(made.bookings),
            overlapping=sum(1 for row in made.bookings if row["overlap_ok"]),
        )
