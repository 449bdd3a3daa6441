"""Bookings."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, null, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from app.domain.errors import TimeTaken
from app.domain.vocabulary import OCCUPYING, OPEN, BookingStatus
from app.models.booking import Booking
from app.repositories.base import BaseRepository
from app.repositories.locks import lock_both

_COUNTED = {"starts_at", "ends_at", "meeting_location", "status"}
"""What calendar programs show of a lesson."""


class BookingRepository(BaseRepository[Booking]):
    """Bookings with both people, by person and time."""

    model = Booking

    def lock_calendars(self, instructor_id: int, student_id: int) -> None:
        """Make other bookings of these two people wait until this transaction ends."""
        lock_both(self._session, instructor_id, student_id)

    def add(self, row: Booking) -> Booking:
        """Insert; the overlap guards have the last word. Raises TimeTaken."""
        if row.confirmed_at is None:
            row.confirmed_at = null()  # else the column's default
        with _overlaps_told():
            super().add(row)
        return row

    def of_person(
        self, person_id: int | None, booking_id: int, *, fresh: bool = False
    ) -> Booking | None:
        """A booking, for its student or its instructor only; null means for staff.

        ``fresh`` overwrites what the session read before its transaction began.
        """
        wanted = with_people().where(Booking.id == booking_id)
        if person_id is not None:
            wanted = wanted.where(_is_of(person_id))
        return self._session.scalars(
            wanted, execution_options={"populate_existing": fresh}
        ).one_or_none()

    def claim(self, booking: Booking, expected: Sequence[str], values: dict[str, Any]) -> bool:
        """Change a booking in one conditional update; false when somebody was faster.

        Somebody was where the state is none of the expected, or not the version that was seen:
        what follows from the time of a lesson must not be stored beside another time.

        A change of time, place or state counts one up in ``sequence``. Raises TimeTaken.
        """
        changed = (
            update(Booking)
            .where(
                Booking.id == booking.id,
                Booking.status.in_(expected),
                Booking.sequence == booking.sequence,
            )
            .values(sequence=Booking.sequence + int(not _COUNTED.isdisjoint(values)), **values)
            .returning(Booking.id)
            .execution_options(synchronize_session=False)
        )
        with _overlaps_told():
            done = self._session.execute(changed).scalar_one_or_none()
        self._session.refresh(booking, ["sequence", *values])
        return done is not None

    def upcoming(
        self, person_id: int, now: datetime, limit: int, *, as_instructor: bool
    ) -> Sequence[Booking]:
        """Open lessons that have not ended, soonest first."""
        wanted = _on_side(person_id, as_instructor=as_instructor).where(
            Booking.status.in_(OPEN), Booking.ends_at > now
        )
        return self._ordered(wanted, Booking.starts_at.asc(), limit)

    def occupying_between(
        self, instructor_id: int, since: datetime, until: datetime
    ) -> Sequence[Booking]:
        """An instructor's lessons that touch a stretch of time, in order."""
        wanted = with_people().where(
            Booking.instructor_id == instructor_id,
            Booking.status.in_(OCCUPYING),
            Booking.starts_at < until,
            Booking.ends_at > since,
        )
        return self._session.scalars(wanted.order_by(Booking.starts_at)).all()

    def complete_ended(
        self, ended_before: datetime, now: datetime, limit: int
    ) -> Sequence[tuple[int, int]]:
        """Complete some confirmed lessons that ended before an instant.

        Returns each one's id and its instructor's. What somebody else holds is left for next time.
        """
        is_open = Booking.status == BookingStatus.CONFIRMED
        ended = select(Booking.id).where(is_open, Booking.ends_at <= ended_before)
        ids = self._session.scalars(
            ended.order_by(Booking.id).limit(limit).with_for_update(skip_locked=True)
        ).all()
        if not ids:
            return []
        done = self._session.execute(
            update(Booking)
            .where(Booking.id.in_(ids), is_open)
            .values(
                status=BookingStatus.COMPLETED,
                completed_at=now,
                updated_at=now,
                sequence=Booking.sequence + 1,
            )
            .returning(Booking.id, Booking.instructor_id)
            .execution_options(synchronize_session=False)
        )
        return [(booking_id, instructor_id) for booking_id, instructor_id in done]

    def _ordered(
        self, wanted: Select[Booking], order: ColumnElement[Any], limit: int
    ) -> Sequence[Booking]:
        return self._session.scalars(wanted.order_by(order, Booking.id).limit(limit)).all()


@contextmanager
def _overlaps_told() -> Iterator[None]:
    """The guards' refusal as a domain error."""
    try:
        yield
    except IntegrityError as clash:
        if "bookings_no_overlap_per_" in str(clash.orig):
            raise TimeTaken("This time slot conflicts with an existing booking") from clash
        raise


def _is_of(person_id: int) -> ColumnElement[bool]:
    return (Booking.student_id == person_id) | (Booking.instructor_id == person_id)


def _on_side(person_id: int, *, as_instructor: bool) -> Select[Booking]:
    column = Booking.instructor_id if as_instructor else Booking.student_id
    return with_people().where(column == person_id)


def with_people() -> Select[Booking]:
    """Bookings with both people and the service, in one statement."""
    return select(Booking).options(
        joinedload(Booking.student, innerjoin=True),
        joinedload(Booking.instructor, innerjoin=True),
        joinedload(Booking.service, innerjoin=True),
    )
