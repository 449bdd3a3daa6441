"""Mails waiting to be delivered."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import joinedload

from app.domain.mails import FINAL, UNSENT, MailState
from app.domain.vocabulary import BookingStatus
from app.models.booking import Booking
from app.models.outbox import OutboxMail
from app.models.user import User
from app.models.waiting import WaitingOffer
from app.repositories.base import BaseRepository
from app.repositories.waiting_offers import select_offers

_OPEN = (*UNSENT, MailState.SENDING)


class OutboxRepository(BaseRepository[OutboxMail]):
    """The outbox: written by services, emptied by workers."""

    model = OutboxMail

    def enqueue(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Store mails in one statement; known ``dedupe_key``s are skipped."""
        if not rows:
            return
        is_postgresql = self._session.get_bind().dialect.name == "postgresql"
        insert = postgresql.insert if is_postgresql else sqlite.insert
        statement = insert(OutboxMail).on_conflict_do_nothing(index_elements=["dedupe_key"])
        self._session.execute(statement.values([dict(row) for row in rows]))

    def withdraw(self, booking_id: int, reason: str) -> None:
        """Take back what was not sent yet about a booking."""
        self._session.execute(
            update(OutboxMail)
            .where(OutboxMail.booking_id == booking_id, OutboxMail.state.in_(UNSENT))
            .values(state=MailState.WITHDRAWN.value, reason=reason)
            .execution_options(synchronize_session=False)
        )

    def claim(
        self, now: datetime, *, until: datetime, token: str, limit: int
    ) -> Sequence[OutboxMail]:
        """Take some mails that are due, or whose worker let its lease run out."""
        due = (
            select(OutboxMail.id)
            .where(OutboxMail.state.in_(_OPEN), OutboxMail.next_attempt_at <= now)
            .order_by(OutboxMail.next_attempt_at, OutboxMail.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        ids = self._session.scalars(due).all()
        if not ids:
            return []
        self._session.execute(
            update(OutboxMail)
            .where(OutboxMail.id.in_(ids))
            .values(
                state=MailState.SENDING.value,
                lease_token=token,
                next_attempt_at=until,
                attempts=OutboxMail.attempts + 1,
            )
            .execution_options(synchronize_session=False)
        )
        claimed = select(OutboxMail).where(OutboxMail.id.in_(ids)).order_by(OutboxMail.id)
        return self._session.scalars(claimed, execution_options={"populate_existing": True}).all()

    def people_of(self, mail: OutboxMail) -> tuple[User, Booking | None]:
        """The recipient as he is now, and the lesson with its people."""
        recipient = self._session.get_one(User, mail.recipient_id, populate_existing=True)
        if mail.booking_id is None:
            return recipient, None
        wanted = select(Booking).where(Booking.id == mail.booking_id)
        people = (
            joinedload(Booking.student, innerjoin=True),
            joinedload(Booking.instructor, innerjoin=True),
        )
        fresh = {"populate_existing": True}
        return recipient, self._session.scalars(
            wanted.options(*people), execution_options=fresh
        ).one()

    def offer(self, offer_id: int) -> WaitingOffer | None:
        """A time offered to who waits, with all that it is about, as it is now."""
        return self._session.scalars(
            select_offers().where(WaitingOffer.id == offer_id),
            execution_options={"populate_existing": True},
        ).one_or_none()

    def note(self, mail: OutboxMail, values: Mapping[str, Any]) -> None:
        """What became of a mail, unless another worker has taken it over meanwhile."""
        self._session.execute(
            update(OutboxMail)
            .where(OutboxMail.id == mail.id, OutboxMail.lease_token == mail.lease_token)
            .values(dict(values))
            .execution_options(synchronize_session=False)
        )

    def standing_keys(self, booking_ids: Collection[int], kinds: Collection[str]) -> set[str]:
        """The ``dedupe_key``s of such mails about these lessons, but those taken back."""
        wanted = select(OutboxMail.dedupe_key).where(
            OutboxMail.booking_id.in_(booking_ids),
            OutboxMail.kind.in_(kinds),
            OutboxMail.state != MailState.WITHDRAWN,
        )
        return set(self._session.scalars(wanted))

    def lessons_to_remind_of(self, now: datetime, until: datetime) -> Sequence[Booking]:
        """Confirmed lessons that start within a stretch of time, in order."""
        wanted = select(Booking).where(
            Booking.status == BookingStatus.CONFIRMED,
            Booking.starts_at > now,
            Booking.starts_at <= until,
        )
        return self._session.scalars(wanted.order_by(Booking.starts_at, Booking.id)).all()

    def forget(self, before: datetime, limit: int) -> int:
        """Delete some mails that are done with since before an instant; returns how many."""
        old = select(OutboxMail.id).where(
            OutboxMail.state.in_(FINAL),
            OutboxMail.next_attempt_at < before,
        )
        gone = delete(OutboxMail).where(OutboxMail.id.in_(old.limit(limit)))
        return len(self._session.execute(gone.returning(OutboxMail.id)).all())

    def latest(self, limit: int) -> Sequence[OutboxMail]:
        """The newest mails, whatever became of them."""
        return self._session.scalars(
            select(OutboxMail).order_by(OutboxMail.id.desc()).limit(limit)
        ).all()
