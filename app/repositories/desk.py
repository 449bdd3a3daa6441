"""The state of the business in a few numbers, for staff."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, func, select

from app.domain.vocabulary import OCCUPYING, BookingStatus
from app.domain.week import Week
from app.models.booking import Booking
from app.models.user import User
from app.repositories.base import BaseRepository


@dataclass(frozen=True, slots=True)
class DeskCounts:
    """How many there are. Days are those of each lesson's own zone."""

    today: int
    ahead: int
    cancelled: int
    people: int


class DeskRepository(BaseRepository[Booking]):
    """Counts over bookings and accounts."""

    model = Booking

    def counts(self, today: date, week: Week) -> DeskCounts:
        """Lessons of today, confirmed ones from today on, the week's cancelled ones, people."""
        row = self._session.execute(
            select(
                _lessons(Booking.booking_date == today, Booking.status.in_(OCCUPYING)),
                _lessons(Booking.booking_date >= today, Booking.status == BookingStatus.CONFIRMED),
                _lessons(
                    Booking.booking_date.between(week.monday, week.last),
                    Booking.status == BookingStatus.CANCELLED,
                ),
                select(func.count(User.id)).where(User.is_active.is_not(False)).scalar_subquery(),
            )
        ).one()
        return DeskCounts(*row)


def _lessons(*conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count(Booking.id)).where(*conditions).scalar_subquery()
