"""What a list is asked for, and where in it somebody is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


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
