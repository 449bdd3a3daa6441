"""Booking a lesson and what happens to it afterwards."""

import logging
from datetime import datetime, timedelta

from app.domain.audience import CONFLICTS, all_told, told
from app.domain.booking_rules import (
    AUTO_COMPLETE_AFTER,
    CANCELLABLE,
    CancellationOutcome,
    cancellation_outcome,
    free_cancel_deadline,
)
from app.domain.errors import (
    InvalidInput,
    NotAllowed,
    NotBookable,
    NotFound,
    PriceChanged,
    WrongState,
)
from app.domain.limits import REASON_MAX_CHARS
from app.domain.offers import LessonRequest
from app.domain.vocabulary import BookingStatus, Role
from app.domain.zones import zone
from app.infra.references import new_reference
from app.models.booking import Booking
from app.models.user import User
from app.repositories.bookings import BookingRepository
from app.repositories.instructors import InstructorProfileRepository
from app.services.base import BaseService, Context, measure_operation
from app.services.conflict_checker import ConflictChecker, Judgement

log = logging.getLogger(__name__)

BATCH = 500


class BookingService(BaseService):
    """Commands on bookings. Each is one transaction."""

    def __init__(
        self,
        context: Context,
        bookings: BookingRepository,
        profiles: InstructorProfileRepository,
        checker: ConflictChecker,
    ) -> None:
        super().__init__(context)
        self._bookings = bookings
        self._profiles = profiles
        self._checker = checker

    @measure_operation
    def book(self, student: User, request: LessonRequest) -> Booking:
        """Book a lesson; it is confirmed at once.

        Raises NotAllowed, NotFound, InvalidInput, NotBookable (every reason the student may
        learn), TimeTaken (when only the database's guard saw the overlap), PriceChanged.
        """
        if student.kind is not Role.STUDENT:
            raise NotAllowed("Only students can create bookings")
        with self.transaction():
            self._bookings.lock_calendars(request.instructor_id, student.id)
            judgement = self._checker.judge(request, student, fresh=True)
            if judgement.reasons:
                raise refusal(judgement)
            if request.agreed_price not in (None, judgement.price):
                raise PriceChanged
            booking = self._bookings.add(self._new_booking(student, request, judgement))
            self._profiles.raise_generation(booking.instructor_id)
        return booking

    @measure_operation
    def check(self, person: User, request: LessonRequest) -> tuple[tuple[str, str], ...]:
        """What stands against a lesson, as far as the person may know: codes and sentences."""
        student = person if person.kind is Role.STUDENT else None
        judgement = self._checker.judge(request, student)
        may_know = person.kind.is_staff or person.id == request.instructor_id
        return all_told(judgement.reasons) if may_know else told(judgement.reasons)

    @measure_operation
    def get(self, person: User, booking_id: int) -> Booking:
        """A booking, for its student or instructor. Raises NotFound for anybody else."""
        booking = self._bookings.of_person(person.id, booking_id)
        if booking is None:
            raise NotFound("Booking not found")
        return booking

    @measure_operation
    def cancellation_outcome(self, person: User, booking: Booking) -> CancellationOutcome:
        """What cancelling now would mean; the same rule that ``cancel`` applies."""
        return self._outcome(person, booking, self.clock.now())

    @measure_operation
    def cancel(self, person: User, booking_id: int, reason: str) -> Booking:
        """Cancel a lesson before it starts; its time is free again at once.

        Raises NotFound, InvalidInput, WrongState.
        """
        reason = reason.strip()
        if not reason:
            raise InvalidInput("Cancellation reason cannot be empty", field="reason")
        if len(reason) > REASON_MAX_CHARS:
            raise InvalidInput(f"Use at most {REASON_MAX_CHARS} characters.", field="reason")
        with self.transaction():
            booking = self.get(person, booking_id)
            now = self.clock.now()
            if not self._outcome(person, booking, now).is_allowed:
                raise _not_cancellable(booking)
            changes = {
                "status": BookingStatus.CANCELLED.value,
                "cancelled_at": now,
                "updated_at": now,
                "cancelled_by_id": person.id,
                "cancellation_reason": reason,
            }
            if not self._bookings.claim(booking, [each.value for each in CANCELLABLE], changes):
                raise _not_cancellable(booking)
            self._profiles.raise_generation(booking.instructor_id)
        return booking

    @measure_operation
    def complete_past(self) -> int:
        """Complete lessons left open a day after their end; returns how many.

        In batches, each a short transaction of its own, however many have piled up.
        """
        completed = sum(iter(self._complete_some, 0))
        if completed:
            log.info("completed %d past lessons", completed)
        return completed

    def _complete_some(self) -> int:
        now = self.clock.now()
        with self.transaction():
            done = self._bookings.complete_ended(now - AUTO_COMPLETE_AFTER, now, BATCH)
            for instructor_id in sorted(set(done)):  # in one order: two workers never deadlock
                self._profiles.raise_generation(instructor_id)
        return len(done)

    def _outcome(self, person: User, booking: Booking, now: datetime) -> CancellationOutcome:
        return cancellation_outcome(
            booking.status,
            instant(booking.starts_at),
            booking.free_cancel_until,
            now=now,
            by_student=person.id == booking.student_id,
        )

    def _new_booking(self, student: User, request: LessonRequest, judgement: Judgement) -> Booking:
        offer, now = judgement.offer, self.clock.now()
        starts_at, ends_at = judgement.start, judgement.ends_at
        tz = zone(offer.zone_name)
        rate = offer.service.hourly_rate
        return Booking(
            student=student,
            instructor=offer.instructor,
            service=offer.service,
            student_id=student.id,
            instructor_id=offer.instructor.id,
            service_id=offer.service.id,
            booking_date=starts_at.astimezone(tz).date(),
            start_time=starts_at.astimezone(tz).time(),
            end_time=ends_at.astimezone(tz).time(),
            service_name=offer.service.skill,
            hourly_rate=rate,
            total_price=judgement.price,
            duration_minutes=judgement.minutes,
            status=BookingStatus.CONFIRMED.value,
            service_area=offer.profile.areas_of_service,
            meeting_location=_text(request.meeting_location),
            location_type=request.location_type.value,
            student_note=_text(request.student_note),
            created_at=now,
            confirmed_at=now,
            starts_at=starts_at,
            ends_at=ends_at,
            time_zone=offer.zone_name,
            blocked_until=ends_at + timedelta(minutes=offer.profile.buffer_time_minutes),
            overlap_ok=False,
            reference=new_reference(),
            sequence=0,
            free_cancel_until=free_cancel_deadline(
                starts_at, offer.profile.cancellation_notice_hours
            ),
            created_by_id=student.id,
        )


def refusal(judgement: Judgement) -> NotBookable:
    """The refusal a student gets, with all the reasons he may learn; the first decides its kind."""
    reasons = told(judgement.reasons)
    return NotBookable(reasons, is_conflict=reasons[0][0] in CONFLICTS)


def instant(value: datetime | None) -> datetime:
    """A booking's instant. Null only in a database that was never upgraded."""
    if value is None:
        raise WrongState("This booking has no exact time yet.")
    return value


def _text(value: str | None) -> str | None:
    return (value or "").strip() or None


def _not_cancellable(booking: Booking) -> WrongState:
    if BookingStatus(booking.status) in CANCELLABLE:
        return WrongState("Booking cannot be cancelled - the lesson has already started")
    return WrongState(f"Booking cannot be cancelled - current status: {booking.status}")
