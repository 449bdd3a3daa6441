"""What happened to a lesson, in order, told as its student or instructor may know it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from app.domain.vocabulary import BookingStatus


class StepKind(StrEnum):
    """A step in a lesson's life."""

    REQUESTED = "requested"
    BOOKED = "booked"
    CONFIRMED = "confirmed"
    MOVED = "moved"
    MOVE_REQUESTED = "move_requested"
    PLACE_CHANGED = "place_changed"
    DECLINED = "declined"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    COMPLETED = "completed"
    NO_SHOW = "no_show"


class Doer(StrEnum):
    """Who took a step, as seen by the reader."""

    YOU = "you"
    STUDENT = "student"
    INSTRUCTOR = "instructor"
    SUPPORT = "support"
    AUTOMATIC = "automatic"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. ``by`` is null where nobody noted who took it, ``is_late`` but for students who
    cancelled; ``was`` and ``became`` are the starts before and after, in UTC.
    """

    kind: StepKind
    at: datetime
    by: Doer | None
    by_link: bool = False
    was: datetime | None = None
    became: datetime | None = None
    is_late: bool | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class People:
    """Whose lesson it is, and which of the two reads."""

    reader_id: int
    student_id: int
    instructor_id: int

    def doer(self, person_id: int | None) -> Doer:
        """Somebody as the reader knows him: whoever is not of the lesson is of the staff."""
        if person_id is None:
            return Doer.AUTOMATIC
        known = {self.student_id: Doer.STUDENT, self.instructor_id: Doer.INSTRUCTOR}
        return Doer.YOU if person_id == self.reader_id else known.get(person_id, Doer.SUPPORT)


@dataclass(frozen=True, slots=True)
class Noted:
    """A row of the trail of changes: field by field ``[before, after]``."""

    at: datetime
    actor_id: int | None
    action: str
    changes: Mapping[str, Any]

    def became(self, field: str) -> Any:
        return (self.changes.get(field) or [None, None])[1]

    def start(self, place: int) -> datetime | None:
        """The start before (0) or after (1) the change."""
        told = (self.changes.get("starts_at") or [None, None])[place]
        return None if told is None else datetime.fromisoformat(told).astimezone(UTC)


_KINDS = {
    "booking.approve": StepKind.CONFIRMED,
    "booking.decline": StepKind.DECLINED,
    "booking.expire": StepKind.EXPIRED,
    "booking.cancel": StepKind.CANCELLED,
    "booking.completed": StepKind.COMPLETED,
    "booking.no_show": StepKind.NO_SHOW,
}
_FIRST = (StepKind.REQUESTED, StepKind.BOOKED)
_ENDINGS = (StepKind.DECLINED, StepKind.EXPIRED, StepKind.CANCELLED)


def steps_of(
    noted: Iterable[Noted], facts: Sequence[Step], people: People, *, reason: str | None
) -> list[Step]:
    """All steps in order: those of the trail, and of the facts those that no trail tells.

    Lessons that older programs booked have no trail. ``reason`` is why it was cancelled, in words
    that both may read.
    """
    told, status = [], None
    for each in noted:
        status = each.became("status") or status
        kind = _kind(each, is_request=status == BookingStatus.PENDING)
        if kind is not None:
            told.append(_step(kind, each, people, reason))
    known = {_group(each.kind) for each in told}
    missing = [each for each in facts if _group(each.kind) not in known]
    return sorted([*told, *missing], key=lambda each: each.at)


def _step(kind: StepKind, noted: Noted, people: People, reason: str | None) -> Step:
    is_cancelled = kind is StepKind.CANCELLED
    return Step(
        kind,
        noted.at,
        people.doer(noted.actor_id),
        by_link=bool(noted.became("by_link")),
        was=noted.start(0),
        became=noted.start(1),
        is_late=_lateness(noted, people) if is_cancelled else None,
        reason=reason if is_cancelled else None,
    )


def _kind(noted: Noted, *, is_request: bool) -> StepKind | None:
    """``is_request``: after the change somebody has still to say yes."""
    if noted.action == "booking.create":
        return StepKind.REQUESTED if is_request else StepKind.BOOKED
    if noted.action == "booking.move":
        return StepKind.MOVE_REQUESTED if is_request else StepKind.MOVED
    if noted.action == "booking.note":
        return StepKind.PLACE_CHANGED if "meeting_location" in noted.changes else None
    return _KINDS.get(noted.action)


def _lateness(noted: Noted, people: People) -> bool | None:
    return bool(noted.became("cancelled_late")) if noted.actor_id == people.student_id else None


def _group(kind: StepKind) -> str:
    """Steps that tell the same: a lesson begins once, and ends once before it takes place."""
    if kind in _FIRST:
        return "first"
    return "ending" if kind in _ENDINGS else kind.value
