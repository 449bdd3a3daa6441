"""When the demo's instructors are open: human weeks, with small changes and days off."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random

from app.demo.people import Instructor
from app.demo.texts import DAY_OFF_REASONS
from app.domain.time_range import TimeRange
from app.domain.week import Week

PAST_WEEKS = 10
FUTURE_WEEKS = 5
SAVED_PAST_WEEKS = 4
"""Weeks before this one whose hours are still in the database; older lessons stand without."""

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Hours:
    """One instructor's open hours by day, and the days off with their reasons."""

    open: dict[date, tuple[TimeRange, ...]]
    days_off: dict[date, str]

    def bookable(self, day: date) -> tuple[TimeRange, ...]:
        return () if day in self.days_off else self.open.get(day, ())


def hours_of(instructor: Instructor, today: date, rng: Random) -> Hours:
    """Ten past weeks, this one and five more; past days off are forgotten."""
    template = _template(instructor.teacher.hours)
    is_steady = instructor.teacher.steady
    days: dict[date, tuple[TimeRange, ...]] = {}
    for offset in range(-PAST_WEEKS, FUTURE_WEEKS + 1):
        week = Week.containing(today + timedelta(weeks=offset))
        days.update(_week(template, week, rng, change=0.0 if is_steady else 0.06))
    off_weeks = range(3, FUTURE_WEEKS + 1) if is_steady else range(FUTURE_WEEKS + 1)
    return Hours(days, _days_off(days, today, [today + timedelta(weeks=n) for n in off_weeks], rng))


def _template(hours: dict[str, str]) -> dict[int, tuple[TimeRange, ...]]:
    return {
        _WEEKDAYS.index(name): tuple(_range(each) for each in text.split())
        for names, text in hours.items()
        for name in names.split()
    }


def _range(text: str) -> TimeRange:
    start, end = text.split("-")
    return TimeRange.between(time.fromisoformat(start), time.fromisoformat(end))


def _week(
    template: dict[int, tuple[TimeRange, ...]], week: Week, rng: Random, *, change: float
) -> dict[date, tuple[TimeRange, ...]]:
    """The usual week; now and then a window is left out, begins later or ends earlier."""
    days = {}
    for weekday, windows in sorted(template.items()):
        kept = []
        for window in windows:
            luck = rng.random()
            if luck < change:
                continue
            shorten = luck < 2 * change and window.minutes >= 180
            later, earlier = rng.choice(((60, 0), (0, 60), (30, 30), (0, 90)))
            if shorten:
                window = TimeRange(window.start + later, window.end - earlier)  # noqa: PLW2901
            kept.append(window)
        if kept:
            days[week.days[weekday]] = tuple(kept)
    return days


def _days_off(
    days: dict[date, tuple[TimeRange, ...]], today: date, weeks: list[date], rng: Random
) -> dict[date, str]:
    """None, one or two closed days; the next three days stay open."""
    count = rng.choice((0, 1, 1, 2))
    reasons = rng.sample(DAY_OFF_REASONS, k=len(DAY_OFF_REASONS))
    chosen = {}
    for near, reason in zip(rng.sample(weeks, k=count), reasons, strict=False):
        week = Week.containing(near)
        possible = [day for day in week.days if day in days and day > today + timedelta(days=3)]
        if possible:
            chosen[rng.choice(possible)] = reason
    return dict(sorted(chosen.items()))
