"""What an instructor's bookings come to."""

from dataclasses import dataclass

from app.domain.errors import NotAllowed
from app.domain.vocabulary import Role
from app.domain.zones import day_span, zone
from app.models.user import User
from app.repositories.booking_statistics import BookingStatisticsRepository, BookingSums
from app.repositories.instructors import InstructorProfileRepository
from app.services.base import BaseService, Context, measure_operation


@dataclass(frozen=True, slots=True)
class BookingStatistics:
    """Sums, and shares of all bookings that are over or called off (0 to 1; null of none)."""

    sums: BookingSums
    completion_rate: float | None
    cancellation_rate: float | None


class BookingStatisticsService(BaseService):
    """Reckons in the instructor's zone, in one statement after the profile's."""

    def __init__(
        self,
        context: Context,
        statistics: BookingStatisticsRepository,
        profiles: InstructorProfileRepository,
    ) -> None:
        super().__init__(context)
        self._statistics = statistics
        self._profiles = profiles

    @measure_operation
    def of_instructor(self, person: User) -> BookingStatistics:
        """Raises NotAllowed for anybody but instructors."""
        if person.kind is not Role.INSTRUCTOR:
            raise NotAllowed("Only instructors can view booking stats")
        profile = self._profiles.bare(person.id)
        zone_name = (profile.time_zone if profile else None) or self.platform_zone
        first = self.clock.today(zone_name).replace(day=1)
        month, _ = day_span(zone(zone_name), first)
        sums = self._statistics.of_instructor(person.id, self.clock.now(), month)
        ended = sums.completed + sums.cancelled + sums.no_shows
        return BookingStatistics(sums, _share(sums.completed, ended), _share(sums.cancelled, ended))


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
