"""Who changed what: rows that are only ever added."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class AuditEntry(Base):
    """One change by one person. Triggers refuse UPDATE and DELETE.

    ``changes`` is JSON, field by field ``[before, after]``, without secrets; personal fields
    hold ``null`` there, their values lie in ``AuditPersonal`` and ``personal_digest`` covers
    them. Ids are not foreign keys: the trail outlives what it tells of.
    """

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("ix_audit_entries_subject", "subject_type", "subject_id"),
        Index("ix_audit_entries_actor_id", "actor_id"),
        Index("ix_audit_entries_at", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    acting_as_id: Mapped[int | None]
    actor_role: Mapped[str] = mapped_column(String(12))
    request_id: Mapped[str | None] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(60))
    subject_type: Mapped[str] = mapped_column(String(30))
    subject_id: Mapped[int | None]
    changes: Mapped[str] = mapped_column(Text)
    personal_digest: Mapped[str | None] = mapped_column(String(64))


class AuditPersonal(Base):
    """The personal values of one entry; may be erased, the entry's digest stays."""

    __tablename__ = "audit_personal"

    entry_id: Mapped[int] = mapped_column(
        ForeignKey("audit_entries.id"), primary_key=True, autoincrement=False
    )
    salt: Mapped[str] = mapped_column(String(32))
    values: Mapped[str] = mapped_column(Text)


class AuditSeal(Base):
    """A batch of entries, chained to the batch before it by an HMAC. Append-only."""

    __tablename__ = "audit_seals"

    id: Mapped[int] = mapped_column(primary_key=True)
    sealed_at: Mapped[datetime]
    entries: Mapped[int]
    seal: Mapped[str] = mapped_column(String(64))


class AuditSealedEntry(Base):
    """Which batch an entry belongs to. Append-only."""

    __tablename__ = "audit_sealed_entries"

    entry_id: Mapped[int] = mapped_column(
        ForeignKey("audit_entries.id"), primary_key=True, autoincrement=False
    )
    seal_id: Mapped[int] = mapped_column(ForeignKey("audit_seals.id"), index=True)


class AuditHead(Base):
    """The one row that says how many batches there are and the newest one's seal, signed."""

    __tablename__ = "audit_heads"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    batches: Mapped[int]
    seal: Mapped[str] = mapped_column(String(64))
    mac: Mapped[str] = mapped_column(String(64))


APPEND_ONLY = (AuditEntry.__tablename__, AuditSeal.__tablename__, AuditSealedEntry.__tablename__)
