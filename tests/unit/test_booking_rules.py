"""Cancelling is free until the deadline to the second, and open until the start."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.booking_rules import (
    CANCELLABLE,
    CancellationOutcome,
    MoveBar,
    MoveOutcome,
    cancellation_outcome,
    free_cancel_deadline,
    move_bar,
    move_outcome,
)
from app.domain.vocabulary import OCCUPYING, BookingStatus

START = datetime(2027, 3, 14, 14, tzinfo=UTC)  # 10 in New York, the day its clocks go forward
SECOND = timedelta(seconds=1)
DEADLINE = free_cancel_deadline(START, 24)


def outcome(
    now: datetime,
    *,
    status: str = "CONFIRMED",
    by_student: bool = True,
    free_until: datetime | None = DEADLINE,
) -> CancellationOutcome:
    return cancellation_outcome(status, START, free_until, now=now, by_student=by_student)


def test_the_deadline_is_real_hours_before_the_start() -> None:
    assert timedelta(hours=24) == START - DEADLINE
    assert free_cancel_deadline(START, 0) == START


@pytest.mark.parametrize(
    ("now", "is_late"),
    [(DEADLINE - SECOND, False), (DEADLINE, False), (DEADLINE + SECOND, True)],
    ids=["a second before", "at the deadline", "a second after"],
)
def test_a_student_is_late_from_the_second_after_the_deadline(
    now: datetime, *, is_late: bool
) -> None:
    assert outcome(now) == CancellationOutcome(True, is_late, DEADLINE)


@pytest.mark.parametrize("by_student", [True, False])
@pytest.mark.parametrize(
    ("now", "is_allowed"),
    [(START - SECOND, True), (START, False), (START + SECOND, False)],
    ids=["a second before", "at the start", "a second after"],
)
def test_nobody_cancels_from_the_start_on(
    now: datetime, *, is_allowed: bool, by_student: bool
) -> None:
    assert outcome(now, by_student=by_student).is_allowed is is_allowed


def test_an_instructor_is_never_late() -> None:
    assert outcome(START - SECOND, by_student=False) == CancellationOutcome(True, False, DEADLINE)


def test_a_booking_without_a_deadline_is_never_late() -> None:
    assert outcome(START - SECOND, free_until=None) == CancellationOutcome(True, False, None)


def test_what_cannot_be_cancelled_is_not_late_either() -> None:
    assert not outcome(START).is_late


@pytest.mark.parametrize("status", list(BookingStatus))
def test_only_open_bookings_can_be_cancelled(status: BookingStatus) -> None:
    expected = status in (BookingStatus.PENDING, BookingStatus.CONFIRMED)

    assert outcome(DEADLINE, status=status.value).is_allowed is expected
    assert (status in CANCELLABLE) is expected


def test_only_a_cancelled_booking_gives_its_time_back() -> None:
    assert set(BookingStatus) - set(OCCUPYING) == {BookingStatus.CANCELLED}


@pytest.mark.parametrize("status", list(BookingStatus))
@pytest.mark.parametrize(
    ("now", "for_student", "for_instructor"),
    [
        (DEADLINE, None, None),
        (DEADLINE + SECOND, MoveBar.TOO_CLOSE, None),
        (START - SECOND, MoveBar.TOO_CLOSE, None),
        (START, MoveBar.STARTED, MoveBar.STARTED),
    ],
    ids=["at the deadline", "a second after", "a second before the start", "at the start"],
)
def test_a_student_moves_until_his_deadline_and_an_instructor_until_the_start(
    now: datetime,
    for_student: MoveBar | None,
    for_instructor: MoveBar | None,
    status: BookingStatus,
) -> None:
    told = {
        by_student: move_bar(status, START, DEADLINE, now=now, by_student=by_student)
        for by_student in (True, False)
    }

    movable = {True: ("PENDING", "CONFIRMED"), False: ("CONFIRMED",)}
    wanted = {True: for_student, False: for_instructor}
    assert told == {
        each: wanted[each] if status in movable[each] else MoveBar.STATE for each in told
    }


def test_until_when_a_lesson_can_be_moved_is_told_beside_what_bars_it() -> None:
    def moving(status: str = "CONFIRMED", **who: bool) -> MoveOutcome:
        return move_outcome(status, START, DEADLINE, now=DEADLINE + SECOND, **who)

    assert moving(by_student=True) == MoveOutcome(MoveBar.TOO_CLOSE, DEADLINE)
    assert moving(by_student=False) == MoveOutcome(None, START)
    assert moving("CANCELLED", by_student=True) == MoveOutcome(MoveBar.STATE, None)
    free = move_outcome("CONFIRMED", START, None, now=DEADLINE, by_student=True)
    assert free == MoveOutcome(None, START)


def test_taking_a_request_back_is_never_late() -> None:
    after = DEADLINE + timedelta(hours=1)
    assert outcome(after, status="PENDING") == CancellationOutcome(True, False, DEADLINE)
