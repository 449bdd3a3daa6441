"""Open hours and days off: the only writer of both tables."""

from collections.abc import Collection, Iterable
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
    delete,
    insert,
    literal,
    null,
    select,
    union_all,
)

from app.domain.errors import InvalidRange
from app.domain.time_range import TimeRange
from app.models.availability import AvailabilitySlot, BlackoutDate
from app.repositories.base import BaseRepository

WINDOW, DAY_OFF = 0, 1

Ids = Collection[int] | BindParameter[int]
Day = date | BindParameter[date]


@dataclass(frozen=True, slots=True)
class StoredWindow:
    """A window as it lies in the table; ``range`` is null where it ends before it starts."""

    id: int
    day: date
    range: TimeRange | None


@dataclass(frozen=True, slots=True)
class Rug:
    """Windows and days off of some days, in order."""

    windows: tuple[StoredWindow, ...]
    days_off: frozenset[date]


class AvailabilityRepository(BaseRepository[AvailabilitySlot]):
    """Windows and days off by instructor and range of days."""

    model = AvailabilitySlot

    def between(self, instructor_id: int, first: date, last: date) -> Rug:
        """Everything of the days, both included, in one statement."""
        both = union_all(
            select_windows([instructor_id], first, last),
            select_days_off([instructor_id], first, last),
        )
        rows = sorted(self._session.execute(both), key=lambda row: (row[2], row[3] or time.min))
        windows = [
            StoredWindow(key, day, stored_range(start, end))
            for kind, _, day, start, end, key in rows
            if kind == WINDOW
        ]
        return Rug(tuple(windows), frozenset(row[2] for row in rows if row[0] == DAY_OFF))

    def replace(
        self,
        instructor_id: int,
        gone: Collection[int],
        fresh: Iterable[tuple[date, TimeRange]],
        *,
        now: datetime,
    ) -> None:
        """Take away windows by id and add others: two statements at most."""
        if gone:
            self._session.execute(
                delete(AvailabilitySlot)
                .where(AvailabilitySlot.id.in_(gone))
                .execution_options(synchronize_session=False)
            )
        rows = [
            {
                "instructor_id": instructor_id,
                "specific_date": day,
                "start_time": window.start_time,
                "end_time": window.end_time,
                "created_at": now,
            }
            for day, window in sorted(fresh)
        ]
        if rows:
            self._session.execute(insert(AvailabilitySlot), rows)


def stored_range(start: time, end: time) -> TimeRange | None:
    """The range of two stored clock times; adopted rows may end before they start."""
    try:
        return TimeRange.between(start, end)
    except InvalidRange:
        return None


def select_windows(
    instructor_ids: Ids, first: Day, last: Day, *extra: ColumnElement[Any]
) -> Select[*tuple[Any, ...]]:
    """Columns: kind, instructor, day, start, end, the extra ones, id."""
    slot = AvailabilitySlot
    columns = (slot.instructor_id, slot.specific_date, slot.start_time, slot.end_time)
    return select(literal(WINDOW, Integer), *columns, *extra, slot.id).where(
        slot.instructor_id.in_(instructor_ids), slot.specific_date.between(first, last)
    )


def select_days_off(
    instructor_ids: Ids, first: Day, last: Day, *extra: ColumnElement[Any]
) -> Select[*tuple[Any, ...]]:
    """Columns as of ``select_windows``; the times are null."""
    times = [cast(null(), Time()) for _ in range(2)]
    columns = (BlackoutDate.instructor_id, BlackoutDate.date, *times)
    return select(literal(DAY_OFF, Integer), *columns, *extra, BlackoutDate.id).where(
        BlackoutDate.instructor_id.in_(instructor_ids), BlackoutDate.date.between(first, last)
    )
