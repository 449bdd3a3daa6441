"""Bookings: the people, who stay where they are whatever happens to the rug."""

from datetime import date, datetime, time
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, Text, func, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.errors import WrongState
from app.domain.vocabulary import BookingStatus, LocationType
from app.models.base import Base
from app.models.instructor import Service
from app.models.user import User


class Booking(Base):
    """One lesson of one student with one instructor; self-contained.

    ``starts_at``/``ends_at`` are the truth (UTC); the wall-clock columns are the same
    moments in ``time_zone``, the instructor's zone when it was booked. ``blocked_until``
    is the end plus the buffer it was made under. Name, rate, price and area are snapshots.
    ``expires_at`` is when a PENDING request lapses.
    ``availability_slot_id`` is a leftover of the original that nothing reads.
    """

    __tablename__ = "bookings"
    __table_args__ = (
        CheckConstraint(
            "status IN ('PENDING', 'CONFIRMED', 'COMPLETED', 'CANCELLED', 'NO_SHOW')",
            name="ck_bookings_status",
        ),
        CheckConstraint(
            "location_type IN ('student_home', 'instructor_location', 'neutral')",
            name="ck_bookings_location_type",
        ),
        CheckConstraint("duration_minutes > 0", name="check_duration_positive"),
        CheckConstraint("total_price >= 0", name="check_price_non_negative"),
        CheckConstraint("hourly_rate > 0", name="check_rate_positive"),
        CheckConstraint(
            "CASE WHEN starts_at IS NULL THEN start_time < end_time ELSE starts_at < ends_at END",
            name="check_time_order",
        ),
        Index("idx_bookings_student_id", "student_id"),
        Index("idx_bookings_instructor_id", "instructor_id"),
        Index("idx_bookings_date", "booking_date"),
        Index("idx_bookings_status", "status"),
        Index("idx_bookings_created_at", "created_at"),
        Index(
            "idx_bookings_instructor_datetime",
            "instructor_id",
            "booking_date",
            "start_time",
            "end_time",
        ),
        Index("idx_bookings_instructor_date_status", "instructor_id", "booking_date", "status"),
        Index("idx_bookings_student_status", "student_id", "status"),
        Index("idx_bookings_service_id", "service_id"),
        Index("idx_bookings_cancelled_by_id", "cancelled_by_id"),
        Index("idx_bookings_date_status", "booking_date", "status"),
        Index(
            "idx_bookings_upcoming",
            "booking_date",
            "status",
            postgresql_where=text("status = 'CONFIRMED'"),
            sqlite_where=text("status = 'CONFIRMED'"),
        ),
        Index("idx_bookings_student_date", "student_id", "booking_date"),
        Index("ix_bookings_instructor_starts", "instructor_id", "starts_at"),
        Index("ix_bookings_student_starts", "student_id", "starts_at"),
        Index("ix_bookings_reference", "reference", unique=True),
        Index("ix_bookings_status_ends", "status", "ends_at"),
        Index("ix_bookings_status_expires", "status", "expires_at"),
        {"comment": "Self-contained booking records - no dependency on availability slots"},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    instructor_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"))
    booking_date: Mapped[date]
    start_time: Mapped[time]
    end_time: Mapped[time]
    service_name: Mapped[str] = mapped_column(String)
    hourly_rate: Mapped[Decimal] = mapped_column(Numeric(10, 2))
    total_price: Mapped[Decimal] = mapped_column(Numeric(10, 2))
    duration_minutes: Mapped[int]
    status: Mapped[str] = mapped_column(
        String(20), default=BookingStatus.CONFIRMED, server_default=text("'CONFIRMED'")
    )
    service_area: Mapped[str | None] = mapped_column(String)
    meeting_location: Mapped[str | None] = mapped_column(Text)
    location_type: Mapped[str | None] = mapped_column(
        String(50),
        default=LocationType.NEUTRAL,
        comment="student_home, instructor_location, neutral",
    )
    student_note: Mapped[str | None] = mapped_column(Text)
    instructor_note: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None] = mapped_column(server_default=func.now())
    completed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    cancellation_reason: Mapped[str | None] = mapped_column(Text)
    availability_slot_id: Mapped[int | None]

    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    time_zone: Mapped[str | None] = mapped_column(String(64))
    blocked_until: Mapped[datetime | None]
    overlap_ok: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    reference: Mapped[str | None] = mapped_column(String(12))
    sequence: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    free_cancel_until: Mapped[datetime | None]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    expires_at: Mapped[datetime | None]
    cancelled_late: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    no_show_at: Mapped[datetime | None]

    @property
    def start(self) -> datetime:
        """``starts_at``, which is null only in a database that was never upgraded.

        Raises WrongState.
        """
        if self.starts_at is None:
            raise WrongState("This booking has no exact time yet.")
        return self.starts_at

    student: Mapped[User] = relationship(foreign_keys=[student_id], lazy="raise")
    instructor: Mapped[User] = relationship(foreign_keys=[instructor_id], lazy="raise")
    service: Mapped[Service] = relationship(lazy="raise")
