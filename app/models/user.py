"""People with an account."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.vocabulary import Role
from app.models.base import Base


class User(Base):
    """One person. ``time_zone`` is how a person has said he reads times; where it is null,
    ``domain.zones.reader_zone`` decides.

    ``calendar_version`` is raised to renew the secret address of the calendar feed. An account
    with ``closed_at`` belongs to nobody any more; its row stays for the bookings' sake.
    """

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint(
            "role IN ('student', 'instructor', 'support', 'admin')", name="ck_users_role"
        ),
        Index("idx_users_email", "email"),
        {"comment": "Main user table for authentication and role management"},
    )

    id: Mapped[int] = mapped_column(primary_key=True, index=True)
    email: Mapped[str] = mapped_column(String, unique=False)
    hashed_password: Mapped[str] = mapped_column(String)
    full_name: Mapped[str] = mapped_column(String)
    is_active: Mapped[bool | None] = mapped_column(default=True, server_default=text("true"))
    role: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime | None] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime | None]
    time_zone: Mapped[str | None] = mapped_column(String(64))
    auth_version: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    email_verified_at: Mapped[datetime | None]
    calendar_version: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    closed_at: Mapped[datetime | None]

    @property
    def is_open(self) -> bool:
        """May sign in and be booked. Rows of the original may hold null, which means yes."""
        return self.is_active is not False

    @property
    def kind(self) -> Role:
        return Role(self.role)


Index("ix_users_email", User.email, unique=True)
