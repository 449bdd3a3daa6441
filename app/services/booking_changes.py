"""What happens to a booking after it is made: moved, answered, completed, missed, noted."""

from app.domain.booking_rules import DECLINED
from app.domain.errors import InvalidInput, NotAllowed, WrongState
from app.domain.lesson_links import ByLink
from app.domain.limits import LOCATION_MAX_CHARS, NOTE_MAX_CHARS
from app.domain.offers import LessonRequest
from app.domain.vocabulary import OCCUPYING, BookingStatus
from app.models.booking import Booking
from app.models.user import User
from app.services.base import measure_operation
from app.services.booking_moves import (
    check_length,
    check_other_time,
    judged_move,
    moved_to,
    states_to_move,
)
from app.services.booking_steps import BookingSteps
from app.services.bookings import refusal


class BookingChangeService(BookingSteps):
    """Steps in the life of a booking. Each is one transaction, one conditional update.

    A booking's own people take them; staff may too, with a reason.
    """

    @measure_operation
    def reschedule(
        self,
        person: User,
        booking_id: int,
        wish: LessonRequest,
        reason: str | None = None,
        *,
        expected: int | None = None,
        link: ByLink | None = None,
    ) -> Booking:
        """Move a lesson to another time; its old time is kept until the new one is sure.

        Of ``wish`` only the time counts. The rules are those of booking it now, at the rate it
        was booked at; the free deadline is reckoned from the new start, but never comes earlier
        by a move that is not the student's. Only he or staff change the length. A student moves
        until his free deadline, an instructor confirmed lessons until they start. Where the
        instructor approves each lesson, a student's move asks him again. ``expected`` is the
        sequence of the version that the person saw.
        Raises NotFound, NotAllowed, WrongState, BookingChanged, InvalidInput, NotBookable,
        TimeTaken.
        """
        self._check_reason(person, reason)
        seen = self._found(person, booking_id)
        with self.transaction():
            self._bookings.lock_calendars(seen.instructor_id, seen.student_id)
            booking = self._found(person, booking_id, fresh=True, link=link)
            by_student, now = person.id == booking.student_id, self.clock.now()
            states = states_to_move(person, booking, now)
            self._check_seen(booking, expected)
            judgement = judged_move(self._checker, person, booking, wish, fresh=True)
            if judgement.reasons:
                raise refusal(judgement, to_student=by_student)
            check_length(person, booking, judgement.minutes)
            check_other_time(booking, judgement)
            previous = booking.start
            values = moved_to(booking, judgement, by_student=by_student, now=now)
            self._change(person, booking, "booking.move", states, values, reason, link=link)
            if judgement.has_hold:
                self._use_up_holds(person, booking)
            self._notifications.moved(booking, previous)
        return booking

    @measure_operation
    def approve(
        self,
        person: User,
        booking_id: int,
        reason: str | None = None,
        *,
        expected: int | None = None,
    ) -> Booking:
        """Say yes to a request, as it was seen: ``expected`` is the sequence of that version.

        Raises NotFound, NotAllowed, WrongState, BookingChanged.
        """
        with self.transaction():
            booking = self._request(person, booking_id, reason, expected)
            values = {
                "status": BookingStatus.CONFIRMED.value,
                "confirmed_at": self.clock.now(),
                "expires_at": None,
            }
            self._change(
                person, booking, "booking.approve", [BookingStatus.PENDING], values, reason
            )
            self._notifications.approved(booking)
        return booking

    @measure_operation
    def decline(
        self,
        person: User,
        booking_id: int,
        reason: str | None = None,
        *,
        expected: int | None = None,
    ) -> Booking:
        """Say no to a request, as it was seen; its time is free again. The student learns why
        from the mail.

        The reasons of staff are for the trail. Raises NotFound, NotAllowed, WrongState,
        BookingChanged.
        """
        with self.transaction():
            booking = self._request(person, booking_id, reason, expected)
            values = self._cancelled(DECLINED, person.id)
            self._change(
                person, booking, "booking.decline", [BookingStatus.PENDING], values, reason
            )
            is_own = person.id == booking.instructor_id
            self._notifications.declined(booking, (reason or "").strip() if is_own else None)
        return booking

    @measure_operation
    def complete(self, person: User, booking_id: int, reason: str | None = None) -> Booking:
        """The lesson took place. Raises NotFound, NotAllowed, WrongState."""
        refusal_ = "Only confirmed bookings can be completed"
        return self._conclude(
            person, booking_id, BookingStatus.COMPLETED, "completed_at", refusal_, reason
        )

    @measure_operation
    def no_show(self, person: User, booking_id: int, reason: str | None = None) -> Booking:
        """The student did not come. Raises NotFound, NotAllowed, WrongState."""
        refusal_ = "Only confirmed bookings can be marked as no-show"
        return self._conclude(
            person, booking_id, BookingStatus.NO_SHOW, "no_show_at", refusal_, reason
        )

    @measure_operation
    def note(
        self, person: User, booking_id: int, instructor_note: str | None, location: str | None
    ) -> Booking:
        """Change the instructor's note or the place; null leaves a field, empty text clears it.

        The student of a lesson to come is told of another place.
        Raises NotFound, NotAllowed, WrongState, InvalidInput.
        """
        values = {}
        for name, text, most in (
            ("instructor_note", instructor_note, NOTE_MAX_CHARS),
            ("meeting_location", location, LOCATION_MAX_CHARS),
        ):
            if text is not None and len(text) > most:
                raise InvalidInput(f"Use at most {most} characters.", field=name)
            if text is not None:
                values[name] = text.strip() or None
        with self.transaction():
            booking = self._found(person, booking_id, fresh=True)
            if person.id != booking.instructor_id:
                raise NotAllowed("Only the instructor can update booking details")
            if booking.status == BookingStatus.CANCELLED:
                raise WrongState("Cancelled bookings cannot be changed")
            changed = {
                name: each for name, each in values.items() if getattr(booking, name) != each
            }
            if changed:
                self._change(person, booking, "booking.note", OCCUPYING, changed, None)
            if "meeting_location" in changed and booking.start > self.clock.now():
                self._notifications.place_changed(booking)
        return booking

    def _conclude(
        self,
        person: User,
        booking_id: int,
        status: BookingStatus,
        column: str,
        refused: str,
        reason: str | None,
    ) -> Booking:
        self._check_reason(person, reason)
        with self.transaction():
            booking = self._found(person, booking_id, fresh=True)
            self._check_instructor(person, booking)
            if booking.status != BookingStatus.CONFIRMED:
                raise WrongState(f"{refused} - current status: {booking.status}")
            if self.clock.now() < booking.start:
                raise WrongState(f"{refused} - the lesson has not started yet")
            values = {"status": status.value, column: self.clock.now()}
            action = f"booking.{status.value.lower()}"
            self._change(person, booking, action, [BookingStatus.CONFIRMED], values, reason)
        return booking

    def _request(
        self, person: User, booking_id: int, reason: str | None, expected: int | None
    ) -> Booking:
        """A request that can still be answered, by whoever may."""
        self._check_reason(person, reason)
        booking = self._found(person, booking_id, fresh=True)
        self._check_instructor(person, booking)
        if booking.status != BookingStatus.PENDING:
            raise WrongState(f"Only requests can be answered - current status: {booking.status}")
        if booking.expires_at is not None and booking.expires_at <= self.clock.now():
            raise WrongState("This request has expired")
        self._check_seen(booking, expected)
        return booking
