"""What every step in the life of a booking shares."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.booking_rules import CancellationOutcome, cancellation_outcome
from app.domain.errors import InvalidInput, NotAllowed, NotFound, WrongState
from app.domain.lesson_errors import BookingChanged
from app.domain.lesson_links import ByLink
from app.domain.vocabulary import BookingStatus
from app.domain.waiting import WishState
from app.models.booking import Booking
from app.models.user import User
from app.repositories.booking_requests import BookingRequestRepository
from app.repositories.bookings import BookingRepository
from app.repositories.instructors import InstructorProfileRepository
from app.services.audit import AuditService
from app.services.base import BaseService, Context
from app.services.conflict_checker import ConflictChecker
from app.services.notifications import NotificationService

AUDITED = (
    "student_id",
    "instructor_id",
    "service_id",
    "starts_at",
    "ends_at",
    "status",
    "total_price",
    "location_type",
    "meeting_location",
    "student_note",
    "instructor_note",
    "cancelled_late",
)


@dataclass(frozen=True, slots=True)
class BookingTools:
    """What they work with."""

    bookings: BookingRepository
    profiles: InstructorProfileRepository
    requests: BookingRequestRepository
    checker: ConflictChecker
    notifications: NotificationService
    audit: AuditService


class BookingSteps(BaseService):
    """Base of the services that change bookings: one conditional update, and the trail of it."""

    def __init__(self, context: Context, tools: BookingTools) -> None:
        super().__init__(context)
        self._bookings = tools.bookings
        self._profiles = tools.profiles
        self._requests = tools.requests
        self._checker = tools.checker
        self._notifications = tools.notifications
        self._audit = tools.audit

    def _found(
        self, person: User, booking_id: int, *, fresh: bool = False, link: ByLink | None = None
    ) -> Booking:
        booking = self._bookings.of_person(whose(person), booking_id, fresh=fresh)
        if booking is None:
            raise NotFound("Booking not found")
        known = (booking.sequence, person.auth_version)
        if link is not None and (link.version, link.account_version) != known:
            raise BookingChanged("The lesson has changed since this link was sent.")
        return booking

    def _change(
        self,
        person: User | None,
        booking: Booking,
        action: str,
        expected: Sequence[str],
        values: dict[str, Any],
        reason: str | None,
        *,
        refused: Callable[[Booking], WrongState] | None = None,
        link: ByLink | None = None,
    ) -> None:
        """One step: the conditional update, the generation, and the trail of it.

        ``refused`` words the refusal where the booking is in no expected state any more. The
        trail says of what is done by a link in a mail that it was.
        """
        before = told_of(booking)
        changes = {**values, "updated_at": self.clock.now()}
        if not self._bookings.claim(booking, expected, changes):
            is_moved = booking.status in expected  # or its place was changed meanwhile
            raise (_overtaken if is_moved or refused is None else refused)(booking)
        self._profiles.raise_generation(booking.instructor_id)
        self._audit.note(
            person,
            action,
            "booking",
            booking.id,
            before=before,
            after=told_of(booking) | ({} if link is None else {"by_link": True}),
            reason=reason,
        )

    def _cancelled(self, reason: str, by: int | None) -> dict[str, Any]:
        return {
            "status": BookingStatus.CANCELLED.value,
            "cancelled_at": self.clock.now(),
            "cancelled_by_id": by,
            "cancellation_reason": reason,
            "expires_at": None,
        }

    def _use_up_holds(self, person: User, booking: Booking) -> None:
        """A lesson takes the place of what was held for it, and fulfils the wish behind it."""
        for wish_id in self._requests.consume_holds(booking, self.clock.now()):
            self._audit.note(
                person,
                "waiting.fulfil",
                "waiting",
                wish_id,
                before={"state": WishState.OPEN},
                after={"state": WishState.FULFILLED, "booking_id": booking.id},
            )

    @staticmethod
    def _check_reason(person: User, reason: str | None) -> None:
        if person.kind.is_staff and not (reason or "").strip():
            raise InvalidInput("Say why; it is kept with the change.", field="reason")

    @staticmethod
    def _check_seen(booking: Booking, expected: int | None) -> None:
        """``expected`` is the sequence of the version that somebody acts on; null is any.

        Raises BookingChanged.
        """
        if expected not in (None, booking.sequence):
            raise BookingChanged

    @staticmethod
    def _check_instructor(person: User, booking: Booking) -> None:
        if person.id != booking.instructor_id and not person.kind.is_staff:
            raise NotAllowed("Only its instructor can do this with a booking")


def whose(person: User) -> int | None:
    """Whose bookings somebody may change: his own; staff anybody's."""
    return None if person.kind.is_staff else person.id


def cancelling_for(person: User, booking: Booking, now: datetime) -> CancellationOutcome:
    """What it would mean if this person cancelled a lesson now."""
    return cancellation_outcome(
        booking.status,
        booking.start,
        booking.free_cancel_until,
        now=now,
        by_student=person.id == booking.student_id,
    )


def told_of(booking: Booking) -> dict[str, object]:
    """What the trail of changes says of a booking."""
    return {name: getattr(booking, name) for name in AUDITED}


def _overtaken(booking: Booking) -> WrongState:
    return WrongState(f"Somebody was faster - current status: {booking.status}")
