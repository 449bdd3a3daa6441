"""Instructors: how they work, and what they teach for how much."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Double, ForeignKey, Index, String, Text, func, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.areas import parse_areas
from app.domain.durations import parse_durations
from app.domain.limits import (
    CANCELLATION_NOTICE_DEFAULT_HOURS,
    HANDLE_MAX_CHARS,
    HORIZON_DEFAULT_DAYS,
)
from app.models.base import Base
from app.models.user import User

RATE: Double[Decimal] = Double(asdecimal=True, decimal_return_scale=2)
"""Stored as a double, as the original did; read and written as Decimal with two places."""


class InstructorProfile(Base):
    """What an instructor says and which rules hold for booking him.

    ``time_zone`` is an IANA name (null: the platform's). ``generation`` is raised in the
    transaction of every change to hours, days off, bookings, profile or services. ``handle`` is
    in lower case (null: the page is found by number only).
    """

    __tablename__ = "instructor_profiles"
    __table_args__ = (
        CheckConstraint("years_experience >= 0", name="check_years_experience_non_negative"),
        Index("idx_instructor_profiles_user_id", "user_id"),
        Index("uq_instructor_profiles_handle", "handle", unique=True),
        {"comment": "Instructor-specific profile information and preferences"},
    )

    id: Mapped[int] = mapped_column(primary_key=True, index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), unique=True)
    bio: Mapped[str | None] = mapped_column(Text)
    years_experience: Mapped[int | None]
    areas_of_service: Mapped[str | None] = mapped_column(String)
    min_advance_booking_hours: Mapped[int] = mapped_column(default=2, server_default=text("2"))
    buffer_time_minutes: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    created_at: Mapped[datetime | None] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime | None]
    time_zone: Mapped[str | None] = mapped_column(String(64))
    booking_horizon_days: Mapped[int] = mapped_column(
        default=HORIZON_DEFAULT_DAYS, server_default=text(str(HORIZON_DEFAULT_DAYS))
    )
    cancellation_notice_hours: Mapped[int] = mapped_column(
        default=CANCELLATION_NOTICE_DEFAULT_HOURS,
        server_default=text(str(CANCELLATION_NOTICE_DEFAULT_HOURS)),
    )
    requires_approval: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    generation: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    handle: Mapped[str | None] = mapped_column(String(HANDLE_MAX_CHARS))

    user: Mapped[User] = relationship(lazy="raise")
    services: Mapped[list["Service"]] = relationship(
        back_populates="profile", lazy="raise", order_by="Service.skill"
    )

    @property
    def areas(self) -> tuple[str, ...]:
        return parse_areas(self.areas_of_service)

    @property
    def active_services(self) -> list["Service"]:
        return [service for service in self.services if service.is_bookable]


class Service(Base):
    """One thing an instructor teaches. Deleted softly while bookings refer to it."""

    __tablename__ = "services"
    __table_args__ = (
        Index("idx_services_instructor_profile_id", "instructor_profile_id"),
        Index(
            "idx_services_active",
            "instructor_profile_id",
            "is_active",
            postgresql_where=text("is_active = true"),
            sqlite_where=text("is_active = true"),
        ),
        Index(
            "unique_instructor_skill_active",
            "instructor_profile_id",
            "skill",
            unique=True,
            postgresql_where=text("is_active = true"),
            sqlite_where=text("is_active = true"),
        ),
        {"comment": "Services offered by instructors with soft delete support"},
    )

    id: Mapped[int] = mapped_column(primary_key=True, index=True)
    instructor_profile_id: Mapped[int | None] = mapped_column(
        ForeignKey("instructor_profiles.id", ondelete="CASCADE")
    )
    skill: Mapped[str] = mapped_column(String)
    hourly_rate: Mapped[Decimal] = mapped_column(RATE)
    description: Mapped[str | None] = mapped_column(String)
    duration_override: Mapped[int | None]
    is_active: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    durations: Mapped[str | None] = mapped_column(String(60))

    profile: Mapped[InstructorProfile | None] = relationship(
        back_populates="services", lazy="raise"
    )

    @property
    def is_bookable(self) -> bool:
        """Active, at a price: adopted rows may cost nothing, which no booking can say."""
        return self.is_active and self.hourly_rate > 0

    @property
    def offered_minutes(self) -> tuple[int, ...]:
        """The lesson lengths on offer, shortest first; never empty."""
        return parse_durations(self.durations, self.duration_override)


Index("idx_services_skill_lower", func.lower(Service.skill))
Index("idx_services_active_price", Service.is_active, Service.hourly_rate)
Index("idx_services_profile_active", Service.instructor_profile_id, Service.is_active)
