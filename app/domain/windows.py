"""Open hours as windows that keep their identity while they are changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.errors import InvalidInput, NotFound, PastIsReadOnly, SlotExists
from app.domain.time_range import TimeRange, check_room, merge, open_windows


@dataclass(frozen=True, order=True, slots=True)
class Window:
    """One stretch of open hours on a day.

    ``key`` is the stored row's id; below zero while there is no row yet.
    """

    day: date
    range: TimeRange
    key: int


class Draft:
    """Windows while operations are carried out on them, one after the other.

    Every operation is done whole or, when it is refused, not at all. What overlaps or touches
    a window that is opened or moved becomes one with it; other windows are left alone. Days
    before ``today`` are read-only.
    """

    def __init__(self, windows: Iterable[Window], *, today: date) -> None:
        self._windows = {each.key: each for each in windows}
        self._became: dict[int, int] = {}
        self._fresh = 0
        self.today = today

    @property
    def windows(self) -> tuple[Window, ...]:
        return tuple(sorted(self._windows.values()))

    def on(self, day: date) -> tuple[Window, ...]:
        """The windows of a day, ascending."""
        return tuple(each for each in self.windows if each.day == day)

    def find(self, key: int) -> Window:
        """Raises NotFound."""
        if key not in self._windows:
            raise NotFound("Slot not found")
        return self._windows[key]

    def survivor_of(self, key: int) -> int:
        """The key of the window that this one has become part of, else its own."""
        while key in self._became:
            key = self._became[key]
        return key

    def open(self, day: date, wanted: TimeRange) -> Window:
        """The window that now has the range in it. Raises SlotExists, InvalidWindow."""
        self._refuse_past(day)
        open_windows((wanted,))
        if any(each.range == wanted for each in self.on(day)):
            raise SlotExists
        around = [each for each in self.on(day) if _covers(each.range, wanted)]
        if around:
            return around[0]
        self._fresh -= 1
        return self._placed(Window(day, wanted, self._fresh))

    def close(self, window: Window) -> None:
        self._refuse_past(window.day)
        del self._windows[window.key]

    def move(self, window: Window, day: date, wanted: TimeRange) -> Window:
        """Give a window other hours, or another day. Raises InvalidWindow."""
        self._refuse_past(window.day)
        self._refuse_past(day)
        if (day, wanted) == (window.day, window.range):
            return window
        open_windows((wanted,))
        return self._placed(Window(day, wanted, window.key))

    def split(self, window: Window, minute: int) -> tuple[Window, Window]:
        """Two windows that touch, the first with the key of the whole.

        They stay two until something joins them. Raises InvalidInput, InvalidWindow.
        """
        self._refuse_past(window.day)
        if not window.range.start < minute < window.range.end:
            told = "Split time must be between slot start and end times"
            raise InvalidInput(told, field="split_time")
        ranges = TimeRange(window.range.start, minute), TimeRange(minute, window.range.end)
        for each in ranges:
            open_windows((each,))
        check_room(len(self.on(window.day)) + 1)
        self._fresh -= 1
        parts = (
            Window(window.day, ranges[0], window.key),
            Window(window.day, ranges[1], self._fresh),
        )
        self._windows.update((each.key, each) for each in parts)
        return parts

    def join(self, day: date) -> int:
        """Make one of all windows of a day that overlap or touch; how many went into others."""
        self._refuse_past(day)
        before = self.on(day)
        for whole in merge(each.range for each in before):
            members = [each for each in before if _covers(whole, each.range)]
            fitting = [each.key for each in members if each.range == whole]
            self._unite(members, whole, min(fitting or [each.key for each in members]))
        return len(before) - len(self.on(day))

    def _placed(self, window: Window) -> Window:
        others = [each for each in self.on(window.day) if each.key != window.key]
        pieces = merge((*(each.range for each in others), window.range))
        whole = next(each for each in pieces if _covers(each, window.range))
        members = [window, *(each for each in others if _covers(whole, each.range))]
        check_room(len(others) - len(members) + 2)
        return self._unite(members, whole, window.key)

    def _unite(self, members: list[Window], whole: TimeRange, key: int) -> Window:
        """One window in their place, under the key; for a new one the oldest row there was."""
        stored = [each.key for each in members if each.key > 0]
        if key < 0 and stored:
            key = min(stored)
        for each in members:
            self._windows.pop(each.key, None)
            if each.key != key:
                self._became[each.key] = key
        self._windows[key] = Window(members[0].day, whole, key)
        return self._windows[key]

    def _refuse_past(self, day: date) -> None:
        if day < self.today:
            raise PastIsReadOnly(f"{day:%d %B %Y} has passed and cannot be changed.")


def _covers(whole: TimeRange, part: TimeRange) -> bool:
    return whole.start <= part.start and part.end <= whole.end


@dataclass(frozen=True, slots=True)
class RowChange:
    """What has to happen to the rows so that they become other windows, and nothing besides.

    ``gone`` are ids, ``moved`` stored windows with other hours, ``fresh`` those without a row.
    ``same`` says which row is what an operation took for a new window.
    """

    gone: frozenset[int]
    moved: tuple[Window, ...]
    fresh: tuple[Window, ...]
    same: Mapping[int, int]

    @classmethod
    def between(cls, before: Iterable[Window], after: Iterable[Window]) -> "RowChange":
        old, new = {each.key: each for each in before}, list(after)
        kept = {each.key for each in new if each.key in old}
        spare = {(each.day, each.range): key for key, each in old.items() if key not in kept}
        moved = tuple(each for each in new if each.key in kept and each != old[each.key])
        unknown = [each for each in new if each.key not in kept]
        same = {
            each.key: spare[each.day, each.range]
            for each in unknown
            if (each.day, each.range) in spare
        }
        fresh = tuple(each for each in unknown if each.key not in same)
        return cls(frozenset(old.keys() - kept - set(same.values())), moved, fresh, same)

    def __bool__(self) -> bool:
        return bool(self.gone or self.moved or self.fresh)


Hours = Mapping[date, Sequence[TimeRange]]
"""Ranges by day."""


def fresh_windows(hours: Hours) -> list[Window]:
    """Windows that know of no rows yet."""
    both = ((day, each) for day, ranges in hours.items() for each in ranges)
    return [Window(day, each, -number) for number, (day, each) in enumerate(both, 1)]


def by_day(windows: Iterable[Window]) -> dict[date, tuple[TimeRange, ...]]:
    """Ranges by day, ascending; days without any are absent."""
    found: dict[date, list[TimeRange]] = {}
    for each in sorted(windows):
        found.setdefault(each.day, []).append(each.range)
    return {day: tuple(ranges) for day, ranges in found.items()}
