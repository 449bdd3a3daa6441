"""Bookings."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from app.domain.errors import TimeTaken
from app.domain.vocabulary import OCCUPYING, BookingStatus
from app.models.booking import Booking
from app.repositories.base import BaseRepository

_INSTRUCTOR_LOCK, _STUDENT_LOCK = 1, 2
_OPEN = (BookingStatus.PENDING, BookingStatus.CONFIRMED)


class BookingRepository(BaseRepository[Booking]):
    """Bookings with both people, by person and time."""

    model = Booking

    def lock_calendars(self, instructor_id: int, student_id: int) -> None:
        """Make other bookings of these two people wait until this transaction ends.

        Instructor first, then student, each in a statement of its own, so that two
        transactions can never wait for one another. SQLite's write lock is taken already.
        """
        if self._session.get_bind().dialect.name != "postgresql":
            return
        for kind, person_id in ((_INSTRUCTOR_LOCK, instructor_id), (_STUDENT_LOCK, student_id)):
            self._session.execute(
                text("SELECT pg_advisory_xact_lock(:kind, :person)"),
                {"kind": kind, "person": person_id},
            )

    def add(self, row: Booking) -> Booking:
        """Insert; the overlap guards have the last word. Raises TimeTaken."""
        try:
            return super().add(row)
        except IntegrityError as clash:
            if "bookings_no_overlap_per_" in str(clash.orig):
                raise TimeTaken("This time slot conflicts with an existing booking") from clash
            raise

    def of_person(self, person_id: int, booking_id: int) -> Booking | None:
        """A booking, for its student or its instructor only."""
        wanted = _with_people().where(Booking.id == booking_id, _is_of(person_id))
        return self._session.scalars(wanted).one_or_none()

    def claim(self, booking: Booking, expected: Sequence[str], values: dict[str, Any]) -> bool:
        """Change a booking in one conditional update; false when somebody was faster."""
        done = self._session.execute(
            update(Booking)
            .where(Booking.id == booking.id, Booking.status.in_(expected))
            .values(**values)
            .returning(Booking.id)
            .execution_options(synchronize_session=False)
        ).scalar_one_or_none()
        self._session.refresh(booking, list(values))
        return done is not None

    def upcoming(self, person_id: int, now: datetime, limit: int) -> Sequence[Booking]:
        """Open lessons that have not ended, soonest first."""
        wanted = _with_people().where(
            _is_of(person_id), Booking.status.in_(_OPEN), Booking.ends_at > now
        )
        return self._ordered(wanted, Booking.starts_at.asc(), limit)

    def past(self, person_id: int, now: datetime, limit: int) -> Sequence[Booking]:
        """Lessons that took place or should have, latest first."""
        wanted = _with_people().where(
            _is_of(person_id), Booking.status.in_(OCCUPYING), Booking.ends_at <= now
        )
        return self._ordered(wanted, Booking.starts_at.desc(), limit)

    def cancelled(self, person_id: int, limit: int) -> Sequence[Booking]:
        """Cancelled lessons, latest first."""
        wanted = _with_people().where(_is_of(person_id), Booking.status == BookingStatus.CANCELLED)
        return self._ordered(wanted, Booking.starts_at.desc(), limit)

    def page(
        self,
        person_id: int,
        *,
        status: BookingStatus | None,
        upcoming_after: datetime | None,
        offset: int,
        limit: int,
    ) -> tuple[Sequence[Booking], int]:
        """A person's bookings, newest first, and how many there are in all."""
        conditions: list[ColumnElement[bool]] = [_is_of(person_id)]
        if status is not None:
            conditions.append(Booking.status == status)
        if upcoming_after is not None:
            conditions += [Booking.starts_at >= upcoming_after, Booking.status.in_(_OPEN)]
        total = self._session.scalar(select(func.count(Booking.id)).where(*conditions))
        order = (Booking.booking_date.desc(), Booking.start_time.desc(), Booking.id.desc())
        wanted = _with_people().where(*conditions).order_by(*order).offset(offset).limit(limit)
        return self._session.scalars(wanted).all(), total or 0

    def occupying_between(
        self, instructor_id: int, since: datetime, until: datetime
    ) -> Sequence[Booking]:
        """An instructor's lessons that touch a stretch of time, in order."""
        wanted = _with_people().where(
            Booking.instructor_id == instructor_id,
            Booking.status.in_(OCCUPYING),
            Booking.starts_at < until,
            Booking.ends_at > since,
        )
        return self._session.scalars(wanted.order_by(Booking.starts_at)).all()

    def complete_ended(self, ended_before: datetime, now: datetime) -> Sequence[int]:
        """Complete confirmed lessons that ended before an instant; the instructors' ids."""
        done = update(Booking).where(
            Booking.status == BookingStatus.CONFIRMED, Booking.ends_at <= ended_before
        )
        return self._session.scalars(
            done.values(
                status=BookingStatus.COMPLETED,
                completed_at=now,
                updated_at=now,
                sequence=Booking.sequence + 1,
            )
            .returning(Booking.instructor_id)
            .execution_options(synchronize_session=False)
        ).all()

    def _ordered(
        self, wanted: Select[Booking], order: ColumnElement[Any], limit: int
    ) -> Sequence[Booking]:
        return self._session.scalars(wanted.order_by(order, Booking.id).limit(limit)).all()


def _is_of(person_id: int) -> ColumnElement[bool]:
    return (Booking.student_id == person_id) | (Booking.instructor_id == person_id)


def _with_people() -> Select[Booking]:
    return select(Booking).options(
        joinedload(Booking.student, innerjoin=True),
        joinedload(Booking.instructor, innerjoin=True),
        joinedload(Booking.service, innerjoin=True),
    )
