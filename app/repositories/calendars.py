"""All that decides about instructors' time, read in one statement."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Date,
    Integer,
    Select,
    Time,
    bindparam,
    cast,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from app.domain.evaluation import Hold, Lesson
from app.domain.limits import BUFFER_MAX_MINUTES, DURATION_MAX_MINUTES
from app.domain.time_range import TimeRange, merge
from app.domain.vocabulary import OCCUPYING
from app.models.base import UtcInstant
from app.models.booking import Booking
from app.models.hold import TimeHold
from app.repositories.availability import (
    DAY_OFF,
    WINDOW,
    select_days_off,
    select_windows,
    stored_range,
)

_REACH = timedelta(days=2) + timedelta(minutes=DURATION_MAX_MINUTES + BUFFER_MAX_MINUTES)
"""Zones and long lessons reach over the first and last day by less than this."""
_LESSON, _OWN, _HOLD = 2, 3, 4


@dataclass(slots=True)
class CalendarRows:
    """One instructor's windows, days off, lessons and holds of a range of days."""

    windows: dict[date, tuple[TimeRange, ...]] = field(default_factory=dict)
    days_off: set[date] = field(default_factory=set)
    lessons: list[Lesson] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CalendarsRead:
    """Calendars by instructor, and when the asking student is busy."""

    by_instructor: Mapping[int, CalendarRows]
    student_busy: tuple[tuple[datetime, datetime], ...]


class CalendarRepository:
    """Reads what the evaluation needs, for one instructor or many."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def read(
        self,
        instructor_ids: Collection[int],
        first: date,
        last: date,
        *,
        student_id: int | None = None,
        moving: int | None = None,
    ) -> CalendarsRead:
        """Everything of the days, both included, in one statement however many rows.

        ``first`` and ``last`` are days in the instructors' zones. The booking ``moving``
        does not count as the student's.
        """
        values: dict[str, Any] = {
            "instructors": list(instructor_ids),
            "first": first,
            "last": last,
            "since": datetime.combine(first, datetime.min.time(), tzinfo=UTC) - _REACH,
            "until": datetime.combine(last, datetime.min.time(), tzinfo=UTC) + _REACH,
        }
        if student_id is not None:
            values["student"] = student_id
        statement = _statement(has_student=student_id is not None)
        return _sorted_out(self._session.execute(statement, values), moving)


@cache
def _statement(*, has_student: bool) -> CompoundSelect[*tuple[Any, ...]]:
    """Built once: putting it together takes longer than the database does to answer it."""
    instructors = bindparam("instructors", expanding=True, type_=Integer)
    days = bindparam("first", type_=Date), bindparam("last", type_=Date)
    instants = [cast(null(), UtcInstant()) for _ in range(3)]
    parts: list[Select[*tuple[Any, ...]]] = [
        select_windows(instructors, *days, *instants),
        select_days_off(instructors, *days, *instants),
        _lessons(_LESSON).where(Booking.instructor_id.in_(instructors)),
        _holds().where(TimeHold.instructor_id.in_(instructors)),
    ]
    if has_student:
        parts.append(_lessons(_OWN).where(Booking.student_id == bindparam("student")))
    return union_all(*parts)


def _lessons(kind: int) -> Select[*tuple[Any, ...]]:
    return select(
        literal(kind, Integer),
        Booking.instructor_id,
        cast(null(), Date()),
        *(cast(null(), Time()) for _ in range(2)),
        Booking.starts_at,
        Booking.ends_at,
        Booking.blocked_until,
        Booking.id,
    ).where(
        Booking.starts_at.between(bindparam("since"), bindparam("until")),
        Booking.status.in_(OCCUPYING),
    )


def _holds() -> Select[*tuple[Any, ...]]:
    """In the lessons' columns: ``expires_at`` for ``blocked_until``, the holder for the id."""
    return select(
        literal(_HOLD, Integer),
        TimeHold.instructor_id,
        cast(null(), Date()),
        *(cast(null(), Time()) for _ in range(2)),
        TimeHold.starts_at,
        TimeHold.ends_at,
        TimeHold.expires_at,
        TimeHold.holder_id,
    ).where(TimeHold.starts_at.between(bindparam("since"), bindparam("until")))


def _sorted_out(rows: Iterable[Any], moving: int | None) -> CalendarsRead:
    windows: dict[tuple[int, date], list[TimeRange]] = defaultdict(list)
    calendars: dict[int, CalendarRows] = defaultdict(CalendarRows)
    busy: list[tuple[datetime, datetime]] = []
    for kind, instructor_id, day, start, end, *rest in rows:
        if kind == WINDOW:
            window = stored_range(start, end)
            if window is not None:
                windows[instructor_id, day].append(window)
        elif kind == DAY_OFF:
            calendars[instructor_id].days_off.add(day)
        else:
            _sort_in(calendars[instructor_id], busy, kind, moving, *rest)
    for (instructor_id, day), ranges in windows.items():
        calendars[instructor_id].windows[day] = merge(ranges)
    for calendar in calendars.values():
        calendar.lessons.sort(key=lambda lesson: lesson.starts_at)
    return CalendarsRead(calendars, tuple(busy))


def _sort_in(
    calendar: CalendarRows,
    busy: list[tuple[datetime, datetime]],
    kind: int,
    moving: int | None,
    starts_at: datetime,
    ends_at: datetime,
    until: datetime | None,
    key: int,
) -> None:
    """One row that has instants. ``key`` is a booking's id, of a hold the holder's."""
    if kind == _LESSON:
        calendar.lessons.append(Lesson(starts_at, ends_at, until or ends_at, key))
    elif kind == _HOLD and until is not None:
        calendar.holds.append(Hold(starts_at, ends_at, until, key))
    elif kind == _OWN and key != moving:
        busy.append((starts_at, ends_at))
