"""A month of an instructor's free times, in the days of whoever reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from app.domain.evaluation import Wish, offered_starts
from app.domain.months import Month
from app.domain.offers import OfferedStart
from app.domain.week import days_between
from app.domain.zones import day_span, local_date, zone
from app.models.instructor import InstructorProfile, Service
from app.models.user import User
from app.services.base import BaseService, Context, measure_operation
from app.services.conflict_checker import ConflictChecker, Offer

_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class OpenMonth:
    """A month with its free starts by day, days being meant in ``zone_name``, the reader's.

    ``first`` and ``last`` are the days on which a lesson may begin at all, ``next_start`` is the
    earliest start of any month.
    """

    month: Month
    zone_name: str
    first: date
    last: date
    starts: Mapping[date, Sequence[OfferedStart]]
    next_start: OfferedStart | None

    def is_within(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def first_open(self) -> date | None:
        """The first day of the month on which something is free."""
        return min(self.starts, default=None)


class OpenDayService(BaseService):
    """Offers only what booking would accept: all of it comes from the one evaluation."""

    def __init__(self, context: Context, checker: ConflictChecker) -> None:
        super().__init__(context)
        self._checker = checker

    @measure_operation
    def month(
        self,
        profile: InstructorProfile,
        service: Service,
        minutes: int,
        *,
        wanted: Month | None,
        reader_zone: str,
        student: User | None = None,
    ) -> OpenMonth:
        """The wanted month, as far as it can be booked; else that of the next free start.

        One statement, whatever the horizon. With a student, times at which he is busy himself
        are left out.
        """
        own_zone = profile.time_zone or self.platform_zone
        offer = Offer(service, profile, profile.user, own_zone)
        today = self.clock.today(own_zone)
        horizon = today + timedelta(days=profile.booking_horizon_days)
        calendar, wish = self._checker.calendar(offer, today, horizon, student)
        wish, days = replace(wish, minutes=minutes), days_between(today, horizon)
        reader, now = zone(reader_zone), self.clock.now()
        first = local_date(reader, now)
        last = local_date(reader, day_span(zone(own_zone), horizon)[1] - _TICK)
        earliest = next(offered_starts(calendar, wish, days, now=now), None)
        month = _within(
            wanted or Month.containing(local_date(reader, earliest or now)), first, last
        )
        near = [day for day in days if _is_near(day, month)]
        starts: dict[date, list[OfferedStart]] = {}
        for start in offered_starts(calendar, wish, near, now=now):
            day = local_date(reader, start)
            if Month.containing(day) == month:
                starts.setdefault(day, []).append(_offered(start, wish, offer))
        following = _offered(earliest, wish, offer) if earliest else None
        return OpenMonth(month, reader_zone, first, last, starts, following)


def _offered(start: datetime, wish: Wish, offer: Offer) -> OfferedStart:
    return OfferedStart(start, wish.minutes, offer.zone_name, offer.service.id)


def _within(month: Month, first: date, last: date) -> Month:
    return min(max(month, Month.containing(first)), Month.containing(last))


def _is_near(day: date, month: Month) -> bool:
    """Zones are less than two days apart."""
    reach = timedelta(days=2)
    return month.first - reach <= day <= month.last + reach
