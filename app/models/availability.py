"""Open hours and days off: the rug, which knows nothing of the people on it."""

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.limits import DAY_OFF_REASON_MAX_CHARS
from app.models.base import Base


class AvailabilitySlot(Base):
    """One stretch of open hours, in the instructor's wall clock. An end of 00:00 is midnight."""

    __tablename__ = "availability_slots"
    __table_args__ = (
        Index("idx_availability_instructor_date", "instructor_id", "specific_date"),
        Index("idx_availability_date", "specific_date"),
        Index("idx_availability_instructor_id", "instructor_id"),
        Index(
            "unique_instructor_date_time_slot",
            "instructor_id",
            "specific_date",
            "start_time",
            "end_time",
            unique=True,
        ),
        Index("idx_availability_week_lookup", "instructor_id", "specific_date", "start_time"),
        Index("idx_availability_future", "instructor_id", "specific_date"),
        {"comment": "Instructor availability time slots - single table design"},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    instructor_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    specific_date: Mapped[date]
    start_time: Mapped[time]
    end_time: Mapped[time]
    created_at: Mapped[datetime | None] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime | None]


class BlackoutDate(Base):
    """One whole day, in the instructor's zone, closed to new bookings."""

    __tablename__ = "blackout_dates"
    __table_args__ = (
        UniqueConstraint("instructor_id", "date", name="unique_instructor_blackout_date"),
        Index("ix_blackout_dates_instructor_id", "instructor_id"),
        Index("ix_blackout_dates_date", "date"),
        Index("idx_blackout_dates_instructor_date", "instructor_id", "date"),
        {"comment": "Blackout/vacation dates when instructor is unavailable"},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    instructor_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    date: Mapped[date]
    reason: Mapped[str | None] = mapped_column(String(DAY_OFF_REASON_MAX_CHARS))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
