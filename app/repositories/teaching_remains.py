"""What is left of somebody who stops to teach, and what goes."""

from datetime import date, datetime

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from app.domain.vocabulary import OPEN
from app.models.availability import AvailabilitySlot, BlackoutDate
from app.models.booking import Booking
from app.models.instructor import Service
from app.models.waiting import WaitingWish


class TeachingRemainsRepository:
    """Hours, days off and services of one instructor, set by set. Flushes, never commits."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def has_lessons_ahead(self, instructor_id: int, now: datetime) -> bool:
        """Whether he has lessons to give, the running one and open requests included."""
        ahead = exists().where(
            Booking.instructor_id == instructor_id,
            Booking.status.in_(OPEN),
            Booking.ends_at > now,
        )
        return bool(self._session.scalar(select(ahead)))

    def clear_hours(self, instructor_id: int, first: date) -> None:
        """Delete hours and days off from a day on, in his zone; what is past stays."""
        for table, day in (
            (AvailabilitySlot, AvailabilitySlot.specific_date),
            (BlackoutDate, BlackoutDate.date),
        ):
            self._session.execute(
                delete(table)
                .where(table.instructor_id == instructor_id, day >= first)
                .execution_options(synchronize_session=False)
            )

    def drop_services(self, profile_id: int) -> None:
        """Delete the services that no booking and nobody who waits refers to, and switch the
        others off.
        """
        own = Service.instructor_profile_id == profile_id
        is_booked = exists().where(Booking.service_id == Service.id)
        is_waited_for = exists().where(WaitingWish.service_id == Service.id)
        for statement in (
            delete(Service).where(own, ~is_booked, ~is_waited_for),
            update(Service).where(own, Service.is_active).values(is_active=False),
        ):
            self._session.execute(statement.execution_options(synchronize_session=False))
