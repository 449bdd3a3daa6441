"""Moving a lesson: to which times it could go, and what would follow. Nothing here changes it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from app.domain.booking_rules import (
    MoveBar,
    MoveOutcome,
    free_cancel_deadline,
    movable_states,
    move_outcome,
    request_deadline,
)
from app.domain.errors import InvalidInput, WrongState
from app.domain.evaluation import offered_starts
from app.domain.offers import LessonRequest, OfferedStart, check_public_range
from app.domain.pricing import price
from app.domain.vocabulary import BookingStatus
from app.domain.week import days_between
from app.domain.zones import local_date, zone
from app.models.booking import Booking
from app.models.user import User
from app.services.base import measure_operation
from app.services.booking_steps import BookingSteps
from app.services.conflict_checker import ConflictChecker, Judgement, Offer

NEAR = timedelta(days=7)
_BARRED = {
    MoveBar.STATE: "current status: {}",
    MoveBar.STARTED: "the lesson has already started",
    MoveBar.TOO_CLOSE: "it is too close; ask your instructor",
}


@dataclass(frozen=True, slots=True)
class MovePlan:
    """What a lesson would be at another time, or every reason why it cannot go there.

    ``free_until``: when its student could cancel freely then. ``answer_by``: until when the
    instructor would have to say yes again; null where he need not.
    """

    start: OfferedStart
    judgement: Judgement
    price: Decimal
    free_until: datetime
    answer_by: datetime | None = None


class BookingMoveService(BookingSteps):
    """Looks ahead of ``BookingChangeService.reschedule``, by the rules that it keeps."""

    @measure_operation
    def outcome(self, person: User, booking: Booking) -> MoveOutcome:
        """Whether this person may move a lesson now, and until when."""
        return outcome_for(person, booking, self.clock.now())

    @measure_operation
    def starts(
        self, person: User, booking: Booking, offer: Offer, first: date, last: date
    ) -> list[OfferedStart]:
        """Every start of the days, both included, to which the lesson could go as it is.

        ``offer`` is what the lesson is part of. Days are in the instructor's zone; times suit
        both people. Raises InvalidRange.
        """
        check_public_range(first, last)
        return list(self._starts(person, booking, offer, first, last))

    @measure_operation
    def nearest(self, person: User, booking: Booking, around: datetime) -> list[OfferedStart]:
        """The three times closest to a moment to which the lesson could go, in order.

        Raises NotFound.
        """
        offer = self._checker.offer(booking.instructor_id, booking.service_id)
        today = self.clock.today(offer.zone_name)
        day = local_date(zone(offer.zone_name), around)
        first, last = max(today, day - NEAR), max(today, day) + NEAR
        found = self._starts(person, booking, offer, first, last)
        closest = sorted(found, key=lambda offered: abs(offered.starts_at - around))[:3]
        return sorted(closest, key=lambda offered: offered.starts_at)

    @measure_operation
    def plan(self, person: User, booking: Booking, starts_at: datetime) -> MovePlan:
        """What moving a lesson to a start would lead to; its length stays.

        Raises NotFound, InvalidInput.
        """
        by_student = person.id == booking.student_id
        wish = LessonRequest(0, 0, starts_at=starts_at)
        judgement = judged_move(self._checker, person, booking, wish)
        check_other_time(booking, judgement)
        values = moved_to(booking, judgement, by_student=by_student, now=self.clock.now())
        zone_name = judgement.offer.zone_name
        return MovePlan(
            OfferedStart(judgement.start, judgement.minutes, zone_name, booking.service_id),
            judgement,
            price=values["total_price"],
            free_until=values["free_cancel_until"],
            answer_by=values.get("expires_at"),
        )

    def _starts(
        self, person: User, booking: Booking, offer: Offer, first: date, last: date
    ) -> Iterator[OfferedStart]:
        """Times that suit both people, without the one that the lesson has."""
        calendar, wish = self._checker.calendar(
            offer,
            first,
            last,
            booking.student,
            moving=booking,
            needs_approval=_asks_again(person, booking),
        )
        wished = replace(wish, minutes=booking.duration_minutes)
        days = days_between(first, last)
        for start in offered_starts(calendar, wished, days, now=self.clock.now()):
            if start != booking.starts_at:
                yield OfferedStart(start, wished.minutes, offer.zone_name, offer.service.id)


def outcome_for(person: User, booking: Booking, now: datetime) -> MoveOutcome:
    """Whether this person may move a lesson now, and until when."""
    by_student = person.id == booking.student_id
    return move_outcome(
        booking.status, booking.start, booking.free_cancel_until, now=now, by_student=by_student
    )


def states_to_move(person: User, booking: Booking, now: datetime) -> Sequence[str]:
    """The states in which this person may move a lesson now. Raises WrongState."""
    bar = outcome_for(person, booking, now).bar
    if bar is not None:
        raise WrongState(f"Booking cannot be moved - {_BARRED[bar].format(booking.status)}")
    return movable_states(by_student=person.id == booking.student_id)


def judged_move(
    checker: ConflictChecker,
    person: User,
    booking: Booking,
    wish: LessonRequest,
    *,
    fresh: bool = False,
) -> Judgement:
    """Everything that stands against a lesson at the time of a wish."""
    return checker.judge(
        _with_time_of(wish, booking),
        booking.student,
        fresh=fresh,
        moving=booking,
        needs_approval=_asks_again(person, booking),
    )


def _asks_again(person: User, booking: Booking) -> bool | None:
    """Nobody has to answer a move that is not the student's; his follows the rules: null."""
    return None if person.id == booking.student_id else False


def _with_time_of(wish: LessonRequest, booking: Booking) -> LessonRequest:
    """The lesson of a booking at the time of a wish, as long as before unless it says else."""
    says_length = wish.minutes is not None or wish.end_minute is not None
    return replace(
        wish,
        instructor_id=booking.instructor_id,
        service_id=booking.service_id,
        minutes=wish.minutes if says_length else booking.duration_minutes,
    )


def check_other_time(booking: Booking, judgement: Judgement) -> None:
    """Raises InvalidInput where the lesson would stay where it is."""
    now_at = booking.starts_at, booking.duration_minutes
    if (judgement.starts_at, judgement.minutes) == now_at:
        raise InvalidInput("The lesson is at that time already.", field="start_time")


def check_length(person: User, booking: Booking, minutes: int) -> None:
    """An instructor moves the lesson that was agreed to; its length and price stay."""
    may = person.id == booking.student_id or person.kind.is_staff
    if not may and minutes != booking.duration_minutes:
        raise InvalidInput(
            "Only the student can change how long the lesson is.", field="duration_minutes"
        )


def moved_to(
    booking: Booking, judgement: Judgement, *, by_student: bool, now: datetime
) -> dict[str, Any]:
    """The columns of a lesson at its new time."""
    profile, zone_name = judgement.offer.profile, judgement.offer.zone_name
    starts_at, ends_at, tz = judgement.start, judgement.ends_at, zone(zone_name)
    free_until = free_cancel_deadline(starts_at, profile.cancellation_notice_hours)
    if not by_student:  # nobody else can make him late
        free_until = max(free_until, booking.free_cancel_until or free_until)
    values: dict[str, Any] = {
        "starts_at": starts_at,
        "ends_at": ends_at,
        "time_zone": zone_name,
        "booking_date": starts_at.astimezone(tz).date(),
        "start_time": starts_at.astimezone(tz).time(),
        "end_time": ends_at.astimezone(tz).time(),
        "blocked_until": ends_at + timedelta(minutes=profile.buffer_time_minutes),
        "free_cancel_until": free_until,
        "duration_minutes": judgement.minutes,
        "total_price": price(booking.hourly_rate, judgement.minutes),
    }
    if by_student and judgement.offer.rules.needs_approval:
        values["status"] = BookingStatus.PENDING.value
        values["expires_at"] = request_deadline(starts_at, now)
    return values
