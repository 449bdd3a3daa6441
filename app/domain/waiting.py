"""Waiting for a time to free: whom a time fits, who comes first, how long it is kept for him."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.domain.day_parts import PartOfDay
from app.domain.evaluation import APPROVAL_LEAD, Calendar, Rules, Wish, offered_starts
from app.domain.time_range import DAY_MINUTES, minute_of
from app.domain.week import days_between
from app.domain.zones import first_existing, local_date

OFFER_LASTS = timedelta(minutes=30)
OFFER_LEAST = timedelta(minutes=5)
"""A time that could be kept for less than this is not offered: nobody would read of it in time."""
JUDGE_AGAIN = timedelta(minutes=15)
"""So often a line is looked at though nothing was heard of its instructor: the clock alone opens
days and closes them, and students become free elsewhere.
"""


class DayPart(StrEnum):
    """When on a day a lesson may start, by the instructor's clock."""

    ANY = "any"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


_MINUTES = {
    DayPart.ANY: (0, DAY_MINUTES),
    **{DayPart(part): part.minutes for part in PartOfDay},
}
"""From which minute of the day, and up to which."""


class WishState(StrEnum):
    """What became of a wish. Only an open one is in line."""

    OPEN = "open"
    FULFILLED = "fulfilled"
    LEFT = "left"
    EXPIRED = "expired"
    ENDED = "ended"


class EndReason(StrEnum):
    """Why a wish ended though nobody took it back."""

    INSTRUCTOR = "instructor"
    SERVICE = "service"
    STUDENT = "student"


class OfferState(StrEnum):
    """What became of an offer. Only an open one keeps its time."""

    OPEN = "open"
    TAKEN = "taken"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


PASSED_ON = frozenset({OfferState.DECLINED, OfferState.EXPIRED})
"""Whoever had a time and let it pass is not asked about it again."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Days, both included and in the instructor's zone, and the part of them."""

    first: date
    last: date
    part: DayPart = DayPart.ANY

    def days(self, since: date) -> list[date]:
        """The days that have not passed."""
        return days_between(max(self.first, since), self.last)

    def takes(self, start: datetime, tz: ZoneInfo) -> bool:
        """Whether a lesson that starts then would be what is wanted."""
        local = start.astimezone(tz)
        begins, ends = _MINUTES[self.part]
        is_then = begins <= minute_of(local) < ends
        return is_then and self.first <= local.date() <= self.last

    def meets(self, day: date, part: DayPart) -> bool:
        """Whether a time in this part of a day may be wanted."""
        return self.first <= day <= self.last and (
            self.part is part or DayPart.ANY in (self.part, part)
        )

    def is_over(self, tz: ZoneInfo, rules: Rules, now: datetime) -> bool:
        """Whether no start is left that could still be booked, be it free or not."""
        return first_existing(tz, self.last, _MINUTES[self.part][1]) <= now + rules.notice


def kept_until(start: datetime, rules: Rules, now: datetime) -> datetime:
    """Until when a time offered now is kept: never into the notice, so that it stays bookable."""
    latest = start - rules.notice
    if rules.needs_approval:
        latest = min(latest, start - APPROVAL_LEAD - timedelta.resolution)
    return min(now + OFFER_LASTS, latest)


def fitting(
    calendar: Calendar, lesson: Wish, wanted: Wanted, *, now: datetime
) -> Iterator[datetime]:
    """The starts that are wanted and could be booked now, ascending.

    ``lesson`` says all but the start; it is the one evaluation that decides.
    """
    days = wanted.days(local_date(calendar.zone, now))
    for start in offered_starts(calendar, lesson, days, now=now):
        if wanted.takes(start, calendar.zone):
            yield start


def first_fit(
    calendar: Calendar,
    lesson: Wish,
    wanted: Wanted,
    *,
    now: datetime,
    passed: Sequence[tuple[datetime, datetime]] = (),
) -> datetime | None:
    """The first start to offer: one that can be kept long enough, and of which nothing was
    let pass before.
    """
    length = timedelta(minutes=lesson.minutes)
    for start in fitting(calendar, lesson, wanted, now=now):
        is_new = all(until <= start or start + length <= since for since, until in passed)
        if is_new and kept_until(start, calendar.rules, now) - now >= OFFER_LEAST:
            return start
    return None


def places(mine: Wanted, ahead: Iterable[Wanted], since: date) -> tuple[int, int]:
    """The best and the worst place in line over the days to come; the first is 1.

    Counted are those ahead who may want the same part of the same day.
    """
    others = list(ahead)
    found = [
        1 + sum(other.meets(day, mine.part) for other in others) for day in mine.days(since)
    ] or [1]
    return min(found), max(found)
