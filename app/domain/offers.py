"""What passes between people and the evaluation: wished lessons and offered starts."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from app.domain.errors import InvalidInput, InvalidRange
from app.domain.limits import PUBLIC_RANGE_MAX_DAYS
from app.domain.vocabulary import LocationType
from app.domain.zones import is_repeated


@dataclass(frozen=True, slots=True)
class LessonRequest:
    """A lesson somebody wants.

    The start is an instant (``starts_at``), or a wall clock of the instructor (``day``,
    ``start_minute``, and for repeated hours ``offset``). ``minutes`` null means: as
    ``end_minute`` says, else the service's shortest. ``agreed_price`` is what the student
    was shown; null leaves it unchecked.
    """

    instructor_id: int
    service_id: int
    starts_at: datetime | None = None
    day: date | None = None
    start_minute: int | None = None
    end_minute: int | None = None
    offset: str | None = None
    minutes: int | None = None
    location_type: LocationType = LocationType.NEUTRAL
    meeting_location: str | None = None
    student_note: str | None = None
    agreed_price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class MeetingPlace:
    """Where a lesson is to take place: whose place it is, and the address in words."""

    location_type: LocationType = LocationType.NEUTRAL
    address: str | None = None


@dataclass(frozen=True, slots=True)
class RepeatKey:
    """How a client marks a request that it may send again, and the SHA-256 of what it sent."""

    key: str
    body_hash: str


@dataclass(frozen=True, slots=True)
class OfferedStart:
    """A start that can be booked now. Instants in UTC; ``zone_name`` is the instructor's."""

    starts_at: datetime
    minutes: int
    zone_name: str
    service_id: int

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def local_start(self) -> datetime:
        return self.starts_at.astimezone(ZoneInfo(self.zone_name))

    @property
    def local_end(self) -> datetime:
        return self.ends_at.astimezone(ZoneInfo(self.zone_name))

    @property
    def day(self) -> date:
        """The day in the instructor's zone."""
        return self.local_start.date()

    @property
    def is_repeated_hour(self) -> bool:
        """Whether the clock shows this time twice that day, so that the offset must be told."""
        return is_repeated(ZoneInfo(self.zone_name), self.starts_at)


@dataclass(frozen=True, slots=True)
class PublicDay:
    """One day's free stretches, as instants; none on a day off, which looks like a full one."""

    day: date
    spans: tuple[tuple[datetime, datetime], ...]


@dataclass(frozen=True, slots=True)
class PublicDays:
    """Free time of an instructor over a range of days in his zone."""

    instructor_id: int
    instructor_name: str
    zone_name: str
    days: tuple[PublicDay, ...]
    shortest: int
    """The shortest lesson on offer, in minutes; every stretch has room for it."""

    @property
    def earliest(self) -> date | None:
        return next((each.day for each in self.days if each.spans), None)


def check_public_range(first: date, last: date) -> None:
    """Raises InvalidRange, or InvalidInput where the public is not answered for so many days."""
    if last < first:
        raise InvalidRange("End date must be after start date", field="end_date")
    if (last - first).days > PUBLIC_RANGE_MAX_DAYS:
        raise InvalidInput(
            f"Date range cannot exceed {PUBLIC_RANGE_MAX_DAYS} days", field="end_date"
        )
