"""Free times of one day, one after the other, for people who plan a lesson."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from app.domain.errors import NotFound
from app.domain.evaluation import offered_starts
from app.domain.limits import DURATION_DEFAULT_MINUTES
from app.domain.offers import OfferedStart
from app.domain.time_range import TimeRange
from app.domain.vocabulary import Role
from app.domain.zones import span
from app.models.instructor import InstructorProfile, Service
from app.models.user import User
from app.repositories.instructors import InstructorProfileRepository
from app.services.base import BaseService, Context, measure_operation
from app.services.conflict_checker import ConflictChecker, Offer


@dataclass(frozen=True, slots=True)
class DayWish:
    """A lesson of some length within a part of a day (the instructor's wall clock).

    ``service_id`` null: any service that lasts so long; ``minutes`` null: the service's
    shortest, else an hour.
    """

    instructor_id: int
    day: date
    between: TimeRange
    minutes: int | None = None
    service_id: int | None = None


class OpportunityService(BaseService):
    """Asks the one evaluation, so that each opportunity can be booked."""

    def __init__(
        self, context: Context, profiles: InstructorProfileRepository, checker: ConflictChecker
    ) -> None:
        super().__init__(context)
        self._profiles = profiles
        self._checker = checker

    @measure_operation
    def on_day(self, person: User, wanted: DayWish) -> list[OfferedStart]:
        """Bookable lessons that do not overlap one another, each as early as it can be.

        Times at which an asking student is busy himself are left out. Raises NotFound.
        """
        profile = self._profiles.with_person(wanted.instructor_id)
        if profile is None or not profile.user.is_open:
            raise NotFound("Instructor profile not found")
        service, minutes = _chosen(profile, wanted)
        if service is None:
            return []
        offer = Offer(service, profile, profile.user, profile.time_zone or self.platform_zone)
        student = person if person.kind is Role.STUDENT else None
        calendar, wish = self._checker.calendar(offer, wanted.day, wanted.day, student)
        opens, closes = span(calendar.zone, wanted.day, wanted.between)
        wish = replace(wish, minutes=minutes)
        starts = offered_starts(calendar, wish, [wanted.day], now=self.clock.now())
        found = _one_after_the_other(starts, opens, closes, timedelta(minutes=minutes))
        return [OfferedStart(start, minutes, offer.zone_name, service.id) for start in found]


def _chosen(profile: InstructorProfile, wanted: DayWish) -> tuple[Service | None, int]:
    """The service and length meant; no service where none lasts so long. Raises NotFound."""
    offered = profile.active_services
    if wanted.service_id is None:
        minutes = wanted.minutes or DURATION_DEFAULT_MINUTES
        return next((each for each in offered if minutes in each.offered_minutes), None), minutes
    for each in offered:
        if each.id == wanted.service_id:
            return each, wanted.minutes or each.offered_minutes[0]
    raise NotFound("Service not found or no longer available")


def _one_after_the_other(
    starts: Iterator[datetime], opens: datetime, closes: datetime, length: timedelta
) -> Iterator[datetime]:
    free_from = opens
    for start in starts:
        if start >= free_from and start + length <= closes:
            yield start
            free_from = start + length
