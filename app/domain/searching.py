"""What somebody looks for in the list of instructors."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.domain.day_parts import PartOfDay
from app.domain.errors import InvalidInput
from app.domain.evaluation import Calendar, Wish, offered_starts
from app.domain.limits import FREE_RANGE_MAX_DAYS, PRICE_FILTER_MAX
from app.domain.time_range import DAY_MINUTES
from app.domain.zones import first_existing, local_date

_DAY = timedelta(days=1)


class Sort(StrEnum):
    """In which order; equals follow by name."""

    RELEVANCE = "relevance"
    PRICE = "price"
    SOONEST = "soonest"


@dataclass(frozen=True, slots=True)
class FreeTime:
    """When an instructor should be free.

    A lesson starts from ``day`` to ``last_day`` (that day alone where it is null) and in
    ``part`` of it, not before minute ``after`` of the day and before minute ``before``, all by
    the instructor's clock; it lies wholly between ``since`` and ``until``, and starts no later
    than ``within`` from now. What is null asks for nothing.
    """

    day: date | None = None
    part: PartOfDay | None = None
    since: datetime | None = None
    until: datetime | None = None
    last_day: date | None = None
    after: int | None = None
    before: int | None = None
    within: timedelta | None = None

    @property
    def minutes(self) -> tuple[int, int]:
        """From and until which minute of the day a lesson may start."""
        low, high = self.part.minutes if self.part else (0, DAY_MINUTES)
        return max(low, self.after or 0), min(high, self.before or DAY_MINUTES)

    def days(self, tz: ZoneInfo, now: datetime) -> Sequence[date]:
        """The days in a zone on which such a lesson could start."""
        stretches = []
        if self.day is not None:
            stretches.append((self.day, self.last_day or self.day))
        if self.since is not None and self.until is not None:
            stretches.append((local_date(tz, self.since), local_date(tz, self.until)))
        if self.within is not None:
            stretches.append((local_date(tz, now), local_date(tz, now + self.within)))
        if not stretches:
            return []
        first = max(first for first, _ in stretches)
        last = min(last for _, last in stretches)
        return [first + n * _DAY for n in range((last - first).days + 1)]

    def starts_on(self, tz: ZoneInfo, day: date, now: datetime) -> tuple[datetime, datetime]:
        """The first instant of a day at which such a lesson may start, and where that ends."""
        low, high = self.minutes
        first, end = first_existing(tz, day, low), first_existing(tz, day, high)
        if self.within is not None:
            end = min(end, now + self.within + timedelta.resolution)
        return max(first, now, self.since or first), end

    def has_room(self, starts_at: datetime, minutes: int) -> bool:
        """Whether a lesson that starts then is over in time."""
        return self.until is None or starts_at + timedelta(minutes=minutes) <= self.until


@dataclass(frozen=True, slots=True)
class Wanted:
    """All that is looked for; null asks for nothing. ``minutes`` is the length of a lesson.

    Words, skill and price hold on one and the same service.
    """

    search: str | None = None
    skill: str | None = None
    area: str | None = None
    min_price: Decimal | None = None
    max_price: Decimal | None = None
    minutes: int | None = None
    free: FreeTime | None = None
    sort: Sort = Sort.RELEVANCE

    @property
    def is_by_time(self) -> bool:
        """Whether calendars decide who is found, or in which order."""
        return self.free is not None or self.sort is Sort.SOONEST

    @property
    def is_nothing(self) -> bool:
        """Whether some text was given that holds no word, so that nothing can match it."""
        texts = (self.search, self.skill, self.area)
        return any(text is not None and not words(text) for text in texts)


def words(text: str) -> tuple[str, ...]:
    """The words of a text as the index has them: lower case, without accents, in order.

    Nothing but letters and digits is left, so they can be put into any query language.
    """
    plain = unicodedata.normalize("NFD", text)
    plain = "".join(char for char in plain if not unicodedata.category(char).startswith("M"))
    plain = unicodedata.normalize("NFC", plain).lower()
    return tuple("".join(char if char.isalnum() else " " for char in plain).split())


def checked(wanted: Wanted) -> Wanted:
    """The same when it holds together. Raises InvalidInput."""
    low, high = wanted.min_price, wanted.max_price
    for name, price in (("min_price", low), ("max_price", high)):
        if price is not None and not 0 <= price <= PRICE_FILTER_MAX:
            raise InvalidInput(f"A price lies between 0 and {PRICE_FILTER_MAX}.", field=name)
    if low is not None and high is not None and high < low:
        raise InvalidInput(
            "max_price must be greater than or equal to min_price", field="max_price"
        )
    if wanted.free is not None:
        _check_free(wanted.free)
    return wanted


def _check_free(free: FreeTime) -> None:
    if (free.since is None) != (free.until is None):
        missing = "free_from" if free.since is None else "free_until"
        raise InvalidInput("free_from and free_until go together.", field=missing)
    if free.part and not (free.day or free.since or free.within):
        raise InvalidInput(
            "Say on which day: a part of the day alone is not enough.", field="free_date"
        )
    if free.day is not None:
        _check_days(free.day, free.last_day or free.day)
    if free.since is None or free.until is None:
        return
    if free.until <= free.since:
        raise InvalidInput("free_until must be after free_from", field="free_until")
    if free.until - free.since > FREE_RANGE_MAX_DAYS * _DAY:
        raise InvalidInput(
            f"free_from and free_until lie at most {FREE_RANGE_MAX_DAYS} days apart.",
            field="free_until",
        )


def _check_days(first: date, last: date) -> None:
    if not 0 <= (last - first).days < FREE_RANGE_MAX_DAYS:
        raise InvalidInput(
            f"The last day is at most {FREE_RANGE_MAX_DAYS - 1} days after the first.",
            field="last_day",
        )


def free_starts(
    calendar: Calendar, minutes: int, free: FreeTime, *, now: datetime
) -> Iterator[datetime]:
    """Starts of lessons at such a time that can be booked, ascending.

    None overlaps the one before, so that a few of them say more.
    """
    wish, last = Wish(None, minutes), None
    for day in free.days(calendar.zone, now):
        earliest, end = free.starts_on(calendar.zone, day, now)
        for start in offered_starts(calendar, wish, [day], now=now, since=earliest):
            if start >= end or not free.has_room(start, minutes):
                break
            if last is None or start >= last + timedelta(minutes=minutes):
                yield start
                last = start


@dataclass(frozen=True, slots=True)
class Taught:
    """A service as it is looked at: what it is called, by the hour, and its lengths."""

    service_id: int
    skill: str
    rate: Decimal
    minutes: Sequence[int]


def meant(wanted: Wanted, services: Sequence[Taught]) -> tuple[int, int] | None:
    """The lesson of an instructor that a wish means most: its minutes and the service's id.

    Of those at that skill, price and length the one that says most of the words.
    """
    fitting = [each for each in services if _fits(wanted, each)] or list(services)
    if not fitting:
        return None
    asked = words(wanted.search or "")
    best = min(fitting, key=lambda each: (-_said(asked, each.skill), each.rate, each.service_id))
    return wanted.minutes or best.minutes[0], best.service_id


def _fits(wanted: Wanted, taught: Taught) -> bool:
    low, high = wanted.min_price, wanted.max_price
    asked = words(wanted.skill or "")
    return (
        _said(asked, taught.skill) == len(asked)
        and (low is None or taught.rate >= low)
        and (high is None or taught.rate <= high)
        and (wanted.minutes is None or wanted.minutes in taught.minutes)
    )


def _said(asked: Sequence[str], skill: str) -> int:
    """How many of the words begin one of the skill's."""
    there = words(skill)
    return sum(any(word.startswith(each) for word in there) for each in asked)
