"""What pages that move a lesson show: days with times, and what each time would lead to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from urllib.parse import urlencode

from app.domain.day_parts import PartOfDay
from app.domain.offers import OfferedStart
from app.domain.time_range import minute_of
from app.domain.week import days_between
from app.domain.zones import utc_text
from app.models.booking import Booking
from app.models.user import User
from app.web.services import services
from app.web.starts import LinkedStart

DAYS_SHOWN = 7
Parts = tuple[tuple[str, tuple[LinkedStart, ...]], ...]


@dataclass(frozen=True, slots=True)
class MoveAddress:
    """The page that moves a lesson, with what its address always carries."""

    path: str
    fixed: Mapping[str, str]

    def to(self, **more: str) -> str:
        return f"{self.path}?{urlencode({**self.fixed, **more})}"


@dataclass(frozen=True, slots=True)
class MoveDay:
    """One day in the instructor's zone, and its times by part of the day."""

    day: date
    parts: Parts

    @property
    def count(self) -> int:
        return sum(len(starts) for _, starts in self.parts)


@dataclass(frozen=True, slots=True)
class MoveDays:
    """Some days, and where earlier and later ones are."""

    days: Sequence[MoveDay]
    zone_name: str
    previous_url: str | None
    next_url: str | None

    @property
    def first_free(self) -> MoveDay | None:
        return next((each for each in self.days if each.parts), None)


def move_days(
    person: User, booking: Booking, address: MoveAddress, wanted: date | None
) -> MoveDays:
    """The times to which somebody may move a lesson: a week from a day on, else from its own."""
    offer = services().conflict_checker.offer(booking.instructor_id, booking.service_id)
    today = services().clock.today(offer.zone_name)
    horizon = today + timedelta(days=offer.profile.booking_horizon_days)
    first = min(max(wanted or booking.booking_date, today), horizon)
    last = first + timedelta(days=DAYS_SHOWN - 1)
    starts = services().booking_moves.starts(person, booking, offer, first, last)
    earlier, later = first - timedelta(days=DAYS_SHOWN), last + timedelta(days=1)
    return MoveDays(
        [MoveDay(day, tuple(_parts(starts, day, address))) for day in days_between(first, last)],
        offer.zone_name,
        address.to(**{"from": f"{max(earlier, today)}"}) if first > today else None,
        address.to(**{"from": f"{later}"}) if later <= horizon else None,
    )


def _parts(
    starts: Sequence[OfferedStart], day: date, address: MoveAddress
) -> Iterator[tuple[str, tuple[LinkedStart, ...]]]:
    for name, part in groupby((each for each in starts if each.day == day), _part):
        yield name, tuple(linked_move(each, address) for each in part)


def _part(start: OfferedStart) -> str:
    return PartOfDay.at(minute_of(start.local_start)).title()


def linked_move(start: OfferedStart, address: MoveAddress) -> LinkedStart:
    """A time that can be pressed."""
    url = address.to(start=utc_text(start.starts_at))
    return LinkedStart(start.starts_at, start.minutes, start.zone_name, start.service_id, url)
