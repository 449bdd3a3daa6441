"""Times kept for one person for a while."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class TimeHold(Base):
    """A stretch of an instructor's time that only its holder may book until ``expires_at``.

    Ignored by instant once expired, not by clean-up; a booking takes it away.
    """

    __tablename__ = "time_holds"
    __table_args__ = (Index("ix_time_holds_instructor_starts", "instructor_id", "starts_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    instructor_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    holder_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    created_at: Mapped[datetime]
