"""An instructor's open hours, a week at a time."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.errors import InvalidInput, PastIsReadOnly, WeekChanged
from app.domain.limits import HOURS_RANGE_MAX_DAYS
from app.domain.time_range import TimeRange, check_room, merge, open_windows
from app.domain.week import Week
from app.domain.windows import Hours, Window, by_day, fresh_windows
from app.models.user import User
from app.services.base import measure_operation
from app.services.hours import Here, HoursSteps, sound


@dataclass(frozen=True, slots=True)
class WeekHours:
    """A week as it is stored. ``version`` changes whenever the hours do.

    Days, ``today`` and ranges are wall clock in ``zone_name``; days without hours are absent.
    """

    week: Week
    zone_name: str
    today: date
    ranges: dict[date, tuple[TimeRange, ...]]
    days_off: frozenset[date]
    version: str


class AvailabilityService(HoursSteps):
    """Reads and saves open hours."""

    @measure_operation
    def week(self, instructor: User, week: Week) -> WeekHours:
        """The hours and days off of a week. Raises NotFound without a profile."""
        here = self._here(instructor)
        rug = self._availability.between(instructor.id, (week.monday, week.last))
        return week_hours(week, here, by_day(sound(rug.windows)), rug.days_off)

    @measure_operation
    def current_week(self, instructor: User) -> Week:
        """The week it is now where the instructor is. Raises NotFound without a profile."""
        return Week.containing(self._here(instructor).today)

    @measure_operation
    def windows(
        self, instructor: User, first: date | None = None, last: date | None = None
    ) -> Sequence[Window]:
        """The windows of a range of days by day and time, from today on for a year by default.

        Raises InvalidInput, NotFound.
        """
        first = first or self._here(instructor).today
        last = last or first + timedelta(days=HOURS_RANGE_MAX_DAYS)
        check_span(first, last)
        return sorted(sound(self._availability.between(instructor.id, (first, last)).windows))

    @measure_operation
    def save_week(
        self,
        instructor: User,
        week: Week,
        hours: Hours,
        *,
        version: str | None = None,
        replace: bool = True,
    ) -> WeekHours:
        """Store a week's hours in one transaction; saving the same again changes nothing.

        ``hours`` are wall clock in the instructor's zone. Days before his today stay as
        they are, and a different wish for them raises PastIsReadOnly. ``version`` is that
        of the week the change was made on: if it is stale, WeekChanged. ``replace`` false
        adds to what there is. Also raises InvalidWindow, InvalidInput, NotFound.
        """
        wanted = {day: open_windows(ranges) for day, ranges in hours.items() if ranges}
        if any(day not in week.days for day in hours):
            raise InvalidInput("A day lies outside that week.", field="schedule")
        with self.transaction():
            here = self._locked(instructor)
            rug = self._availability.between(instructor.id, (week.monday, week.last))
            before = by_day(sound(rug.windows))
            expect_version(version, before)
            after = _after(before, wanted, week, today=here.today, replace=replace)
            changed = [day for day in week.days if after.get(day) != before.get(day)]
            if replace:
                changed = [day for day in week.days if day >= here.today]
            self._write(
                instructor,
                "hours.save",
                [each for each in rug.windows if each.day in changed],
                fresh_windows({day: after[day] for day in changed if day in after}),
            )
        return week_hours(week, here, after, rug.days_off)


def week_hours(week: Week, here: Here, hours: Hours, days_off: frozenset[date]) -> WeekHours:
    """A week as its readers get it; days without hours are left out."""
    shown = {day: tuple(windows) for day, windows in hours.items() if windows}
    return WeekHours(week, here.zone_name, here.today, shown, days_off, version_of(shown))


def expect_version(version: str | None, hours: Hours) -> None:
    """Raises WeekChanged where a week is not the one that somebody saw."""
    if version is not None and version != version_of(hours):
        raise WeekChanged


def check_span(first: date, last: date) -> None:
    """Raises InvalidInput for a range of days that ends before it starts, or is too long."""
    if last < first:
        raise InvalidInput("End date must be after start date", field="end_date")
    if last > first + timedelta(days=HOURS_RANGE_MAX_DAYS):
        told = f"Date range cannot exceed 1 year ({HOURS_RANGE_MAX_DAYS} days)"
        raise InvalidInput(told, field="end_date")


def version_of(hours: Hours) -> str:
    """Changes whenever the hours do."""
    text = ";".join(
        f"{day:%Y%m%d}{window.start}-{window.end}"
        for day in sorted(hours)
        for window in sorted(hours[day])
    )
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _after(
    before: Hours, wanted: Hours, week: Week, *, today: date, replace: bool
) -> dict[date, tuple[TimeRange, ...]]:
    after: dict[date, tuple[TimeRange, ...]] = {}
    for day in week.days:
        old, new = tuple(before.get(day, ())), tuple(wanted.get(day, ()))
        if day < today:
            if new and new != old:
                raise PastIsReadOnly(f"{day:%d %B %Y} has passed and cannot be changed.")
            after[day] = old
        elif replace:
            after[day] = new
        else:
            after[day] = merge((*old, *new)) if new else old
            check_room(len(after[day]) if new else 0)
    return {day: ranges for day, ranges in after.items() if ranges}
