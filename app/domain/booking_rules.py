"""The life of a booking: which step is open to whom, and what cancelling costs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.limits import APPROVAL_LEAD_HOURS, REQUEST_LASTS_HOURS
from app.domain.vocabulary import BookingStatus

DECLINED = "declined"
"""The reason that is stored with a request that was declined; the instructor's words are mailed."""
CANCELLABLE = frozenset({BookingStatus.PENDING, BookingStatus.CONFIRMED})
AUTO_COMPLETE_AFTER = timedelta(hours=24)
"""Lessons left open complete by themselves this long after their end."""


@dataclass(frozen=True, slots=True)
class CancellationOutcome:
    """What cancelling now would mean. ``free_until`` is the student's deadline, if there is one."""

    is_allowed: bool
    is_late: bool
    free_until: datetime | None


def request_deadline(starts_at: datetime, now: datetime) -> datetime:
    """When a request made now lapses if nobody answers it."""
    return min(
        now + timedelta(hours=REQUEST_LASTS_HOURS),
        starts_at - timedelta(hours=APPROVAL_LEAD_HOURS),
    )


def free_cancel_deadline(starts_at: datetime, notice_hours: int) -> datetime:
    """Until when a student cancels freely: real hours before the start."""
    return starts_at - timedelta(hours=notice_hours)


def cancellation_outcome(
    status: str,
    starts_at: datetime,
    free_until: datetime | None,
    *,
    now: datetime,
    by_student: bool,
) -> CancellationOutcome:
    """Both parties may cancel before the start; after the deadline a student's counts as late,
    unless it is a request, to which nobody has said yes.
    """
    is_allowed = BookingStatus(status) in CANCELLABLE and now < starts_at
    is_agreed = status == BookingStatus.CONFIRMED
    is_late = bool(by_student and is_agreed and free_until is not None and now > free_until)
    return CancellationOutcome(is_allowed, is_allowed and is_late, free_until)


class MoveBar(StrEnum):
    """Why a lesson cannot be moved."""

    STATE = "state"
    STARTED = "started"
    TOO_CLOSE = "too_close"


@dataclass(frozen=True, slots=True)
class MoveOutcome:
    """What bars moving a lesson now, if anything, and until when it could or can be moved.

    ``until`` is null in states that never allow it. A move is free: what would be late is barred.
    """

    bar: MoveBar | None
    until: datetime | None

    @property
    def is_allowed(self) -> bool:
        return self.bar is None


def movable_states(*, by_student: bool) -> list[str]:
    """In which a lesson can be moved: requests only by their student."""
    states = [BookingStatus.CONFIRMED.value]
    return [*states, BookingStatus.PENDING.value] if by_student else states


def move_bar(
    status: str,
    starts_at: datetime,
    free_until: datetime | None,
    *,
    now: datetime,
    by_student: bool,
) -> MoveBar | None:
    """What bars moving a lesson now, if anything: its state, its start, the student's deadline."""
    if status not in movable_states(by_student=by_student):
        return MoveBar.STATE
    if starts_at <= now:
        return MoveBar.STARTED
    is_close = by_student and free_until is not None and now > free_until
    return MoveBar.TOO_CLOSE if is_close else None


def move_outcome(
    status: str,
    starts_at: datetime,
    free_until: datetime | None,
    *,
    now: datetime,
    by_student: bool,
) -> MoveOutcome:
    """A student moves until his free deadline, that instant included; others until the start."""
    bar = move_bar(status, starts_at, free_until, now=now, by_student=by_student)
    if bar is MoveBar.STATE:
        return MoveOutcome(bar, None)
    return MoveOutcome(bar, free_until if by_student and free_until is not None else starts_at)
