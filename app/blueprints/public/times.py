"""A month of an instructor and a day of it, as his page shows them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from app.blueprints.public.choices import Choice
from app.domain.day_parts import PartOfDay
from app.domain.limits import WAITING_RANGE_MAX_DAYS
from app.domain.months import Month
from app.domain.offers import OfferedStart
from app.domain.other_times import other_times
from app.domain.time_range import minute_of
from app.domain.zones import day_span, is_repeated, local_date, utc_text, zone
from app.services.open_days import OpenMonth
from app.web.starts import booking_address


@dataclass(frozen=True, slots=True)
class DayTime:
    """A time of a day and where it leads. ``is_repeated``: the reader's or the instructor's clock
    shows it twice.
    """

    starts_at: datetime
    url: str
    is_repeated: bool = False


@dataclass(frozen=True, slots=True)
class DayCell:
    """A day of the month; ``url`` is null where no lesson can begin, ``count`` is free times."""

    day: date
    count: int
    url: str | None
    is_today: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ShownDay:
    """The chosen day. ``groups``: parts of the day with free times; ``others``: what is not."""

    day: date
    groups: Sequence[tuple[str, Sequence[DayTime]]]
    others: Sequence[DayTime]

    @property
    def count(self) -> int:
        return sum(len(times) for _, times in self.groups)


@dataclass(frozen=True, slots=True)
class ShownMonth:
    """The month with the days of its weeks; null for days of its neighbours. Weeks that have gone
    by are left out.
    """

    month: Month
    weeks: Sequence[Sequence[DayCell | None]]
    previous_url: str | None
    next_url: str | None
    last: date


def chosen_day(open_month: OpenMonth, wanted: date | None) -> date | None:
    """The wanted day if it can be, else the first one with free times."""
    if wanted and open_month.is_within(wanted) and Month.containing(wanted) == open_month.month:
        return wanted
    return open_month.first_open


def shown_month(open_month: OpenMonth, choice: Choice, day: date | None) -> ShownMonth:
    month = open_month.month

    def cell(each: date) -> DayCell:
        url = choice.address(each) if open_month.is_within(each) else None
        count = len(open_month.starts.get(each, ()))
        return DayCell(each, count, url, each == open_month.first, each == day)

    def beside(other: Month, *, is_open: bool) -> str | None:
        return choice.address(month=other) if is_open else None

    left = [week for week in month.weeks if week[-1] >= open_month.first]
    return ShownMonth(
        month,
        [
            [cell(each) if Month.containing(each) == month else None for each in week]
            for week in left
        ],
        beside(month.previous, is_open=month > Month.containing(open_month.first)),
        beside(month.next, is_open=month < Month.containing(open_month.last)),
        open_month.last,
    )


def waiting_days(open_month: OpenMonth, day: date | None, own_zone: str) -> tuple[date, date]:
    """The days to wait for, in the instructor's zone: the chosen one, else what is left of the
    month.
    """
    month, reader, own = open_month.month, zone(open_month.zone_name), zone(own_zone)
    first = day or max(month.first, open_month.first)
    last = day or min(month.last, open_month.last)
    begins, ends = day_span(reader, first)[0], day_span(reader, last)[1] - timedelta(seconds=1)
    since = local_date(own, begins)
    most = since + timedelta(days=WAITING_RANGE_MAX_DAYS - 1)
    return since, min(local_date(own, ends), most)


def shown_day(open_month: OpenMonth, choice: Choice, day: date, now: datetime) -> ShownDay:
    """The times of a day in the reader's zone."""
    starts, tz = open_month.starts.get(day, ()), zone(open_month.zone_name)
    free = frozenset(each.starts_at for each in starts)
    key = choice.profile.user_id
    return ShownDay(
        day,
        list(_parts(_free(starts, key, open_month.zone_name), open_month.zone_name)),
        [
            DayTime(each, why_address(choice, each), is_repeated(tz, each))
            for each in other_times(tz, day, free, now)
        ],
    )


def why_address(choice: Choice, starts_at: datetime) -> str:
    """The page that says why a time cannot be had."""
    asked = {
        "service": choice.service.id,
        "minutes": choice.minutes,
        "start": utc_text(starts_at),
    }
    return f"/instructors/{choice.profile.user_id}/why?{urlencode(asked)}"


def _free(starts: Iterable[OfferedStart], key: int, zone_name: str) -> list[DayTime]:
    return [
        DayTime(
            each.starts_at,
            booking_address(each, key),
            each.is_repeated_hour or is_repeated(zone(zone_name), each.starts_at),
        )
        for each in starts
    ]


def _parts(times: Sequence[DayTime], zone_name: str) -> Iterator[tuple[str, Sequence[DayTime]]]:
    tz = zone(zone_name)
    for part in PartOfDay:
        found = [
            each for each in times if PartOfDay.at(minute_of(each.starts_at.astimezone(tz))) is part
        ]
        if found:
            yield part.title(), found
