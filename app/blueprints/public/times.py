"""An instructor's free times as his page shows them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import urlencode

from app.domain.pricing import price
from app.models.instructor import InstructorProfile, Service
from app.web.starts import LinkedStart

DAYS_SHOWN = 7
PARTS = (("Morning", 12), ("Afternoon", 17), ("Evening", 24))
"""Parts of a day and the hour at which each ends."""


@dataclass(frozen=True, slots=True)
class TimesDay:
    """One day and its times, by part of the day; no groups when nothing is free."""

    day: date
    groups: tuple[tuple[str, tuple[LinkedStart, ...]], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A service in one of its lengths."""

    service: Service
    minutes: int

    def address(self, instructor_id: int, first: date | None = None) -> str:
        asked: dict[str, object] = {"service": self.service.id, "minutes": self.minutes}
        if first is not None:
            asked["from"] = first.isoformat()
        return f"/instructors/{instructor_id}?{urlencode(asked)}"


def chosen(profile: InstructorProfile, service_id: int, minutes: int) -> Choice | None:
    """The wanted service and length, else the nearest to it that is on offer."""
    offered = [Choice(each, m) for each in profile.active_services for m in each.offered_minutes]
    exact = [each for each in offered if (each.service.id, each.minutes) == (service_id, minutes)]
    same_service = [each for each in offered if each.service.id == service_id]
    return next(iter(exact or same_service or offered), None)


def choices(
    profile: InstructorProfile, current: Choice, first: date | None
) -> list[tuple[Service, int, str, bool, Decimal]]:
    """Everything on offer: service, minutes, address, whether it is chosen, and its price."""
    return [
        (
            service,
            minutes,
            Choice(service, minutes).address(profile.user_id, first),
            (service.id, minutes) == (current.service.id, current.minutes),
            price(service.hourly_rate, minutes),
        )
        for service in profile.active_services
        for minutes in service.offered_minutes
    ]


def grouped(starts: Iterable[LinkedStart], days: Sequence[date]) -> list[TimesDay]:
    """The starts by day and part of the day, in the instructor's zone."""
    by_day: dict[date, list[LinkedStart]] = {day: [] for day in days}
    for start in starts:
        by_day.setdefault(start.day, []).append(start)
    return [TimesDay(day, _parts(by_day[day])) for day in days]


def _parts(starts: Sequence[LinkedStart]) -> tuple[tuple[str, tuple[LinkedStart, ...]], ...]:
    found = []
    since = 0
    for name, until in PARTS:
        part = tuple(each for each in starts if since <= each.local_start.hour < until)
        since = until
        if part:
            found.append((name, part))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Span:
    """The days on show, and where one can go from them."""

    first: date
    today: date
    horizon: date

    @classmethod
    def of(cls, wanted: date | None, today: date, horizon_days: int) -> "Span":
        horizon = today + timedelta(days=horizon_days)
        first = min(max(wanted or today, today), horizon)
        return cls(first, today, horizon)

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=offset) for offset in range(DAYS_SHOWN)]

    @property
    def previous(self) -> date | None:
        if self.first <= self.today:
            return None
        return max(self.today, self.first - timedelta(days=DAYS_SHOWN))

    @property
    def next(self) -> date | None:
        following = self.first + timedelta(days=DAYS_SHOWN)
        return following if following <= self.horizon else None
