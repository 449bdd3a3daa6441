"""Free starts as pages show them: all of a range, and the nearest."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from app.domain.errors import NotFound
from app.domain.evaluation import Calendar, Wish, offered_starts
from app.domain.offers import OfferedStart, check_public_range
from app.domain.time_range import minute_of
from app.domain.week import days_between
from app.domain.zones import first_existing, local_date, zone
from app.models.booking import Booking
from app.models.user import User
from app.services.base import BaseService, Context, measure_operation
from app.services.conflict_checker import ConflictChecker, Offer

NEAR_DAYS = 7


class PublicAvailabilityService(BaseService):
    """Offers only what booking would accept: all of it comes from the one evaluation."""

    def __init__(self, context: Context, checker: ConflictChecker) -> None:
        super().__init__(context)
        self._checker = checker

    @measure_operation
    def starts(
        self,
        instructor_id: int,
        service_id: int,
        minutes: int,
        first: date,
        last: date,
        student: User | None = None,
    ) -> list[OfferedStart]:
        """Every start that can be booked from day to day, both included, in the instructor's zone.

        With a student, times at which he is busy himself are left out. Raises NotFound,
        InvalidRange, InvalidInput.
        """
        check_public_range(first, last)
        offer = self._offer(instructor_id, service_id)
        first = max(first, self.clock.today(offer.zone_name))
        if last < first:
            return []
        calendar, wish = self._checker.calendar(offer, first, last, student)
        return self._listed(calendar, wish, offer, minutes, days_between(first, last))

    @measure_operation
    def nearest(
        self,
        instructor_id: int,
        service_id: int,
        minutes: int,
        around: datetime,
        student: User | None = None,
    ) -> list[OfferedStart]:
        """The three bookable starts closest to a moment, in order of time. Raises NotFound."""
        offer = self._offer(instructor_id, service_id)
        today = self.clock.today(offer.zone_name)
        day = local_date(zone(offer.zone_name), around)
        first = max(today, day - timedelta(days=NEAR_DAYS))
        last = max(today, day) + timedelta(days=NEAR_DAYS)
        calendar, wish = self._checker.calendar(offer, first, last, student)
        found = self._listed(calendar, wish, offer, minutes, days_between(first, last))
        closest = sorted(found, key=lambda offered: abs(offered.starts_at - around))[:3]
        return sorted(closest, key=lambda offered: offered.starts_at)

    @measure_operation
    def a_week_later(self, booking: Booking, student: User) -> OfferedStart | None:
        """The same lesson at the same time of the next week, else as close to it as can be.

        Null where nothing of the weeks around is free, or it is not on offer any more.
        """
        tz = zone(booking.time_zone or self.platform_zone)
        local = booking.start.astimezone(tz)
        day, minute = local.date() + timedelta(days=7), minute_of(local)
        around = first_existing(tz, day, minute)
        ids = booking.instructor_id, booking.service_id
        try:
            near = self.nearest(*ids, booking.duration_minutes, around, student)
        except NotFound:
            return None
        later = [each for each in near if each.starts_at > booking.start]
        return min(later, key=lambda each: abs(each.starts_at - around), default=None)

    def _offer(self, instructor_id: int, service_id: int) -> Offer:
        offer = self._checker.offer(instructor_id, service_id)
        if not offer.rules.is_active:
            raise NotFound("Instructor profile not found")
        return offer

    def _listed(
        self, calendar: Calendar, wish: Wish, offer: Offer, minutes: int, days: Sequence[date]
    ) -> list[OfferedStart]:
        wished = replace(wish, minutes=minutes)
        starts = offered_starts(calendar, wished, days, now=self.clock.now())
        return [OfferedStart(start, minutes, offer.zone_name, offer.service.id) for start in starts]
