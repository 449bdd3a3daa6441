"""Booking a lesson and what happens to it afterwards."""

from collections.abc import Callable
from datetime import timedelta

from app.domain.audience import CONFLICTS, all_told, told
from app.domain.booking_rules import (
    CANCELLABLE,
    CancellationOutcome,
    free_cancel_deadline,
    request_deadline,
)
from app.domain.errors import (
    IdempotencyInProgress,
    IdempotencyKeyReused,
    InvalidInput,
    InvalidToken,
    NotAllowed,
    NotBookable,
    NotFound,
    PriceChanged,
    VerifyEmailFirst,
    WrongState,
)
from app.domain.lesson_links import ByLink
from app.domain.limits import REASON_MAX_CHARS
from app.domain.offers import LessonRequest, RepeatKey
from app.domain.vocabulary import BookingStatus, Role
from app.domain.zones import zone
from app.infra.references import new_reference
from app.models.booking import Booking
from app.models.idempotency import IdempotencyKey
from app.models.user import User
from app.services.base import Context, measure_operation
from app.services.booking_steps import BookingSteps, BookingTools, cancelling_for, told_of
from app.services.checked_times import Checked
from app.services.conflict_checker import Judgement

KEYS_KEPT = timedelta(hours=24)


class BookingService(BookingSteps):
    """Commands on bookings. Each is one transaction."""

    def __init__(
        self, context: Context, tools: BookingTools, *, unverified_lessons: int | None = None
    ) -> None:
        super().__init__(context, tools)
        self._unverified_lessons = unverified_lessons

    @measure_operation
    def book(self, student: User, request: LessonRequest) -> Booking:
        """Book a lesson: confirmed at once, or PENDING where the instructor approves each.

        Raises NotAllowed, NotFound, InvalidInput, NotBookable (every reason the student may
        learn), TimeTaken (when only the database's guard saw the overlap), PriceChanged,
        VerifyEmailFirst, InvalidToken.
        """
        with self.transaction():
            return self._booked(student, request)

    @measure_operation
    def book_once(
        self,
        student: User,
        request: LessonRequest,
        repeat: RepeatKey,
        answer: Callable[[Booking], str],
    ) -> str:
        """Book a lesson and keep the answer with its key: for 24 hours the same request gets the
        same answer again, whatever became of the booking.

        Raises what ``book`` raises, IdempotencyKeyReused, IdempotencyInProgress.
        """
        with self.transaction():
            known = self._known(student, repeat)
            if known is not None:
                return known.answer or answer(self._found(student, known.booking_id))
            booking = self._booked(student, request)
            said = answer(booking)
            now = self.clock.now()
            self._requests.remember(student.id, repeat, booking.id, said, now)
        return said

    @measure_operation
    def check(self, person: User | None, request: LessonRequest) -> Checked:
        """What stands against a lesson, as far as the person may know; null is a visitor.

        Raises NotFound, InvalidInput, InvalidRange, OffsetMismatch.
        """
        student = person if person and person.kind is Role.STUDENT else None
        judgement = self._checker.judge(request, student)
        today = self.clock.today(judgement.offer.zone_name)
        if request.day is not None and request.day < today:
            raise InvalidInput("Cannot check availability for past dates", field="booking_date")
        if person is None or not (person.kind.is_staff or person.id == request.instructor_id):
            return Checked(judgement, told(judgement.reasons))
        return Checked(judgement, all_told(judgement.reasons), knows_lessons=True)

    @measure_operation
    def get(self, person: User, booking_id: int) -> Booking:
        """A booking, for its student or instructor. Raises NotFound for anybody else."""
        booking = self._bookings.of_person(person.id, booking_id)
        if booking is None:
            raise NotFound("Booking not found")
        return booking

    @measure_operation
    def read(self, person: User, booking_id: int) -> Booking:
        """A booking, for its student, its instructor and staff. Raises NotFound."""
        return self._found(person, booking_id)

    @measure_operation
    def cancellation_outcome(self, person: User, booking: Booking) -> CancellationOutcome:
        """What cancelling now would mean; the same rule that ``cancel`` applies."""
        return cancelling_for(person, booking, self.clock.now())

    @measure_operation
    def cancel(
        self,
        person: User,
        booking_id: int,
        reason: str,
        *,
        expected: int | None = None,
        link: ByLink | None = None,
    ) -> Booking:
        """Cancel a lesson before it starts; its time is free again at once.

        For its student, its instructor, and staff. A student who does so after his free
        deadline cancels late, which is recorded. ``expected`` is the sequence of the version
        that he saw. Raises NotFound, InvalidInput, BookingChanged, WrongState.
        """
        reason = reason.strip()
        if not reason:
            raise InvalidInput("Cancellation reason cannot be empty", field="reason")
        if len(reason) > REASON_MAX_CHARS:
            raise InvalidInput(f"Use at most {REASON_MAX_CHARS} characters.", field="reason")
        with self.transaction():
            booking = self._found(person, booking_id, fresh=True, link=link)
            outcome = cancelling_for(person, booking, self.clock.now())
            if not outcome.is_allowed:
                raise _not_cancellable(booking)
            self._check_seen(booking, expected)
            values = {
                **self._cancelled(reason, person.id),
                "cancelled_late": outcome.is_late,
            }
            states = [each.value for each in CANCELLABLE]
            self._change(
                person,
                booking,
                "booking.cancel",
                states,
                values,
                reason,
                refused=_not_cancellable,
                link=link,
            )
            self._notifications.cancelled(booking, person)
        return booking

    def _booked(self, student: User, request: LessonRequest) -> Booking:
        if student.kind is not Role.STUDENT:
            raise NotAllowed("Only students can create bookings")
        self._bookings.lock_calendars(request.instructor_id, student.id)
        judgement = self._checker.judge(request, student, fresh=True)
        if judgement.reasons:
            raise refusal(judgement)
        if request.agreed_price not in (None, judgement.price):
            raise PriceChanged
        self._check_standing(student)
        booking = self._bookings.add(self._new_booking(student, request, judgement))
        if judgement.has_hold:
            self._use_up_holds(student, booking)
        self._profiles.raise_generation(booking.instructor_id)
        self._audit.note(student, "booking.create", "booking", booking.id, after=told_of(booking))
        if booking.status == BookingStatus.PENDING:
            self._notifications.requested(booking)
        else:
            self._notifications.booked(booking)
        return booking

    def _known(self, student: User, repeat: RepeatKey) -> IdempotencyKey | None:
        """The key of this very request, if it was sent before."""
        if not self._requests.begin(student.id, repeat):
            raise IdempotencyInProgress
        stored = self._requests.stored(student.id, repeat, self.clock.now() - KEYS_KEPT)
        if stored is not None and stored.body_hash != repeat.body_hash:
            raise IdempotencyKeyReused
        return stored

    def _check_standing(self, student: User) -> None:
        """The account may have been closed while its booking waited for the lock; and whoever has
        not confirmed his address holds only a few lessons to come.
        """
        standing = self._requests.standing(student.id, self.clock.now())
        if standing.auth_version != student.auth_version or not standing.is_open:
            raise InvalidToken
        most = self._unverified_lessons
        if most is not None and not standing.is_verified and standing.coming >= most:
            raise VerifyEmailFirst

    def _new_booking(self, student: User, request: LessonRequest, judgement: Judgement) -> Booking:
        offer, now = judgement.offer, self.clock.now()
        is_request = offer.rules.needs_approval
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
            status=(BookingStatus.PENDING if is_request else BookingStatus.CONFIRMED).value,
            expires_at=request_deadline(starts_at, now) if is_request else None,
            service_area=offer.profile.areas_of_service,
            meeting_location=_text(request.meeting_location),
            location_type=request.location_type.value,
            student_note=_text(request.student_note),
            created_at=now,
            confirmed_at=None if is_request else now,
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


def refusal(judgement: Judgement, *, to_student: bool = True) -> NotBookable:
    """The refusal with all the reasons that the asker may learn.

    Its kind is the same for everybody: the first reason that a student may learn decides it.
    """
    reasons = told(judgement.reasons)
    is_conflict = reasons[0][0] in CONFLICTS
    return NotBookable(
        reasons if to_student else all_told(judgement.reasons), is_conflict=is_conflict
    )


def _text(value: str | None) -> str | None:
    return (value or "").strip() or None


def _not_cancellable(booking: Booking) -> WrongState:
    if BookingStatus(booking.status) in CANCELLABLE:
        return WrongState("Booking cannot be cancelled - the lesson has already started")
    return WrongState(f"Booking cannot be cancelled - current status: {booking.status}")
