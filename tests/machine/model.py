"""What the application should do, said again as simply as possible.

Nothing of the application is used here. Time is counted in quarter hours since 1970; open
hours are sets of quarters of a wall clock, so that no interval arithmetic can be wrong twice.
Hours lie between 08:00 and 20:00, where no clock is ever changed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

QUARTER = 15 * 60
PER_HOUR, PER_DAY = 4, 96
OFFERED = (30, 60, 90)  # minutes
HORIZON_DAYS = 60
FREE_CANCEL_HOURS = 24
OCCUPYING = ("CONFIRMED", "COMPLETED", "NO_SHOW")

Wall = tuple[date, int]  # a day, and a quarter of it


@dataclass
class Teacher:
    """An instructor: hours, days off, and rules of booking. ``buffer`` counts quarters."""

    id: int
    service_id: int
    zone: ZoneInfo
    hours: set[Wall] = field(default_factory=set)
    days_off: set[date] = field(default_factory=set)
    notice_hours: int = 0
    buffer: int = 0

    def instant(self, day: date, quarter: int) -> int:
        wall = datetime(day.year, day.month, day.day, tzinfo=self.zone)
        wall = wall.replace(hour=quarter // PER_HOUR, minute=quarter % PER_HOUR * 15)
        return int(wall.timestamp()) // QUARTER

    def wall(self, instant: int) -> Wall:
        local = datetime.fromtimestamp(instant * QUARTER, self.zone)
        return local.date(), local.hour * PER_HOUR + local.minute // 15

    def today(self, now: datetime) -> date:
        return now.astimezone(self.zone).date()


@dataclass
class Lesson:
    """A booking; ``until`` is its end and the buffer it was made under, ``free_until`` when its
    student has to decide.
    """

    id: int
    teacher: Teacher
    student: int
    start: int
    minutes: int
    until: int
    free_until: int
    status: str = "CONFIRMED"

    @property
    def end(self) -> int:
        return self.start + self.minutes // 15

    @property
    def occupies(self) -> bool:
        return self.status in OCCUPYING

    def move(self, start: int, minutes: int, *, by_student: bool) -> None:
        """Nobody but the student brings his deadline nearer."""
        self.start, self.minutes = start, minutes
        self.until = self.end + self.teacher.buffer
        deadline = free_until(start)
        self.free_until = deadline if by_student else max(deadline, self.free_until)

    def as_told(self) -> tuple[object, ...]:
        return self.status, self.teacher.id, self.student, self.start, self.end


@dataclass
class Model:
    """Two instructors and their lessons. ``now`` is an aware instant."""

    now: datetime
    teachers: list[Teacher] = field(default_factory=list)
    lessons: dict[int, Lesson] = field(default_factory=dict)

    @property
    def instant(self) -> float:
        return self.now.timestamp() / QUARTER

    def of(self, teacher: Teacher, *, but: Lesson | None = None) -> Iterator[Lesson]:
        for each in self.lessons.values():
            if each.teacher is teacher and each.occupies and each is not but:
                yield each

    def free_quarters(self, teacher: Teacher, *, but: Lesson | None = None) -> set[int]:
        """Every quarter in which a lesson may take place, as far as the instructor is concerned."""
        today = teacher.today(self.now)
        found = {
            teacher.instant(day, quarter)
            for day, quarter in teacher.hours
            if day not in teacher.days_off and 0 <= (day - today).days <= HORIZON_DAYS
        }
        for lesson in self.of(teacher, but=but):
            kept_until = max(lesson.until, lesson.end + teacher.buffer)
            found -= set(range(lesson.start - teacher.buffer, kept_until))
        earliest = self.instant + teacher.notice_hours * PER_HOUR
        return {each for each in found if each >= earliest}

    def may_start(
        self,
        teacher: Teacher,
        student: int | None,
        start: int,
        minutes: int,
        *,
        moving: Lesson | None = None,
    ) -> bool:
        """Whether a lesson could be booked there now, or that one be moved there."""
        wanted = set(range(start, start + minutes // 15))
        if minutes not in OFFERED or not wanted <= self.free_quarters(teacher, but=moving):
            return False
        return not any(
            each.student == student and each.occupies and each is not moving
            for each in self.lessons.values()
            if each.start < start + minutes // 15 and start < each.end
        )

    def starts(self, teacher: Teacher, minutes: int) -> list[int]:
        """All that anybody could book."""
        free, length = self.free_quarters(teacher), minutes // 15
        return [each for each in sorted(free) if set(range(each, each + length)) <= free]

    def spans(self, teacher: Teacher) -> list[tuple[int, int]]:
        """Free stretches with room for the shortest lesson."""
        return [
            (first, last + 1)
            for first, last in _runs(self.free_quarters(teacher))
            if (last + 1 - first) * 15 >= min(OFFERED)
        ]

    def week(self, teacher: Teacher, monday: date) -> dict[str, list[tuple[int, int]]]:
        """The hours of a week by day, as quarters of the wall clock."""
        found = {}
        for offset in range(7):
            day = monday + timedelta(days=offset)
            quarters = {quarter for when, quarter in teacher.hours if when == day}
            if quarters:
                found[f"{day}"] = [(first, last + 1) for first, last in _runs(quarters)]
        return found


def free_until(start: int) -> int:
    return start - FREE_CANCEL_HOURS * PER_HOUR


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def days_of(monday: date) -> list[date]:
    return [monday + timedelta(days=n) for n in range(7)]


def quarter_of(instant: str) -> int:
    """Of an instant as the API writes it."""
    seconds = datetime.fromisoformat(instant).astimezone(UTC).timestamp()
    assert seconds % QUARTER == 0, instant
    return int(seconds) // QUARTER


def _runs(quarters: Iterable[int]) -> Iterator[tuple[int, int]]:
    first = last = None
    for each in sorted(quarters):
        if first is None or each != last + 1:
            if first is not None:
                yield first, last
            first = each
        last = each
    if first is not None:
        yield first, last
