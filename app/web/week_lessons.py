"""Where booked lessons lie on the week grid, in quarter hours of the wall clock."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from app.domain.hours_text import write_minute
from app.domain.limits import GRID_MINUTES
from app.domain.time_range import DAY_MINUTES, TimeRange, minute_of
from app.domain.vocabulary import BookingStatus
from app.domain.zones import zone

ROW_MINUTES = 30
STATUS_WORDS = {
    BookingStatus.PENDING: "waiting for approval",
    BookingStatus.CONFIRMED: "",
    BookingStatus.COMPLETED: "completed",
    BookingStatus.NO_SHOW: "no-show",
}


class Person(Protocol):
    """Who comes to the lesson."""

    @property
    def full_name(self) -> str: ...


class Lesson(Protocol):
    """What the grid needs to know of a booking; the model's Booking has it all."""

    @property
    def id(self) -> int: ...
    @property
    def starts_at(self) -> datetime | None: ...
    @property
    def ends_at(self) -> datetime | None: ...
    @property
    def service_name(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def student(self) -> Person: ...


@dataclass(frozen=True, slots=True)
class PlacedLesson:
    """A lesson's block on one day. ``lane`` 1 or 2 where two overlap, else 0."""

    id: int
    day: date
    range: TimeRange
    student: str
    service: str
    status: BookingStatus
    lane: int = 0

    @property
    def clock(self) -> str:
        return f"{write_minute(self.range.start)}–{write_minute(self.range.end)}"

    @property
    def status_word(self) -> str:
        return STATUS_WORDS.get(self.status, "")

    @property
    def label(self) -> str:
        """Everything about it in one line, for the link's name and its tip."""
        said = (f"Lesson with {self.student}", self.service, self.clock, self.status_word)
        return ", ".join(word for word in said if word)

    @property
    def css(self) -> str:
        """Classes of week.css: offset in the first cell and length, both in quarter hours."""
        first = self.range.start // GRID_MINUTES
        length = -(-self.range.end // GRID_MINUTES) - first
        names = [f"len-{length}", f"is-{self.status.lower()}"]
        names += ["from-1"] if first % (ROW_MINUTES // GRID_MINUTES) else []
        names += [f"lane-{self.lane}"] if self.lane else []
        return " ".join(names)

    def overlaps(self, span: TimeRange) -> bool:
        return self.range.start < span.end and span.start < self.range.end


def place_lessons(
    lessons: Iterable[Lesson], *, days: Sequence[date], zone_name: str
) -> tuple[PlacedLesson, ...]:
    """Blocks by day and time; one that crosses midnight gets a block on each day."""
    tz = zone(zone_name)
    blocks = [block for lesson in lessons for block in _blocks(lesson, tz)]
    blocks = sorted(
        (block for block in blocks if block.day in days), key=lambda each: (each.day, each.range)
    )
    placed: list[PlacedLesson] = []
    for block in blocks:
        rival = next((one for one in reversed(placed) if _meet(one, block)), None)
        if rival and not rival.lane:
            placed[placed.index(rival)] = replace(rival, lane=1)
        placed.append(replace(block, lane=0 if not rival else 1 if rival.lane == 2 else 2))
    return tuple(placed)


def short_name(full_name: str) -> str:
    """First name and initial: ``Maya Ruth Rosen`` is ``Maya R.``"""
    words = full_name.split()
    return f"{words[0]} {words[-1][0]}." if len(words) > 1 else full_name.strip()


def _meet(one: PlacedLesson, other: PlacedLesson) -> bool:
    return one.day == other.day and one.overlaps(other.range)


def _blocks(lesson: Lesson, tz: ZoneInfo) -> Iterator[PlacedLesson]:
    if lesson.starts_at is None or lesson.ends_at is None:
        return
    start, end = lesson.starts_at.astimezone(tz), lesson.ends_at.astimezone(tz)
    for day in dict.fromkeys((start.date(), end.date())):
        first = minute_of(start) if day == start.date() else 0
        last = minute_of(end) if day == end.date() else DAY_MINUTES
        if day != start.date() and last == 0:
            continue
        if last <= first:  # clocks went back during the lesson: show where it starts
            last = min(first + GRID_MINUTES * 2, DAY_MINUTES)
        yield PlacedLesson(
            id=lesson.id,
            day=day,
            range=TimeRange(first, last),
            student=short_name(lesson.student.full_name),
            service=lesson.service_name,
            status=BookingStatus(lesson.status),
        )
