"""What is kept about one lesson: its trail of changes, and the mails to one of its people."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from app.models.audit import AuditEntry
from app.models.outbox import OutboxMail


class TimelineRepository:
    """Reads; each list is one statement along an index, and bounded."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def noted(self, booking_id: int, limit: int) -> Sequence[AuditEntry]:
        """The newest entries about a booking, oldest first."""
        wanted = select(AuditEntry).where(
            AuditEntry.subject_type == "booking", AuditEntry.subject_id == booking_id
        )
        newest = self._session.scalars(wanted.order_by(AuditEntry.id.desc()).limit(limit)).all()
        return newest[::-1]

    def mails(self, booking_id: int, person_id: int, limit: int) -> Sequence[OutboxMail]:
        """The newest mails to one person about a booking, oldest first; without their words."""
        wanted = (
            select(OutboxMail)
            .options(
                load_only(
                    OutboxMail.kind,
                    OutboxMail.state,
                    OutboxMail.reason,
                    OutboxMail.subject,
                    OutboxMail.created_at,
                    OutboxMail.due_at,
                    OutboxMail.next_attempt_at,
                    OutboxMail.sent_at,
                    raiseload=True,
                )
            )
            .where(OutboxMail.booking_id == booking_id, OutboxMail.recipient_id == person_id)
        )
        newest = self._session.scalars(wanted.order_by(OutboxMail.id.desc()).limit(limit)).all()
        return newest[::-1]
