"""What surrounds the making of a booking: repeated requests, holds, and how many are coming."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select, text

from app.domain.offers import RepeatKey
from app.domain.vocabulary import OPEN, BookingStatus
from app.models.booking import Booking
from app.models.hold import TimeHold
from app.models.idempotency import IdempotencyKey
from app.models.user import User
from app.repositories.base import BaseRepository
from app.repositories.holds import holds_over
from app.repositories.waiting_offers import take_offers


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides whether a student may hold one more lesson."""

    is_open: bool
    auth_version: int
    is_verified: bool
    coming: int


class BookingRequestRepository(BaseRepository[IdempotencyKey]):
    """Keys of repeated requests, and the holds that a booking uses up."""

    model = IdempotencyKey

    def begin(self, person_id: int, repeat: RepeatKey) -> bool:
        """Take a key for this transaction; false while another one works on the same.

        SQLite lets one writer in at a time, so there the key is always free.
        """
        if self._session.get_bind().dialect.name != "postgresql":
            return True
        locked = text("SELECT pg_try_advisory_xact_lock(hashtextextended(:name, 0))")
        name = f"idempotency:{person_id}:{repeat.key}"
        return bool(self._session.scalar(locked, {"name": name}))

    def stored(self, person_id: int, repeat: RepeatKey, since: datetime) -> IdempotencyKey | None:
        """The key as it was used; one used before ``since`` is forgotten."""
        wanted = select(IdempotencyKey).where(
            IdempotencyKey.person_id == person_id, IdempotencyKey.key == repeat.key
        )
        found = self._session.scalars(wanted).one_or_none()
        if found is not None and found.created_at < since:
            self._session.delete(found)
            self._session.flush()
            return None
        return found

    def remember(
        self, person_id: int, repeat: RepeatKey, booking_id: int, answer: str, now: datetime
    ) -> None:
        """Store to which booking a key led, and what was answered."""
        self._session.execute(
            insert(IdempotencyKey).values(
                person_id=person_id,
                key=repeat.key,
                body_hash=repeat.body_hash,
                booking_id=booking_id,
                answer=answer,
                created_at=now,
            )
        )

    def forget(self, before: datetime) -> int:
        """Delete keys used before an instant; returns how many."""
        old = delete(IdempotencyKey).where(IdempotencyKey.created_at < before)
        gone = self._session.execute(old.returning(IdempotencyKey.id)).all()
        return len(gone)

    def consume_holds(self, booking: Booking, now: datetime) -> Sequence[int]:
        """Take away what was held for the student of a booking at its time, and close the offers
        that it was held for; the ids of the waiting wishes that are fulfilled by it.
        """
        held = holds_over(
            booking.student_id, booking.instructor_id, booking.starts_at, booking.ends_at
        )
        self._session.execute(delete(TimeHold).where(held))
        return take_offers(self._session, booking, now)

    def standing(self, student_id: int, now: datetime) -> Standing:
        """How a student's account is now, and how many lessons he has ahead of him."""
        coming = (
            select(func.count(Booking.id))
            .where(
                Booking.student_id == student_id,
                Booking.status.in_(OPEN),
                Booking.starts_at > now,
            )
            .scalar_subquery()
        )
        account = (User.is_active.is_not(False), User.auth_version, User.email_verified_at)
        wanted = select(*account, coming).where(User.id == student_id)
        is_open, version, verified_at, count = self._session.execute(wanted).one()
        return Standing(is_open, version, verified_at is not None, count)

    def lapsed(self, now: datetime, limit: int) -> list[Booking]:
        """Requests that nobody answered in time; those that somebody works on are left out."""
        wanted = (
            select(Booking)
            .where(Booking.status == BookingStatus.PENDING, Booking.expires_at <= now)
            .order_by(Booking.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return list(self._session.scalars(wanted, execution_options={"populate_existing": True}))
