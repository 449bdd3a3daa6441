"""Stretches of wall-clock time within one day, and what can be done with them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from app.domain.errors import InvalidRange, InvalidWindow
from app.domain.limits import GRID_MINUTES, WINDOW_MIN_MINUTES, WINDOWS_PER_DAY_MAX

DAY_MINUTES = 24 * 60


@dataclass(frozen=True, order=True, slots=True)
class TimeRange:
    """Wall-clock minutes from midnight, half-open: ``0 <= start < end <= 1440``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= DAY_MINUTES:
            raise InvalidRange

    @classmethod
    def between(cls, start: time, end: time) -> "TimeRange":
        """From two clock times; an end of 00:00 is the end of the day. Raises InvalidRange.

        Fractions of a minute, which old rows may hold, are dropped towards the inside.
        """
        ceiled = minute_of(start) + bool(start.second or start.microsecond)
        return cls(ceiled, DAY_MINUTES if end == time(0) else minute_of(end))

    @property
    def minutes(self) -> int:
        return self.end - self.start

    @property
    def start_time(self) -> time:
        return clock_time(self.start)

    @property
    def end_time(self) -> time:
        """The end as stored: midnight is 00:00."""
        return clock_time(self.end)


def minute_of(clock: time | datetime) -> int:
    """Whole minutes since midnight; of an instant by the clock of the zone it is given in."""
    return clock.hour * 60 + clock.minute


def clock_time(minute: int) -> time:
    """The clock at a minute of the day; 1440 reads 00:00."""
    return time(minute // 60 % 24, minute % 60)


def merge(ranges: Iterable[TimeRange]) -> tuple[TimeRange, ...]:
    """The union, ascending; overlapping and touching ranges become one."""
    merged: list[TimeRange] = []
    for each in sorted(ranges):
        if merged and each.start <= merged[-1].end:
            if each.end > merged[-1].end:
                merged[-1] = TimeRange(merged[-1].start, each.end)
        else:
            merged.append(each)
    return tuple(merged)


def subtract(ranges: Iterable[TimeRange], holes: Iterable[TimeRange]) -> tuple[TimeRange, ...]:
    """What is left of the ranges outside all holes, ascending."""
    left = list(merge(ranges))
    for hole in holes:
        left = [piece for each in left for piece in _without(each, hole)]
    return tuple(left)


def _without(each: TimeRange, hole: TimeRange) -> Sequence[TimeRange]:
    if hole.end <= each.start or each.end <= hole.start:
        return (each,)
    edges = ((each.start, hole.start), (hole.end, each.end))
    return tuple(TimeRange(start, end) for start, end in edges if start < end)


def open_windows(ranges: Iterable[TimeRange]) -> tuple[TimeRange, ...]:
    """One day's open hours in the form that is saved. The one validator of all paths.

    Windows start and end on the quarter hour and last 30 minutes or more; overlapping
    and touching ones merge. Raises InvalidWindow.
    """
    windows = merge(ranges)
    for window in windows:
        span = f"{clock_time(window.start):%H:%M}-{clock_time(window.end):%H:%M}"
        if window.start % GRID_MINUTES or window.end % GRID_MINUTES:
            raise InvalidWindow(f"{span}: hours start and end on the quarter hour.")
        if window.minutes < WINDOW_MIN_MINUTES:
            raise InvalidWindow(f"{span}: a window lasts at least {WINDOW_MIN_MINUTES} minutes.")
    check_room(len(windows))
    return windows


def check_room(windows: int) -> None:
    """Whether a day can hold so many windows. Raises InvalidWindow."""
    if windows > WINDOWS_PER_DAY_MAX:
        raise InvalidWindow(f"A day holds at most {WINDOWS_PER_DAY_MAX} windows.")


def tidied(ranges: Iterable[TimeRange]) -> tuple[TimeRange, ...]:
    """The union as it may be saved: off the quarter hour cut inwards, what is too short dropped.

    For copies of old hours, which were stored when nothing was checked.
    """
    cut = (
        (-(-each.start // GRID_MINUTES) * GRID_MINUTES, each.end // GRID_MINUTES * GRID_MINUTES)
        for each in merge(ranges)
    )
    fitting = [TimeRange(start, end) for start, end in cut if end - start >= WINDOW_MIN_MINUTES]
    check_room(len(fitting))
    return tuple(fitting)
