"""Who waits for a time to free, and what was offered to him."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.waiting import DayPart, OfferState, Wanted
from app.models.base import Base
from app.models.instructor import Service
from app.models.user import User

_IS_OPEN = text("state = 'open'")


class WaitingWish(Base):
    """A lesson that a student would like on some days. ``state`` is a ``WishState``.

    The line of an instructor is in order of ``created_at`` and ``id``. It is judged again when
    his generation is no longer ``judged_generation``, or ``judge_at`` has come.
    """

    __tablename__ = "waiting_wishes"
    __table_args__ = (
        CheckConstraint("first_day <= last_day", name="check_waiting_wishes_days"),
        Index(
            "uq_waiting_wishes_open",
            "student_id",
            "instructor_id",
            "service_id",
            "minutes",
            "first_day",
            "last_day",
            "part",
            unique=True,
            postgresql_where=_IS_OPEN,
            sqlite_where=_IS_OPEN,
        ),
        Index(
            "ix_waiting_wishes_line",
            "instructor_id",
            "created_at",
            "id",
            postgresql_where=_IS_OPEN,
            sqlite_where=_IS_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    instructor_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    service_id: Mapped[int] = mapped_column(
        ForeignKey("services.id", ondelete="CASCADE"), index=True
    )
    minutes: Mapped[int]
    first_day: Mapped[date]
    last_day: Mapped[date]
    part: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str | None] = mapped_column(String(20))
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    judged_generation: Mapped[int] = mapped_column(default=-1, server_default=text("-1"))
    judge_at: Mapped[datetime]

    student: Mapped[User] = relationship(lazy="raise", foreign_keys=[student_id])
    instructor: Mapped[User] = relationship(lazy="raise", foreign_keys=[instructor_id])
    service: Mapped[Service] = relationship(lazy="raise")

    @property
    def zone_name(self) -> str | None:
        """The instructor's zone, where he has named one. Needs the service with its profile."""
        profile = self.service.profile
        return profile.time_zone if profile else None

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.first_day, self.last_day, DayPart(self.part))


class WaitingOffer(Base):
    """A time offered to who waits, kept for him by a ``TimeHold``. ``state``: an ``OfferState``.

    At most one is open of each wish, and of each start of an instructor.
    """

    __tablename__ = "waiting_offers"
    __table_args__ = (
        Index(
            "uq_waiting_offers_open",
            "wish_id",
            unique=True,
            postgresql_where=_IS_OPEN,
            sqlite_where=_IS_OPEN,
        ),
        Index(
            "uq_waiting_offers_time",
            "instructor_id",
            "starts_at",
            unique=True,
            postgresql_where=_IS_OPEN,
            sqlite_where=_IS_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    wish_id: Mapped[int] = mapped_column(
        ForeignKey("waiting_wishes.id", ondelete="CASCADE"), index=True
    )
    student_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    instructor_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10))
    made_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    booking_id: Mapped[int | None] = mapped_column(
        ForeignKey("bookings.id", ondelete="SET NULL"), index=True
    )

    wish: Mapped[WaitingWish] = relationship(lazy="raise")

    def is_open_at(self, now: datetime) -> bool:
        """Whether its time is still kept."""
        return self.state == OfferState.OPEN and self.expires_at > now
