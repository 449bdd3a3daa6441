"""An instructor's open hours, a week at a time."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.errors import InvalidInput, NotFound, PastIsReadOnly, WeekChanged
from app.domain.time_range import TimeRange, open_windows
from app.domain.week import Week, WeekDiff
from app.models.user import User
from app.repositories.availability import AvailabilityRepository, Rug
from app.repositories.instructors import InstructorProfileRepository
from app.services.audit import AuditService
from app.services.base import BaseService, Context, measure_operation

Hours = Mapping[date, Sequence[TimeRange]]


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


class AvailabilityService(BaseService):
    """Reads and saves open hours. Bookings neither hinder a change nor follow it."""

    def __init__(
        self,
        context: Context,
        availability: AvailabilityRepository,
        profiles: InstructorProfileRepository,
        audit: AuditService,
    ) -> None:
        super().__init__(context)
        self._availability = availability
        self._profiles = profiles
        self._audit = audit

    @measure_operation
    def week(self, instructor: User, week: Week) -> WeekHours:
        """The hours and days off of a week. Raises NotFound without a profile."""
        profile = self._profiles.bare(instructor.id)
        if profile is None:
            raise NotFound("Profile not found")
        rug = self._availability.between(instructor.id, week.monday, week.last)
        zone_name = profile.time_zone or self.platform_zone
        return self._hours(week, zone_name, _by_day(rug), rug.days_off)

    @measure_operation
    def current_week(self, instructor: User) -> Week:
        """The week it is now where the instructor is. Raises NotFound without a profile."""
        profile = self._profiles.bare(instructor.id)
        if profile is None:
            raise NotFound("Profile not found")
        return Week.containing(self.clock.today(profile.time_zone or self.platform_zone))

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
            profile = self._profiles.locked(instructor.id)
            if profile is None:
                raise NotFound("Profile not found")
            zone_name = profile.time_zone or self.platform_zone
            today = self.clock.today(zone_name)
            rug = self._availability.between(instructor.id, week.monday, week.last)
            before = _by_day(rug)
            if version is not None and version != _version(before):
                raise WeekChanged
            after = _after(before, wanted, week, today=today, replace=replace)
            self._write(instructor, rug, before, after)
        return self._hours(week, zone_name, after, rug.days_off)

    def _write(self, instructor: User, rug: Rug, before: Hours, after: Hours) -> None:
        """Touch only rows that differ, and note the days that do."""
        diff = WeekDiff.between(before, after)
        if not diff:
            return
        gone = [row.id for row in rug.windows if (row.day, row.range) in diff.removed]
        self._availability.replace(instructor.id, gone, diff.added, now=self.clock.now())
        self._profiles.raise_generation(instructor.id)
        self._audit.note(
            instructor,
            "hours.save",
            "hours",
            instructor.id,
            before=_told(before),
            after=_told(after),
        )

    def _hours(
        self, week: Week, zone_name: str, ranges: Hours, days_off: frozenset[date]
    ) -> WeekHours:
        shown = {day: tuple(windows) for day, windows in ranges.items() if windows}
        today = self.clock.today(zone_name)
        return WeekHours(week, zone_name, today, shown, days_off, _version(shown))


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
        else:
            after[day] = new if replace else open_windows((*old, *new)) if new else old
    return after


def _by_day(rug: Rug) -> dict[date, tuple[TimeRange, ...]]:
    """Windows by day, as stored; adopted rows that end before they start are left out."""
    found: dict[date, list[TimeRange]] = {}
    for row in rug.windows:
        if row.range is not None:
            found.setdefault(row.day, []).append(row.range)
    return {day: tuple(windows) for day, windows in found.items()}


def _told(hours: Hours) -> dict[str, str]:
    """Windows by day, as the trail of changes has them."""
    return {
        day.isoformat(): ", ".join(f"{each.start_time:%H:%M}-{each.end_time:%H:%M}" for each in own)
        for day, own in hours.items()
        if own
    }


def _version(hours: Hours) -> str:
    text = ";".join(
        f"{day:%Y%m%d}{window.start}-{window.end}"
        for day in sorted(hours)
        for window in sorted(hours[day])
    )
    return hashlib.sha256(text.encode()).hexdigest()[:16]
