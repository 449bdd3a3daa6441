"""Who has a lesson when: regular weekly lessons first, then single ones in the gaps."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, auto
from random import Random

from app.demo.hours import Hours
from app.demo.people import Instructor, Student, Taught
from app.domain.limits import DURATION_MIN_MINUTES, GRID_MINUTES
from app.domain.time_range import TimeRange
from app.domain.week import Week
from app.domain.zones import resolve, zone

TRAVEL_MINUTES = 30
"""What the demo's students leave free between two lessons of their own."""

PENDING_COUNT = 9
_KEPT_AHEAD = (0.92, 0.88, 0.72, 0.55, 0.4, 0.3)
"""How many of the regular lessons are booked already, by weeks from this one."""


class Fate(Enum):
    """What becomes of a lesson, apart from the passing of time."""

    HELD = auto()
    MISSED = auto()
    CANCELLED_BY_STUDENT = auto()
    CANCELLED_BY_INSTRUCTOR = auto()
    REQUESTED = auto()


CANCELLED = (Fate.CANCELLED_BY_STUDENT, Fate.CANCELLED_BY_INSTRUCTOR)


@dataclass(frozen=True, kw_only=True)
class Seat:
    """Who learns what at which time of day; a regular one comes again every week.

    A ``note`` replaces the one by chance; an empty one means none.
    """

    range: TimeRange
    student: Student
    service: Taught
    is_regular: bool = True
    note: str | None = None


@dataclass(kw_only=True)
class Lesson:
    """One lesson: wall clock in the instructor's zone, and the instants."""

    instructor: Instructor
    seat: Seat
    day: date
    starts_at: datetime
    fate: Fate

    @property
    def student(self) -> Student:
        return self.seat.student

    @property
    def range(self) -> TimeRange:
        return self.seat.range

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.range.minutes)

    @property
    def blocked_until(self) -> datetime:
        return self.ends_at + timedelta(minutes=self.instructor.teacher.buffer_minutes)


@dataclass(frozen=True, kw_only=True)
class Roster:
    """An instructor with those who come every week and everybody else who might."""

    instructor: Instructor
    regulars: list[Student]
    others: list[Student]


class Timetable:
    """The lessons of everybody; refuses what would overlap."""

    def __init__(self, hours: dict[int, Hours], today: date) -> None:
        self.lessons: list[Lesson] = []
        self._hours = hours
        self._today = today
        self._busy: defaultdict[tuple[int, date], list[TimeRange]] = defaultdict(list)

    def place(self, lesson: Lesson) -> bool:
        """Take the lesson in if it lies in open hours and nobody in it is busy."""
        windows = self._hours[lesson.instructor.id].bookable(lesson.day)
        wanted = lesson.range
        if not any(each.start <= wanted.start and wanted.end <= each.end for each in windows):
            return False
        teaching = self._busy[lesson.instructor.id, lesson.day]
        learning = self._busy[lesson.student.id, lesson.day]
        buffer = lesson.instructor.teacher.buffer_minutes
        if _is_near(teaching, wanted, buffer) or _is_near(learning, wanted, TRAVEL_MINUTES):
            return False
        if lesson.fate not in CANCELLED:
            teaching.append(wanted)
            learning.append(wanted)
        self.lessons.append(lesson)
        return True

    def fill(self, roster: Roster, rng: Random) -> None:
        """All weeks of one instructor."""
        hours = self._hours[roster.instructor.id]
        seats = _regular_seats(roster, _usual_week(hours, self._today), rng)
        this_week = Week.containing(self._today).monday
        for day in sorted(hours.open):
            kept = _KEPT_AHEAD[max(0, (day - this_week).days // 7)]
            for seat in seats[day.weekday()]:
                if rng.random() < kept:
                    self._try(day, roster.instructor, seat, rng)
            self._add_single_lessons(day, roster, kept, rng)

    def request_some(self, student_ids: frozenset[int], rng: Random) -> None:
        """Let some single lessons of the coming days be requests that wait for an answer."""
        first, last = self._today + timedelta(days=2), self._today + timedelta(days=12)
        candidates = [
            each
            for each in self.lessons
            if each.fate is Fate.HELD
            and first <= each.day <= last
            and not each.seat.is_regular
            and each.student.id in student_ids
        ]
        for lesson in rng.sample(candidates, k=min(PENDING_COUNT, len(candidates))):
            lesson.fate = Fate.REQUESTED

    def _add_single_lessons(self, day: date, roster: Roster, kept: float, rng: Random) -> None:
        """Add lessons until the day is about as full as the demand says."""
        instructor = roster.instructor
        windows = self._hours[instructor.id].bookable(day)
        open_minutes = sum(each.minutes for each in windows)
        wanted = open_minutes * instructor.teacher.demand * kept * rng.uniform(0.7, 1.4)
        for _ in range(6 if windows else 0):
            if sum(each.minutes for each in self._busy[instructor.id, day]) >= wanted - 30:
                return
            service = _any_service(instructor, rng)
            minutes = rng.choice(service.offer.minutes)
            window = rng.choice(windows)
            starts = range(window.start, window.end - minutes + 1, 30)
            student = rng.choice(roster.regulars if rng.random() < 0.4 else roster.others)
            if starts:
                start = rng.choice(starts)
                slot = TimeRange(start, start + minutes)
                seat = Seat(range=slot, student=student, service=service, is_regular=False)
                self._try(day, instructor, seat, rng)

    def _try(self, day: date, instructor: Instructor, seat: Seat, rng: Random) -> None:
        fate = _any_fate(rng)
        if fate is Fate.MISSED and day >= self._today:
            fate = Fate.HELD
        lesson = lesson_on(day, instructor, seat, fate)
        if lesson is not None:
            self.place(lesson)


def lesson_on(day: date, instructor: Instructor, seat: Seat, fate: Fate) -> Lesson | None:
    """The lesson of a seat on a day; None where clocks jump or repeat."""
    tz = zone(instructor.teacher.zone)
    start, end = resolve(tz, day, seat.range.start), resolve(tz, day, seat.range.end)
    if start.first is None or start.is_repeated or end.first is None or end.is_repeated:
        return None
    return Lesson(instructor=instructor, seat=seat, day=day, starts_at=start.first, fate=fate)


def _any_fate(rng: Random) -> Fate:
    fates = (
        Fate.HELD,
        Fate.MISSED,
        Fate.CANCELLED_BY_STUDENT,
        Fate.CANCELLED_BY_INSTRUCTOR,
    )
    return rng.choices(fates, weights=(885, 30, 60, 25))[0]


def _is_near(taken: list[TimeRange], wanted: TimeRange, gap: int) -> bool:
    return any(wanted.start < each.end + gap and each.start < wanted.end + gap for each in taken)


def _any_service(instructor: Instructor, rng: Random) -> Taught:
    """The first service is the main one."""
    services = instructor.services
    return services[0] if rng.random() < 0.55 else rng.choice(services)


def _regular_seats(
    roster: Roster, usual: list[tuple[int, TimeRange]], rng: Random
) -> defaultdict[int, list[Seat]]:
    """Walk through a usual week and give away most of what the demand asks for, by weekday."""
    teacher = roster.instructor.teacher
    seats: defaultdict[int, list[Seat]] = defaultdict(list)
    students = iter(roster.regulars)
    for weekday, window in usual:
        start = window.start
        while start + DURATION_MIN_MINUTES <= window.end:
            service = _any_service(roster.instructor, rng)
            end = start + rng.choice(service.offer.minutes)
            if end > window.end or rng.random() > teacher.demand:
                start += rng.choice((30, 60))
                continue
            student = next(students, None)
            if student is None:
                return seats
            slot = TimeRange(start, end)
            seats[weekday].append(Seat(range=slot, student=student, service=service))
            start = _next_start(end + teacher.buffer_minutes)
    return seats


def _usual_week(hours: Hours, today: date) -> list[tuple[int, TimeRange]]:
    """Each weekday's windows, from the fullest of the last weeks."""
    weeks = [Week.containing(today + timedelta(weeks=offset)) for offset in range(-3, 1)]
    best = max(weeks, key=lambda week: sum(len(hours.open.get(day, ())) for day in week.days))
    return [(day.weekday(), each) for day in best.days for each in hours.open.get(day, ())]


def _next_start(minute: int) -> int:
    return -(-minute // GRID_MINUTES) * GRID_MINUTES
