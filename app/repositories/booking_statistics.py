"""Sums over an instructor's bookings, reckoned by the database."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from app.domain.vocabulary import BookingStatus
from app.models.booking import Booking


@dataclass(frozen=True, slots=True)
class BookingSums:
    """How many bookings of which kind, and what they earned."""

    total: int
    upcoming: int
    completed: int
    cancelled: int
    no_shows: int
    earnings: Decimal
    month_earnings: Decimal


class BookingStatisticsRepository:
    """One statement, however many bookings there are."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_instructor(self, instructor_id: int, now: datetime, month: datetime) -> BookingSums:
        """``month`` is the instant at which the current month began."""
        completed = Booking.status == BookingStatus.COMPLETED
        is_coming = (Booking.status == BookingStatus.CONFIRMED) & (Booking.starts_at > now)
        row = self._session.execute(
            select(
                func.count(Booking.id),
                _count(is_coming),
                _count(completed),
                _count(Booking.status == BookingStatus.CANCELLED),
                _count(Booking.status == BookingStatus.NO_SHOW),
                _sum(completed),
                _sum(completed & (Booking.starts_at >= month)),
            ).where(Booking.instructor_id == instructor_id)
        ).one()
        return BookingSums(*row[:5], *(Decimal(each).quantize(Decimal("0.01")) for each in row[5:]))


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _sum(condition: ColumnElement[bool]) -> ColumnElement[Decimal]:
    return func.coalesce(func.sum(case((condition, Booking.total_price), else_=0)), 0)
