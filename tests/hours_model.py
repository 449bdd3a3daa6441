"""Open hours as sets of quarter hours: what operations on windows must come to.

A second, naive reckoning, to hold the real one against.
"""

from dataclasses import dataclass
from datetime import date

from app.domain.bulk import Action, Operation

QUARTER = 15


@dataclass
class Known:
    """A window by its cells. ``number`` is the id of its row, below zero for one without."""

    number: int
    day: date
    cells: set[int]


class Model:
    """Windows that are merged whenever they share a cell or lie side by side."""

    def __init__(self, windows: list[tuple[int, date, int, int]], *, today: date) -> None:
        self.windows = [
            Known(number, day, set(range(start // QUARTER, end // QUARTER)))
            for number, day, start, end in windows
        ]
        self.today = today
        self.made = 0

    def state(self) -> set[tuple[date, int, int]]:
        return {
            (each.day, min(each.cells) * QUARTER, (max(each.cells) + 1) * QUARTER)
            for each in self.windows
        }

    def numbers(self) -> dict[int, tuple[date, int, int]]:
        """Windows that have rows already, by id."""
        return {
            each.number: (each.day, min(each.cells) * QUARTER, (max(each.cells) + 1) * QUARTER)
            for each in self.windows
            if each.number > 0
        }

    def do(self, wish: Operation) -> bool:
        """Whether it was done."""
        if wish.action is Action.ADD:
            return self._add(wish)
        found = [each for each in self.windows if self._is_meant(each, wish)]
        if not found or found[0].day < self.today:
            return False
        if wish.action is Action.REMOVE:
            self.windows.remove(found[0])
            return True
        return wish.slot_id is not None and self._update(found[0], wish)

    def _add(self, wish: Operation) -> bool:
        cells = _cells(wish.start, wish.end)
        if wish.day is None or cells is None or wish.day < self.today:
            return False
        same_day = [each for each in self.windows if each.day == wish.day]
        if any(each.cells == cells for each in same_day):
            return False
        if not any(cells <= each.cells for each in same_day):
            self.made -= 1
            self._place(Known(self.made, wish.day, cells))
        return True

    def _update(self, window: Known, wish: Operation) -> bool:
        first, last = min(window.cells) * QUARTER, (max(window.cells) + 1) * QUARTER
        cells = _cells(
            first if wish.start is None else wish.start, last if wish.end is None else wish.end
        )
        day = wish.day or window.day
        if cells is None or day < self.today:
            return False
        if (day, cells) != (window.day, window.cells):
            self.windows.remove(window)
            self._place(Known(window.number, day, cells))
        return True

    def _place(self, window: Known) -> None:
        while near := [each for each in self.windows if _meet(each, window)]:
            for each in near:
                self.windows.remove(each)
                window.cells |= each.cells
            rows = [each.number for each in near if each.number > 0]
            if window.number < 0 and rows:
                window.number = min(rows)
        self.windows.append(window)

    def _is_meant(self, window: Known, wish: Operation) -> bool:
        if wish.slot_id is not None:
            return window.number == wish.slot_id
        return window.day == wish.day and window.cells == _cells(wish.start, wish.end, least=1)


def _meet(one: Known, other: Known) -> bool:
    beside = {cell + step for cell in other.cells for step in (-1, 0, 1)}
    return one.day == other.day and bool(one.cells & beside)


def _cells(start: int | None, end: int | None, least: int = 2) -> set[int] | None:
    """The quarter hours from one minute to another; None where that is no window."""
    if start is None or end is None or start % QUARTER or end % QUARTER:
        return None
    cells = set(range(start // QUARTER, end // QUARTER))
    return cells if len(cells) >= least else None
