"""Open hours, of which this is the only writer, and the days off over them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    Time,
    cast,
    literal,
    null,
    or_,
    select,
    union_all,
)

from app.domain.errors import InvalidRange
from app.domain.time_range import TimeRange
from app.domain.windows import RowChange
from app.models.availability import AvailabilitySlot, BlackoutDate
from app.repositories.base import BaseRepository
from app.repositories.slot_rows import put, take_away

WINDOW, DAY_OFF = 0, 1
_SLOT = AvailabilitySlot

Ids = Collection[int] | BindParameter[int]
Day = date | BindParameter[date]


@dataclass(frozen=True, slots=True)
class StoredWindow:
    """A window as it lies in the table, its clock times untouched."""

    id: int
    day: date
    start: time
    end: time

    @property
    def range(self) -> TimeRange | None:
        """None where it ends before it starts, as adopted rows may."""
        return stored_range(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Rug:
    """Windows and days off of some days, in order."""

    windows: tuple[StoredWindow, ...]
    days_off: frozenset[date]


class AvailabilityRepository(BaseRepository[AvailabilitySlot]):
    """Windows and days off by instructor and range of days."""

    model = AvailabilitySlot

    def between(self, instructor_id: int, *spans: tuple[date, date]) -> Rug:
        """Everything of the days of each span, both ends included, in one statement."""
        first, last = min(each[0] for each in spans), max(each[1] for each in spans)
        both = union_all(
            select_windows([instructor_id], first, last).where(_within(_SLOT.specific_date, spans)),
            select_days_off([instructor_id], first, last).where(_within(BlackoutDate.date, spans)),
        )
        return _rug(self._session.execute(both))

    def around(self, instructor_id: int, days: Collection[date], ids: Collection[int]) -> Rug:
        """All windows of some days, and of the days on which windows of these ids lie.

        Ids of other people's windows lead nowhere.
        """
        named = select(_SLOT.specific_date).where(
            _SLOT.id.in_(ids), _SLOT.instructor_id == instructor_id
        )
        wanted: ColumnElement[bool] = _SLOT.specific_date.in_(named)
        if days:
            wanted |= _SLOT.specific_date.in_(days)
        columns = (_SLOT.instructor_id, _SLOT.specific_date, _SLOT.start_time, _SLOT.end_time)
        found = select(literal(WINDOW, Integer), *columns, _SLOT.id)
        return _rug(
            self._session.execute(found.where(_SLOT.instructor_id == instructor_id, wanted))
        )

    def replace(self, instructor_id: int, change: RowChange, *, now: datetime) -> Mapping[int, int]:
        """Make the rows what they should be, whatever their number in four statements.

        What is moved keeps its id. Returns the ids of fresh windows by their keys. Raises
        SlotExists where somebody who takes no locks wrote the same.
        """
        gone = [*change.gone, *(each.key for each in change.moved)]
        if gone:
            take_away(self._session, gone)
        if change.moved:
            put(self._session, instructor_id, change.moved, now, keep_keys=True)
        if not change.fresh:
            return {}
        ids = put(self._session, instructor_id, change.fresh, now)
        return {
            each.key: ids[each.day, each.range.start_time, each.range.end_time]
            for each in change.fresh
        }


def _within(column: Any, spans: Sequence[tuple[date, date]]) -> ColumnElement[bool]:
    return or_(*(column.between(*each) for each in spans))


def _rug(rows: Iterable[Any]) -> Rug:
    windows, days_off = [], set()
    for kind, _, day, start, end, key in rows:
        if kind == WINDOW:
            windows.append(StoredWindow(key, day, start, end))
        else:
            days_off.add(day)
    windows.sort(key=lambda each: (each.day, each.start, each.id))
    return Rug(tuple(windows), frozenset(days_off))


def stored_range(start: time, end: time) -> TimeRange | None:
    """The range of two stored clock times; adopted rows may end before they start."""
    try:
        return TimeRange.between(start, end)
    except InvalidRange:
        return None


def select_windows(instructor_ids: Ids, first: Day, last: Day) -> Select[*tuple[Any, ...]]:
    """Columns: kind, instructor, day, start, end, id."""
    slot = AvailabilitySlot
    columns = (slot.instructor_id, slot.specific_date, slot.start_time, slot.end_time)
    return select(literal(WINDOW, Integer), *columns, slot.id).where(
        slot.instructor_id.in_(instructor_ids), slot.specific_date.between(first, last)
    )


def select_days_off(instructor_ids: Ids, first: Day, last: Day) -> Select[*tuple[Any, ...]]:
    """Columns as of ``select_windows``; the times are null."""
    times = [cast(null(), Time()) for _ in range(2)]
    columns = (BlackoutDate.instructor_id, BlackoutDate.date, *times)
    return select(literal(DAY_OFF, Integer), *columns, BlackoutDate.id).where(
        BlackoutDate.instructor_id.in_(instructor_ids), BlackoutDate.date.between(first, last)
    )
