"""All that decides about instructors' time, read in one statement."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Date,
    Integer,
    Select,
    Text,
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
from app.domain.time_range import TimeRange
from app.domain.vocabulary import OCCUPYING, BookingStatus
from app.models.availability import BlackoutDate
from app.models.base import UtcInstant
from app.models.booking import Booking
from app.models.hold import TimeHold
from app.repositories.availability import DAY_OFF, WINDOW
from app.repositories.gathered_hours import GatheredHours, select_gathered

_REACH = timedelta(days=2) + timedelta(minutes=DURATION_MAX_MINUTES + BUFFER_MAX_MINUTES)
"""Zones and long lessons reach over the first and last day by less than this."""
_LESSON, _OWN, _HOLD = 2, 3, 4
_FREED = tuple(status for status in BookingStatus if status not in OCCUPYING)
_Part = Select[*tuple[Any, ...]]


@dataclass(slots=True)
class CalendarRows:
    """One instructor's windows, days off, lessons and holds of a range of days."""

    windows: Mapping[date, Sequence[TimeRange]] = field(default_factory=dict)
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
    parts: list[_Part] = [
        select_gathered(instructors, *days, *_no_instants(), cast(null(), Integer), _no_day()),
        _days_off(*days).where(BlackoutDate.instructor_id.in_(instructors)),
        _lessons(_LESSON).where(Booking.instructor_id.in_(instructors)),
        _holds().where(TimeHold.instructor_id.in_(instructors)),
    ]
    if has_student:
        parts.append(_lessons(_OWN).where(Booking.student_id == bindparam("student")))
    return union_all(*parts)


def _no_instants() -> Iterator[ColumnElement[Any]]:
    return (cast(null(), UtcInstant()) for _ in range(3))


def _no_day() -> ColumnElement[Any]:
    return cast(null(), Date())


def _days_off(first: BindParameter[date], last: BindParameter[date]) -> _Part:
    return _part(
        DAY_OFF,
        BlackoutDate.instructor_id,
        *_no_instants(),
        cast(null(), Integer),
        BlackoutDate.date,
    ).where(BlackoutDate.date.between(first, last))


def _lessons(kind: int) -> _Part:
    """In statuses that occupy time, told by the others: no index of states is of use here."""
    instants = Booking.starts_at, Booking.ends_at, Booking.blocked_until
    return _part(kind, Booking.instructor_id, *instants, Booking.id, _no_day()).where(
        Booking.starts_at.between(bindparam("since"), bindparam("until")),
        Booking.status.not_in(_FREED),
    )


def _holds() -> _Part:
    """In the lessons' columns: ``expires_at`` for ``blocked_until``, the holder for the id."""
    instants = TimeHold.starts_at, TimeHold.ends_at, TimeHold.expires_at
    return _part(_HOLD, TimeHold.instructor_id, *instants, TimeHold.holder_id, _no_day()).where(
        TimeHold.starts_at.between(bindparam("since"), bindparam("until"))
    )


def _part(kind: int, *columns: Any) -> _Part:
    return select(literal(kind, Integer), *columns, cast(null(), Text))


def _sorted_out(rows: Iterable[Any], moving: int | None) -> CalendarsRead:
    calendars: dict[int, CalendarRows] = defaultdict(CalendarRows)
    busy: list[tuple[datetime, datetime]] = []
    for kind, instructor_id, *instants_and_key, day, windows in rows:
        if kind == WINDOW:
            calendars[instructor_id].windows = GatheredHours(windows)
        elif kind == DAY_OFF:
            calendars[instructor_id].days_off.add(day)
        else:
            _sort_in(calendars[instructor_id], busy, kind, moving, *instants_and_key)
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
