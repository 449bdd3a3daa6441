"""What staff see first."""

from dataclasses import dataclass
from datetime import date

from app.domain.week import Week
from app.repositories.desk import DeskCounts, DeskRepository
from app.services.base import BaseService, Context, measure_operation


@dataclass(frozen=True, slots=True)
class DeskOverview:
    """The day and week the numbers are about, by the platform's calendar, and the numbers."""

    day: date
    week: Week
    counts: DeskCounts


class DeskService(BaseService):
    """The staff's overview."""

    def __init__(self, context: Context, desk: DeskRepository) -> None:
        super().__init__(context)
        self._desk = desk

    @measure_operation
    def overview(self) -> DeskOverview:
        """How things stand today."""
        day = self.clock.today(self.platform_zone)
        week = Week.containing(day)
        return DeskOverview(day, week, self._desk.counts(day, week))
