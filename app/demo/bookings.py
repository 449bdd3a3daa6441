"""From lessons to rows: when each was booked, what was written, and how it ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random

from app.demo.lessons import CANCELLED, Fate, Lesson
from app.demo.places import PLACES
from app.demo.shapes import Subject
from app.demo.texts import (
    FIRST_NOTES,
    HOME_NOTES,
    LATER_NOTES,
    STUDENT_REASONS,
    SUBJECT_NOTES,
    TEACHER_NOTES,
    TEACHER_REASONS,
)
from app.domain.booking_rules import AUTO_COMPLETE_AFTER, free_cancel_deadline
from app.domain.pricing import price
from app.domain.vocabulary import BookingStatus, LocationType
from app.domain.zones import zone

Row = dict[str, object]

_FRESH = timedelta(hours=48)
"""Lessons that ended within this time may still be open, as work for the worker."""

_MEETING: dict[Subject, tuple[int, int, int]] = {
    "music": (4, 5, 0),
    "language": (3, 4, 3),
    "school": (5, 2, 3),
    "tech": (2, 4, 4),
    "chess": (3, 4, 3),
    "body": (4, 3, 3),
    "art": (1, 6, 2),
    "food": (5, 5, 0),
}
"""How often lessons of a subject take place at the student's, the instructor's, elsewhere."""


class Deck:
    """Texts in random order; none comes again before all have been used."""

    def __init__(self, texts: Sequence[str], rng: Random) -> None:
        self._texts = texts
        self._rng = rng
        self._left: list[str] = []

    def draw(self) -> str:
        if not self._left:
            self._left = self._rng.sample(self._texts, k=len(self._texts))
        return self._left.pop()


@dataclass(frozen=True)
class Moments:
    """The day's beginning, which placing depends on, and now, which only states depend on."""

    midnight: datetime
    now: datetime


class Writer:
    """Writes the bookings of one instructor, in the order of the lessons.

    ``said`` is shared by all writers: no student writes or gets the same note twice.
    """

    def __init__(
        self, subject: Subject, moments: Moments, said: set[tuple[int, str]], rng: Random
    ) -> None:
        self._moments = moments
        self._said = said
        self._rng = rng
        self._met: dict[int, tuple[LocationType, str, str]] = {}
        self._first = Deck(FIRST_NOTES + SUBJECT_NOTES[subject], rng)
        self._later = Deck(LATER_NOTES + SUBJECT_NOTES[subject], rng)
        self._home = Deck(HOME_NOTES, rng)
        self._afterwards = Deck(TEACHER_NOTES, rng)
        self._reasons = {
            Fate.CANCELLED_BY_STUDENT: Deck(STUDENT_REASONS, rng),
            Fate.CANCELLED_BY_INSTRUCTOR: Deck(TEACHER_REASONS, rng),
        }

    def row(self, lesson: Lesson) -> Row:
        """The booking without its id and reference."""
        teacher = lesson.instructor.teacher
        offer = lesson.seat.service.offer
        is_first = lesson.student.id not in self._met
        meeting = self._meeting(lesson)
        created = self._created(lesson)
        deadline = free_cancel_deadline(lesson.starts_at, teacher.cancel_hours)
        rate = Decimal(offer.rate).quantize(Decimal("0.01"))
        row: Row = {
            "student_id": lesson.student.id,
            "instructor_id": lesson.instructor.id,
            "service_id": lesson.seat.service.id,
            "booking_date": lesson.day,
            "start_time": lesson.range.start_time,
            "end_time": lesson.range.end_time,
            "service_name": offer.skill,
            "hourly_rate": rate,
            "total_price": price(rate, lesson.range.minutes),
            "duration_minutes": lesson.range.minutes,
            "location_type": meeting[0].value,
            "meeting_location": meeting[1],
            "service_area": meeting[2],
            "student_note": self._student_note(lesson, is_first=is_first),
            "starts_at": lesson.starts_at,
            "ends_at": lesson.ends_at,
            "time_zone": teacher.zone,
            "blocked_until": lesson.blocked_until,
            "overlap_ok": False,
            "free_cancel_until": deadline,
            "created_at": created,
            "created_by_id": lesson.student.id,
            "availability_slot_id": None,
        }
        return row | self._course(lesson, created, deadline)

    def _course(self, lesson: Lesson, created: datetime, deadline: datetime) -> Row:
        """State and its traces. Chance is asked the same way whatever the time is."""
        completed = self._completed(lesson)
        note = self._instructor_note(lesson)
        course: Row = {
            "status": BookingStatus.CONFIRMED.value,
            "instructor_note": None,
            "confirmed_at": created,
            "completed_at": None,
            "cancelled_at": None,
            "cancelled_by_id": None,
            "cancellation_reason": None,
            "updated_at": None,
            "sequence": 0,
        }
        if lesson.fate in CANCELLED:
            return course | self._cancellation(lesson, created, deadline)
        if lesson.fate is Fate.REQUESTED:
            asked = self._moments.now - timedelta(minutes=self._rng.randint(15, 500))
            return course | {"status": "PENDING", "confirmed_at": None, "created_at": asked}
        if lesson.fate is Fate.MISSED and lesson.ends_at <= self._moments.now:
            noted = lesson.starts_at + timedelta(minutes=20)
            return course | {"status": "NO_SHOW", "updated_at": noted}
        if completed is None or completed > self._moments.now:
            return course
        done = {"completed_at": completed, "updated_at": completed, "instructor_note": note}
        return course | done | {"status": "COMPLETED"}

    def _completed(self, lesson: Lesson) -> datetime | None:
        """By hand soon after the end, or by itself a day later; None where that is still to do."""
        by_hand = lesson.ends_at + timedelta(minutes=self._rng.randint(4, 300))
        luck = self._rng.random()
        if self._moments.now - lesson.ends_at < _FRESH:
            return by_hand if luck < 0.35 else None
        return by_hand if luck < 0.75 else lesson.ends_at + AUTO_COMPLETE_AFTER

    def _cancellation(self, lesson: Lesson, created: datetime, deadline: datetime) -> Row:
        is_by_student = lesson.fate is Fate.CANCELLED_BY_STUDENT
        latest = min(lesson.starts_at - timedelta(minutes=25), self._moments.midnight)
        earliest = created
        if self._rng.random() < 0.3 and deadline < latest:
            earliest = max(created, deadline)
        at = earliest + (latest - earliest) * self._rng.uniform(0.1, 0.95)
        at = at.replace(microsecond=0)
        by = lesson.student.id if is_by_student else lesson.instructor.id
        return {
            "status": BookingStatus.CANCELLED.value,
            "cancelled_at": at,
            "cancelled_by_id": by,
            "cancellation_reason": self._reasons[lesson.fate].draw(),
            "updated_at": at,
            "sequence": 1,
        }

    def _created(self, lesson: Lesson) -> datetime:
        """Before the notice began and before today; people book in the daytime."""
        lead = timedelta(
            hours=lesson.instructor.teacher.notice_hours + self._rng.uniform(2, 24 * 11)
        )
        latest = self._moments.midnight - timedelta(hours=self._rng.uniform(1, 24 * 9))
        created = min(lesson.starts_at - lead, latest).replace(microsecond=0)
        if created.astimezone(zone(lesson.student.zone)).hour < 7:
            created -= timedelta(hours=8)
        return created.astimezone(UTC)

    def _student_note(self, lesson: Lesson, *, is_first: bool) -> str | None:
        if lesson.seat.note is not None:
            return lesson.seat.note or None
        if self._rng.random() > (0.6 if is_first else 0.16):
            return None
        deck = self._first if is_first else self._later
        place, _, _ = self._met[lesson.student.id]
        if place is LocationType.STUDENT_HOME and self._rng.random() < 0.2:
            deck = self._home
        return self._unsaid(lesson.student.id, deck.draw())

    def _instructor_note(self, lesson: Lesson) -> str | None:
        if self._rng.random() > 0.3:
            return None
        return self._unsaid(lesson.student.id, self._afterwards.draw())

    def _unsaid(self, student_id: int, note: str) -> str | None:
        """Nothing rather than the same again by or about one student."""
        if (student_id, note) in self._said:
            return None
        self._said.add((student_id, note))
        return note

    def _meeting(self, lesson: Lesson) -> tuple[LocationType, str, str]:
        """A pair always meets at the same place."""
        known = self._met.get(lesson.student.id)
        if known is None:
            known = self._met[lesson.student.id] = self._choose_place(lesson)
        return known

    def _choose_place(self, lesson: Lesson) -> tuple[LocationType, str, str]:
        teacher, student = lesson.instructor.teacher, lesson.student
        kinds = (LocationType.STUDENT_HOME, LocationType.INSTRUCTOR_LOCATION, LocationType.NEUTRAL)
        kind = self._rng.choices(kinds, weights=_MEETING[teacher.subject])[0]
        area = self._rng.choice(teacher.areas)
        spot = self._rng.choice(PLACES[area].spots)
        if kind is LocationType.NEUTRAL:
            return kind, spot, area
        if kind is LocationType.STUDENT_HOME and student.area in teacher.areas:
            return kind, student.address, student.area
        named = (each for each in teacher.areas if each in teacher.studio)
        return LocationType.INSTRUCTOR_LOCATION, teacher.studio, next(named, teacher.areas[0])
