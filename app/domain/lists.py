"""What a list is asked for, and where in it somebody is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class BookingFilter:
    """Which bookings: of these states (null: of any), starting from an instant on and before
    another one.
    """

    statuses: Sequence[str] | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a list by start: behind the row that has these values."""

    starts_at: datetime
    id: int

    @classmethod
    def of(cls, values: Sequence[str | int]) -> "Position":
        """The place whose ``values`` these are."""
        starts_at, key = values
        return cls(datetime.fromisoformat(str(starts_at)), int(key))

    @property
    def values(self) -> list[str | int]:
        """What a cursor carries of it."""
        return [self.starts_at.isoformat(), self.id]


class LessonView(StrEnum):
    """The lists of a person's lessons; every lesson is in exactly one of them."""

    UPCOMING = "upcoming"
    WAITING = "waiting"
    PAST = "past"
    CANCELLED = "cancelled"

    @property
    def is_ahead(self) -> bool:
        """Whether it lists what has not ended, soonest first."""
        return self in (LessonView.UPCOMING, LessonView.WAITING)
