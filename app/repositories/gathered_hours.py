"""Open hours as the database gathers them: one text per person, read where it is looked at.

A search reads two weeks of thousands of people, and looks at a day or two of each. Rows would
all have to be made into values first; that takes longer than everything else together.
"""

from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, Text, cast, func, literal, select

from app.domain.time_range import TimeRange, merge
from app.models.availability import AvailabilitySlot
from app.repositories.availability import WINDOW, Day, Ids, stored_range

_BETWEEN_DAYS, _BETWEEN_WINDOWS, _BETWEEN_TIMES = ";", ",", "-"
_DAY_CHARS = len("2026-12-01")


class GatheredHours(Mapping[date, tuple[TimeRange, ...]]):
    """One person's windows by day, in his wall clock; a day is read when it is first asked for."""

    def __init__(self, text: str) -> None:
        days = text.split(_BETWEEN_DAYS)
        self._written = {day[:_DAY_CHARS]: day[_DAY_CHARS:] for day in days}
        self._read: dict[date, tuple[TimeRange, ...]] = {}

    def __getitem__(self, day: date) -> tuple[TimeRange, ...]:
        if day not in self._read:
            windows = self._written[day.isoformat()].split(_BETWEEN_WINDOWS)
            ranges = (_range(window) for window in windows)
            self._read[day] = merge(each for each in ranges if each is not None)
        return self._read[day]

    def __iter__(self) -> Iterator[date]:
        return (date.fromisoformat(day) for day in self._written)

    def __len__(self) -> int:
        return len(self._written)


def select_gathered(
    instructor_ids: Ids, first: Day, last: Day, *extra: ColumnElement[Any]
) -> Select[*tuple[Any, ...]]:
    """One row per instructor. Columns: kind, instructor, the extra ones, the text."""
    slot = AvailabilitySlot
    window = cast(slot.start_time, Text) + literal(_BETWEEN_TIMES) + cast(slot.end_time, Text)
    windows = func.aggregate_strings(window, _BETWEEN_WINDOWS)
    days = (
        select(slot.instructor_id, (cast(slot.specific_date, Text) + windows).label("text"))
        .where(slot.instructor_id.in_(instructor_ids), slot.specific_date.between(first, last))
        .group_by(slot.instructor_id, slot.specific_date)
        .subquery("days")
    )
    gathered = func.aggregate_strings(days.c.text, _BETWEEN_DAYS)
    return select(literal(WINDOW, Integer), days.c.instructor_id, *extra, gathered).group_by(
        days.c.instructor_id
    )


def _range(window: str) -> TimeRange | None:
    """None where it ends before it starts, as adopted rows may."""
    start, _, end = window.partition(_BETWEEN_TIMES)
    return stored_range(time.fromisoformat(start), time.fromisoformat(end))
