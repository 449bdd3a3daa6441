"""Long lists of bookings, some rows at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, literal, select, union_all
from sqlalchemy.orm import Session

from app.domain.lists import BookingFilter, Position
from app.domain.vocabulary import BookingStatus
from app.models.booking import Booking
from app.repositories.bookings import with_people


@dataclass(frozen=True, slots=True)
class TakenLesson:
    """What somebody took, and from whom. The service may be gone."""

    instructor_id: int
    service_id: int | None
    minutes: int


class BookingPageRepository:
    """A person's bookings, those he takes and those he gives, latest start first.

    Each side is read along its own index and stops as soon as a page is full.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def rows(
        self,
        person_id: int,
        wanted: BookingFilter,
        *,
        after: Position | None,
        offset: int,
        limit: int,
    ) -> Sequence[Booking]:
        """One page: behind a row, or so many rows further down."""
        return self._session.scalars(page_of(person_id, wanted, after, offset, limit)).all()

    def count(self, person_id: int, wanted: BookingFilter, most: int) -> int:
        """How many there are; counting stops at ``most``."""
        mine = (Booking.student_id == person_id) | (Booking.instructor_id == person_id)
        some = select(literal(1)).where(mine, *_conditions(wanted, None)).limit(most).subquery()
        return self._session.scalar(select(func.count()).select_from(some)) or 0

    def lately(self, student_id: int, now: datetime, limit: int) -> Sequence[TakenLesson]:
        """The last lessons that a student took, latest first; some of them may be alike."""
        rows = self._session.execute(
            select(Booking.instructor_id, Booking.service_id, Booking.duration_minutes)
            .where(
                Booking.student_id == student_id,
                Booking.starts_at < now,
                Booking.status.in_((BookingStatus.CONFIRMED, BookingStatus.COMPLETED)),
            )
            .order_by(Booking.starts_at.desc(), Booking.id.desc())
            .limit(limit)
        )
        return [TakenLesson(*row) for row in rows]

    def between(
        self,
        person_id: int,
        since: datetime,
        until: datetime,
        *,
        cancelled_since: datetime,
        limit: int,
    ) -> Sequence[Booking]:
        """Lessons that start within a stretch of time, soonest first; cancelled ones only if
        that was lately.
        """
        is_off = Booking.status == BookingStatus.CANCELLED
        wanted = with_people().where(
            (Booking.student_id == person_id) | (Booking.instructor_id == person_id),
            Booking.starts_at.between(since, until),
            ~is_off | (Booking.cancelled_at >= cancelled_since),
        )
        return self._session.scalars(
            wanted.order_by(Booking.starts_at, Booking.id).limit(limit)
        ).all()


def page_of(
    person_id: int, wanted: BookingFilter, after: Position | None, offset: int, limit: int
) -> Select[Booking]:
    """The statement that reads a page."""
    taken = Booking.student_id == person_id
    given = Booking.instructor_id == person_id
    sides = [
        select(Booking.id, Booking.starts_at)
        .where(side, *_conditions(wanted, after))
        .order_by(Booking.starts_at.desc(), Booking.id.desc())
        .limit(offset + limit)
        .subquery()
        for side in (taken, given & (Booking.student_id != person_id))
    ]
    both = union_all(*(select(side) for side in sides)).subquery()
    ids = select(both.c.id).order_by(both.c.starts_at.desc(), both.c.id.desc())
    page = with_people().where(Booking.id.in_(ids.offset(offset).limit(limit)))
    return page.order_by(Booking.starts_at.desc(), Booking.id.desc())


def _conditions(wanted: BookingFilter, after: Position | None) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.statuses is not None:
        found.append(Booking.status.in_(wanted.statuses))
    if wanted.since is not None:
        found.append(Booking.starts_at >= wanted.since)
    if wanted.until is not None:
        found.append(Booking.starts_at < wanted.until)
    if after is not None:
        found.append(earlier_than(after))
    return found


def earlier_than(place: Position) -> ColumnElement[bool]:
    """Bookings behind a place in a list whose latest start is first."""
    is_beyond = (Booking.starts_at < place.starts_at) | (Booking.id < place.id)
    return (Booking.starts_at <= place.starts_at) & is_beyond
