"""Morning, afternoon and evening of a day, by the clock of its zone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.domain.time_range import DAY_MINUTES
from app.domain.zones import first_existing

NOON_MINUTE = 12 * 60
EVENING_MINUTE = 17 * 60


class PartOfDay(StrEnum):
    """When a lesson starts, by the instructor's clock."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"

    @property
    def minutes(self) -> tuple[int, int]:
        """From and until, in minutes from midnight."""
        return {
            PartOfDay.MORNING: (0, NOON_MINUTE),
            PartOfDay.AFTERNOON: (NOON_MINUTE, EVENING_MINUTE),
            PartOfDay.EVENING: (EVENING_MINUTE, DAY_MINUTES),
        }[self]

    @classmethod
    def at(cls, minute: int) -> "PartOfDay":
        """The part that a minute of the day is in, by whichever clock it was read."""
        return next(part for part in cls if minute < part.minutes[1])


@dataclass(frozen=True, slots=True)
class DayParts:
    """In which parts of a day a lesson can begin, and how many hours are free in all."""

    morning: bool
    afternoon: bool
    evening: bool
    hours: float

    @classmethod
    def of(
        cls,
        spans: Iterable[tuple[datetime, datetime]],
        day: date,
        tz: ZoneInfo,
        *,
        shortest: int,
    ) -> "DayParts":
        """From free stretches that start on the quarter hour, each with room for ``shortest``."""
        noon = first_existing(tz, day, NOON_MINUTE)
        evening = first_existing(tz, day, EVENING_MINUTE)
        found = list(spans)
        starts = [(start, end - timedelta(minutes=shortest)) for start, end in found]
        free = sum(((end - start) for start, end in found), timedelta(0))
        return cls(
            morning=any(first < noon for first, _ in starts),
            afternoon=any(first < evening and last >= noon for first, last in starts),
            evening=any(last >= evening for _, last in starts),
            hours=round(free / timedelta(hours=1), 2),
        )
