"""Mails that are due, and what became of them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class OutboxMail(Base):
    """One mail to one person, written in the transaction of what it tells.

    ``facts`` is JSON: what the template needs and the tables cannot say later. ``state`` is a
    ``MailState``. ``dedupe_key`` is unique, so that no event mails anybody twice. ``subject``,
    ``text`` and ``html`` are kept as they were sent.
    """

    __tablename__ = "outbox_mails"
    __table_args__ = (
        Index("ix_outbox_mails_state_due", "state", "next_attempt_at"),
        Index("ix_outbox_mails_booking_id", "booking_id"),
        Index("ix_outbox_mails_recipient_id", "recipient_id"),
        Index("ix_outbox_mails_dedupe_key", "dedupe_key", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    recipient_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    booking_id: Mapped[int | None] = mapped_column(ForeignKey("bookings.id", ondelete="CASCADE"))
    version: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    dedupe_key: Mapped[str] = mapped_column(String(120))
    facts: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    next_attempt_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    lease_token: Mapped[str | None] = mapped_column(String(40))
    sent_at: Mapped[datetime | None]
    address: Mapped[str | None] = mapped_column(String(254))
    subject: Mapped[str | None] = mapped_column(String(255))
    text: Mapped[str | None] = mapped_column(Text)
    html: Mapped[str | None] = mapped_column(Text)


class JobLease(Base):
    """Which worker does a job, and until when nobody else may."""

    __tablename__ = "job_leases"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    owner: Mapped[str] = mapped_column(String(60))
    until: Mapped[datetime]
