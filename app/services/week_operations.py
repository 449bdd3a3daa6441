"""A week's hours, carried over to other days."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.errors import InvalidInput, PastIsReadOnly
from app.domain.time_range import TimeRange, merge, tidied
from app.domain.week import Week, days_between
from app.domain.windows import Hours, by_day, fresh_windows
from app.models.user import User
from app.repositories.availability import Rug
from app.services.availability import (
    WeekHours,
    check_span,
    expect_version,
    week_hours,
)
from app.services.base import measure_operation
from app.services.hours import HoursSteps, sound


@dataclass(frozen=True, slots=True)
class Carried:
    """What the days have from the source week, and what that changed.

    ``windows`` are those that stand there now; ``added`` and ``removed`` tell how many were
    not there before and how many went. ``untouched`` are days that had passed. ``adjusted``
    windows of the source week, stored when nothing was checked, could not be taken as they are.
    """

    days: Sequence[date]
    days_with_hours: int
    windows: int
    added: int
    removed: int
    adjusted: int
    untouched: Sequence[date]


class WeekOperationService(HoursSteps):
    """Copies a week, by weekday and wall clock. The same again changes nothing."""

    @measure_operation
    def copy_week(
        self, instructor: User, source: Week, target: Week, *, version: str | None = None
    ) -> tuple[WeekHours, Carried]:
        """Make a week like another. Days that have passed stay as they are.

        ``version`` is that of the target week as it was last seen: if it is stale, WeekChanged.
        Also raises InvalidInput, NotFound.
        """
        if source == target:
            raise InvalidInput("Cannot copy to the same week", field="to_week_start")
        with self.transaction():
            here = self._locked(instructor)
            spans = [(each.monday, each.last) for each in (source, target)]
            rug = self._availability.between(instructor.id, *spans)
            stored = by_day(sound(rug.windows))
            expect_version(version, _of(stored, target.days))
            done, wished = self._carry(
                instructor, "hours.copy_week", rug, source, target.days, here.today
            )
        after = {**_of(stored, done.untouched), **wished}
        return week_hours(target, here, after, rug.days_off & {*target.days}), done

    @measure_operation
    def apply_to_range(self, instructor: User, source: Week, first: date, last: date) -> Carried:
        """Make every day of a range, both ends included, like its weekday of a week.

        A week without hours clears the range. Raises PastIsReadOnly, InvalidInput, NotFound.
        """
        with self.transaction():
            if first < self._locked(instructor).today:
                told = "Cannot apply schedule to past dates"
                raise PastIsReadOnly(told, field="start_date")
            check_span(first, last)
            days = days_between(first, last)
            spans = [(source.monday, source.last), (first, last)]
            rug = self._availability.between(instructor.id, *spans)
            done, _ = self._carry(instructor, "hours.apply_week", rug, source, days, first)
        return done

    def _carry(
        self,
        instructor: User,
        action: str,
        rug: Rug,
        source: Week,
        days: Sequence[date],
        since: date,
    ) -> tuple[Carried, Hours]:
        """Give the days from ``since`` on their weekday's hours, or none; and what they are now."""
        stored = by_day(sound(rug.windows))
        pattern = {day.weekday(): tidied(stored.get(day, ())) for day in source.days}
        wished = {day: pattern[day.weekday()] for day in days if day >= since}
        rows = [each for each in rug.windows if each.day in wished]
        old = {(each.day, each.range) for each in rows}
        new = {(day, each) for day, ranges in wished.items() for each in ranges}
        self._write(instructor, action, rows, fresh_windows(wished))
        done = Carried(
            days=days,
            days_with_hours=sum(1 for ranges in wished.values() if ranges),
            windows=len(new),
            added=len(new - old),
            removed=len(old - new),
            adjusted=sum(
                len({*merge(stored.get(day, ()))} - {*pattern[day.weekday()]})
                for day in source.days
            ),
            untouched=[day for day in days if day < since],
        )
        return done, wished


def _of(hours: Hours, days: Collection[date]) -> Mapping[date, Sequence[TimeRange]]:
    return {day: hours[day] for day in days if day in hours}
