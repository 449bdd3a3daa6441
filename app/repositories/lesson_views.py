"""The lists of lessons that people look at, some rows at a time, and lessons like another."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from app.domain.lists import LessonView, Position
from app.domain.offers import LessonRequest
from app.domain.vocabulary import OCCUPYING, OPEN, BookingStatus, LocationType
from app.models.booking import Booking
from app.repositories.booking_pages import earlier_than
from app.repositories.bookings import with_people

_LONGEST = timedelta(days=2)
"""No lesson is as long as this, so that one which runs still began later than that ago."""


class LessonViewRepository:
    """Lessons of one person on one side, those he takes or those he gives.

    Read along the index of his side and the start; a page costs the same anywhere in the list.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def rows(
        self,
        person_id: int,
        view: LessonView,
        now: datetime,
        *,
        as_instructor: bool,
        after: Position | None,
        limit: int,
    ) -> Sequence[Booking]:
        """Some lessons behind a row: those to come soonest first, all others latest first."""
        wanted = with_people().where(
            _side(person_id, as_instructor=as_instructor), *_shown(view, now)
        )
        place = Booking.starts_at, Booking.id
        if view.is_ahead:
            order = [each.asc() for each in place]
            wanted = wanted if after is None else wanted.where(_later_than(after))
        else:
            order = [each.desc() for each in place]
            wanted = wanted if after is None else wanted.where(earlier_than(after))
        return self._session.scalars(wanted.order_by(*order).limit(limit)).all()

    def count(
        self, person_id: int, view: LessonView, now: datetime, most: int, *, as_instructor: bool
    ) -> int:
        """How many a view has; counting stops at ``most``."""
        mine = _side(person_id, as_instructor=as_instructor)
        some = select(Booking.id).where(mine, *_shown(view, now)).limit(most).subquery()
        return self._session.scalar(select(func.count()).select_from(some)) or 0

    def last_place(self, student_id: int, instructor_id: int) -> Booking | None:
        """The lesson that says where this student would be taught by this instructor: his latest
        with him, else his latest at home with anybody.
        """
        with_him = Booking.instructor_id == instructor_id
        at_home = Booking.location_type == LocationType.STUDENT_HOME
        wanted = (
            select(Booking)
            .where(
                Booking.student_id == student_id,
                Booking.status.in_(OCCUPYING),
                or_(with_him, at_home),
            )
            .order_by(with_him.desc(), Booking.starts_at.desc(), Booking.id.desc())
            .limit(1)
        )
        return self._session.scalars(wanted).one_or_none()

    def open_like(self, student_id: int, wish: LessonRequest) -> int | None:
        """The id of the student's open lesson that is just what a wish asks for."""
        wanted = select(Booking.id).where(
            Booking.student_id == student_id,
            Booking.instructor_id == wish.instructor_id,
            Booking.service_id == wish.service_id,
            Booking.starts_at == wish.starts_at,
            Booking.duration_minutes == wish.minutes,
            Booking.status.in_(OPEN),
        )
        return self._session.scalars(wanted.limit(1)).one_or_none()


def _side(person_id: int, *, as_instructor: bool) -> ColumnElement[bool]:
    column = Booking.instructor_id if as_instructor else Booking.student_id
    return column == person_id


def _shown(view: LessonView, now: datetime) -> Sequence[ColumnElement[bool]]:
    """What a view has; every lesson is in exactly one."""
    if view is LessonView.CANCELLED:
        return (Booking.status == BookingStatus.CANCELLED,)
    if view is LessonView.PAST:
        return Booking.status.in_(OCCUPYING), Booking.starts_at <= now, Booking.ends_at <= now
    ahead = Booking.starts_at > now - _LONGEST, Booking.ends_at > now
    is_waiting = Booking.status == BookingStatus.PENDING
    if view is LessonView.WAITING:
        return is_waiting, *ahead
    return ~is_waiting, Booking.status.in_(OCCUPYING), *ahead


def _later_than(place: Position) -> ColumnElement[bool]:
    is_beyond = or_(Booking.starts_at > place.starts_at, Booking.id > place.id)
    return and_(Booking.starts_at >= place.starts_at, is_beyond)
