"""The instructor's week as a table of half hours, ready to be shown. No decisions, no queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from app.domain.hours_text import write_hours, write_minute
from app.domain.limits import GRID_MINUTES
from app.domain.time_range import DAY_MINUTES, TimeRange, merge, minute_of, subtract
from app.domain.vocabulary import OCCUPYING
from app.domain.week import Week
from app.domain.zones import zone
from app.services.presentation import PresentationService
from app.web.week_lessons import Lesson, PlacedLesson, place_lessons

ROW_MINUTES = 30
USUAL_DAY = TimeRange(7 * 60, 22 * 60)
WHOLE_DAY = TimeRange(0, DAY_MINUTES)


class Hours(Protocol):
    """What the grid needs to know of a week's open hours; services' WeekHours has it all."""

    @property
    def week(self) -> Week: ...
    @property
    def zone_name(self) -> str: ...
    @property
    def today(self) -> date: ...
    @property
    def ranges(self) -> Mapping[date, Sequence[TimeRange]]: ...
    @property
    def days_off(self) -> frozenset[date]: ...
    @property
    def version(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Day:
    """A column's head and the day's plain field."""

    date: date
    short: str
    number: str
    label: str
    hours: str
    is_past: bool
    is_today: bool
    is_off: bool

    @property
    def field(self) -> str:
        """The name of the day's input."""
        return f"hours-{self.date.isoformat()}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One half hour of one day. ``state`` is open, partly or closed; ``quarter`` tells which
    of the two quarter hours is open when it is partly so (0 where it is neither exactly).
    """

    day: Day
    minute: int
    state: str
    quarter: int
    is_past: bool
    is_now: bool
    lessons: tuple[PlacedLesson, ...]
    booked: tuple[PlacedLesson, ...]

    @property
    def end(self) -> int:
        return self.minute + ROW_MINUTES

    @property
    def note(self) -> str:
        """What is said after the state: lessons, day off, past."""
        said = [f"lesson with {lesson.student}, {lesson.clock}" for lesson in self.booked]
        if self.day.is_off:
            said.append("day off")
        if self.is_past:
            said.append("past, cannot be changed")
        return "".join(f", {each}" for each in said)

    @property
    def label(self) -> str:
        """For a screen reader: ``Mon 24 Nov, 9:00 to 9:30, open``."""
        span = f"{write_minute(self.minute)} to {write_minute(self.end)}"
        state = "partly open" if self.state == "partly" else self.state
        return f"{self.day.label}, {span}, {state}{self.note}"

    @property
    def css(self) -> str:
        """The cell's classes."""
        names = [] if self.state == "closed" else [self.state]
        names += [f"quarter-{self.quarter}"] if self.quarter else []
        flags = {"past": self.is_past, "now": self.is_now, "off": self.day.is_off}
        return " ".join(names + [name for name, is_so in flags.items() if is_so])


@dataclass(frozen=True, slots=True)
class Row:
    """One half hour across the week."""

    minute: int
    cells: tuple[Cell, ...]

    @property
    def clock(self) -> str:
        return write_minute(self.minute)

    @property
    def is_full_hour(self) -> bool:
        return self.minute % 60 == 0


@dataclass(frozen=True, slots=True)
class WeekGrid:
    """Everything ``teach/_week.html`` shows of one week."""

    week: Week
    title: str
    zone_city: str
    version: str
    today: date
    days: tuple[Day, ...]
    rows: tuple[Row, ...]
    lessons: tuple[PlacedLesson, ...]
    open_minutes: int
    is_whole_day: bool

    @property
    def is_past(self) -> bool:
        return self.week.last < self.today

    @property
    def is_this_week(self) -> bool:
        return self.week.monday <= self.today <= self.week.last

    @property
    def summary(self) -> str:
        """Such as ``12 hours open this week; 3 lessons booked``."""
        hours = f"{self.open_minutes / 60:g}"
        lessons = len({lesson.id for lesson in self.lessons})
        return (
            f"{hours} {'hour' if hours == '1' else 'hours'} open this week; "
            f"{lessons} {'lesson' if lessons == 1 else 'lessons'} booked"
        )


def week_grid(
    hours: Hours,
    lessons: Iterable[Lesson],
    say: PresentationService,
    *,
    now: datetime,
    show_all: bool = False,
) -> WeekGrid:
    """Lays the lessons over the open hours. ``now`` is an aware instant."""
    local_now = now.astimezone(zone(hours.zone_name))
    shown = [lesson for lesson in lessons if lesson.status in OCCUPYING]
    placed = place_lessons(shown, days=hours.week.days, zone_name=hours.zone_name)
    ranges = {day: merge(hours.ranges.get(day, ())) for day in hours.week.days}
    span = WHOLE_DAY if show_all else _span(ranges.values(), placed)
    days = tuple(_day(day, say, hours=hours, ranges=ranges[day]) for day in hours.week.days)
    rows = tuple(
        Row(minute, tuple(_cell(day, minute, ranges, placed, local_now) for day in days))
        for minute in range(span.start, span.end, ROW_MINUTES)
    )
    open_minutes = sum(
        each.minutes for day in hours.week.days if day not in hours.days_off for each in ranges[day]
    )
    return WeekGrid(
        week=hours.week,
        title=say.days(hours.week.monday, hours.week.last),
        zone_city=say.zone_city(hours.zone_name),
        version=hours.version,
        today=hours.today,
        days=days,
        rows=rows,
        lessons=placed,
        open_minutes=open_minutes,
        is_whole_day=span == WHOLE_DAY,
    )


def saved_notice(grid: WeekGrid) -> dict[str, str]:
    """What is said after a save, from the week as it is now stored."""
    return {"kind": "saved", "text": f"Saved. {grid.summary}."}


def _span(ranges: Iterable[Sequence[TimeRange]], placed: Iterable[PlacedLesson]) -> TimeRange:
    """The usual day, extended to whole hours where something lies outside."""
    edges = [USUAL_DAY, *(each for day in ranges for each in day), *(each.range for each in placed)]
    start = min(each.start for each in edges)
    end = max(each.end for each in edges)
    return TimeRange(start // 60 * 60, -(-end // 60) * 60)


def _day(day: date, say: PresentationService, *, hours: Hours, ranges: Sequence[TimeRange]) -> Day:
    return Day(
        date=day,
        short=say.weekday(day),
        number=say.day_of_month(day),
        label=say.day(day),
        hours=write_hours(ranges),
        is_past=day < hours.today,
        is_today=day == hours.today,
        is_off=day in hours.days_off,
    )


def _cell(
    day: Day,
    minute: int,
    ranges: Mapping[date, Sequence[TimeRange]],
    placed: Iterable[PlacedLesson],
    local_now: datetime,
) -> Cell:
    span = TimeRange(minute, minute + ROW_MINUTES)
    state, quarter = _state(span, ranges[day.date])
    here = [lesson for lesson in placed if lesson.day == day.date and lesson.overlaps(span)]
    minute_now = minute_of(local_now)
    is_today = day.date == local_now.date()
    return Cell(
        day=day,
        minute=minute,
        state=state,
        quarter=quarter,
        is_past=day.is_past or (is_today and span.end <= minute_now),
        is_now=is_today and span.start <= minute_now < span.end,
        lessons=tuple(each for each in here if span.start <= each.range.start),
        booked=tuple(here),
    )


def _state(span: TimeRange, ranges: Sequence[TimeRange]) -> tuple[str, int]:
    closed = subtract([span], ranges)
    if not closed:
        return "open", 0
    if closed == (span,):
        return "closed", 0
    middle = span.start + GRID_MINUTES
    halves = {TimeRange(middle, span.end): 1, TimeRange(span.start, middle): 2}
    return "partly", halves.get(closed[0], 0) if len(closed) == 1 else 0
