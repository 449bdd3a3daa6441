"""Who is told what: every event becomes rows of the outbox, in the event's own transaction."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.domain.mails import FORMER_NAME, TOLD_START, MailKind, MailState
from app.domain.vocabulary import BookingStatus
from app.models.booking import Booking
from app.models.user import User
from app.repositories.outbox import OutboxRepository
from app.services.base import BaseService, Context, measure_operation


class NotificationService(BaseService):
    """Writes mails to the outbox; the worker renders and sends them.

    Every method must be called inside the transaction of what it tells. A mail is unique per
    booking, kind, recipient and version (the booking's ``sequence``).
    """

    def __init__(self, context: Context, outbox: OutboxRepository) -> None:
        super().__init__(context)
        self._outbox = outbox

    @measure_operation
    def booked(self, booking: Booking) -> None:
        """A lesson is confirmed at once: both learn it."""
        self._tell(booking, MailKind.BOOKED_STUDENT, MailKind.BOOKED_INSTRUCTOR)

    @measure_operation
    def requested(self, booking: Booking) -> None:
        """A lesson waits for the instructor's approval."""
        self._tell(booking, MailKind.REQUESTED_STUDENT, MailKind.REQUESTED_INSTRUCTOR)

    @measure_operation
    def approved(self, booking: Booking) -> None:
        """The instructor has said yes."""
        self._outbox.withdraw(booking.id, "approved")
        self._tell(booking, MailKind.APPROVED_STUDENT, MailKind.APPROVED_INSTRUCTOR)

    @measure_operation
    def declined(self, booking: Booking, reason: str | None = None) -> None:
        """The instructor has said no, and perhaps why."""
        self._outbox.withdraw(booking.id, "declined")
        facts = {"reason": reason} if reason else {}
        self._tell(booking, MailKind.DECLINED_STUDENT, None, facts)

    @measure_operation
    def expired(self, booking: Booking) -> None:
        """Nobody answered a request in time."""
        self._outbox.withdraw(booking.id, "expired")
        self._tell(booking, MailKind.EXPIRED_STUDENT, MailKind.EXPIRED_INSTRUCTOR)

    @measure_operation
    def cancelled(self, booking: Booking, by: User, *, former_name: str | None = None) -> None:
        """One side (or staff) has cancelled: whoever did gets a confirmation, the others news.

        ``former_name`` is that of somebody who cancels because he leaves.
        """
        self._outbox.withdraw(booking.id, "cancelled")
        student, instructor = MailKind.CANCELLED_STUDENT, MailKind.CANCELLED_INSTRUCTOR
        if by.id == booking.student_id:
            student = MailKind.OWN_CANCELLATION_STUDENT
        if by.id == booking.instructor_id:
            instructor = MailKind.OWN_CANCELLATION_INSTRUCTOR
        facts = {FORMER_NAME: former_name} if former_name else {}
        self._tell(booking, student, instructor, facts)

    @measure_operation
    def moved(self, booking: Booking, previous_start: datetime) -> None:
        """A lesson takes place at another time, or is asked for there; what was due about the
        old one is taken back.
        """
        self._outbox.withdraw(booking.id, "moved")
        facts = {"previous_start": previous_start.isoformat()}
        if booking.status == BookingStatus.PENDING:
            kinds = (MailKind.REQUESTED_STUDENT, MailKind.REQUESTED_INSTRUCTOR)
        else:
            kinds = (MailKind.MOVED_STUDENT, MailKind.MOVED_INSTRUCTOR)
        self._tell(booking, *kinds, facts)

    @measure_operation
    def place_changed(self, booking: Booking) -> None:
        """The instructor has changed where a lesson takes place."""
        self._tell(booking, MailKind.PLACE_STUDENT, None)

    @measure_operation
    def links_asked(self, booking: Booking, person: User) -> None:
        """Somebody holds a link that is closed, and wants one that works: once an hour at most."""
        is_student = person.id == booking.student_id
        kind = MailKind.LINKS_STUDENT if is_student else MailKind.LINKS_INSTRUCTOR
        key = f"{_key(booking, kind, person.id)}:{self.clock.now():%Y%m%dT%H}"
        said = {TOLD_START: booking.start.isoformat()}
        self._outbox.enqueue([self._row(kind, person.id, key, said, booking)])

    @measure_operation
    def to_person(
        self, kind: MailKind, person: User, occasion: str, facts: Mapping[str, Any] | None = None
    ) -> None:
        """A mail about an account; ``occasion`` makes it unique (such as a token's id)."""
        key = f"{kind.value}:{person.id}:{occasion}"
        self._outbox.enqueue([self._row(kind, person.id, key, facts or {})])

    def _tell(
        self,
        booking: Booking,
        student: MailKind | None,
        instructor: MailKind | None,
        facts: Mapping[str, Any] | None = None,
    ) -> None:
        told = ((student, booking.student_id), (instructor, booking.instructor_id))
        said = {**(facts or {}), TOLD_START: booking.start.isoformat()}
        rows = [
            self._row(kind, person_id, _key(booking, kind, person_id), said, booking)
            for kind, person_id in told
            if kind is not None
        ]
        self._outbox.enqueue(rows)

    def _row(
        self,
        kind: MailKind,
        recipient_id: int,
        key: str,
        facts: Mapping[str, Any],
        booking: Booking | None = None,
    ) -> dict[str, Any]:
        now = self.clock.now()
        return {
            "kind": kind.value,
            "recipient_id": recipient_id,
            "booking_id": booking.id if booking else None,
            "version": booking.sequence if booking else 0,
            "dedupe_key": key,
            "facts": json.dumps(dict(facts)),
            "state": MailState.DUE.value,
            "created_at": now,
            "due_at": now,
            "next_attempt_at": now,
        }


def _key(booking: Booking, kind: MailKind, person_id: int) -> str:
    return f"{kind.value}:{booking.id}:{person_id}:{booking.sequence}"
