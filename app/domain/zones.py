"""Time zones: from a wall clock to instants and back, also where clocks jump."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from app.domain.errors import OffsetMismatch, TimeDoesNotExist, UnknownZone
from app.domain.time_range import DAY_MINUTES, TimeRange, minute_of

_OFFSET = re.compile(r"([+-])(\d{2}):(\d{2})")


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """Every IANA name this installation knows."""
    return frozenset(available_timezones()) - {"localtime", "posixrules", "Factory"}


@lru_cache(maxsize=512)
def zone(name: str) -> ZoneInfo:
    """The zone of an IANA name, exactly as spelled. Raises UnknownZone."""
    if name not in zone_names():
        raise UnknownZone
    return ZoneInfo(name)


def reader_zone(own: str | None, shown: str | None, platform: str) -> str:
    """The one rule for the zone in which somebody reads a time: his own, where he has said it;
    else that of the lesson or instructor shown; else the platform's. All are IANA names.
    """
    return own or shown or platform


def local_date(tz: ZoneInfo, instant: datetime) -> date:
    """The calendar day an instant falls on in a zone."""
    return instant.astimezone(tz).date()


@dataclass(frozen=True, slots=True)
class Moment:
    """What one wall-clock reading means: no instant, one, or (``second``) two."""

    first: datetime | None
    second: datetime | None = None

    @property
    def exists(self) -> bool:
        return self.first is not None

    @property
    def is_repeated(self) -> bool:
        return self.second is not None


@lru_cache(maxsize=65536)
def resolve(tz: ZoneInfo, day: date, minute: int) -> Moment:
    """The instants (UTC) at which a clock shows a minute of a day; 1440 is the next midnight."""
    wall = _wall(day, minute)
    early = wall.replace(tzinfo=tz, fold=0).astimezone(UTC)
    late = wall.replace(tzinfo=tz, fold=1).astimezone(UTC)
    if early == late:
        return Moment(early)
    if early < late:
        return Moment(early, late)
    return Moment(None)


def is_repeated(tz: ZoneInfo, instant: datetime) -> bool:
    """Whether the clock of a zone shows the time of an instant twice that day."""
    local = instant.astimezone(tz)
    return resolve(tz, local.date(), minute_of(local)).is_repeated


def locate(tz: ZoneInfo, day: date, minute: int, offset: str | None = None) -> datetime:
    """The instant meant by a wall clock: of a repeated time the first, unless the offset says else.

    ``offset`` looks like ``-05:00``. Raises TimeDoesNotExist, OffsetMismatch.
    """
    moment = resolve(tz, day, minute)
    if moment.first is None:
        raise TimeDoesNotExist
    if offset is None:
        return moment.first
    wanted = _parse_offset(offset)
    for instant in (moment.first, moment.second):
        if instant is not None and instant.astimezone(tz).utcoffset() == wanted:
            return instant
    raise OffsetMismatch


def first_existing(tz: ZoneInfo, day: date, minute: int) -> datetime:
    """The instant of a wall clock; inside a gap, the instant at which the clock jumps."""
    moment = resolve(tz, day, minute)
    if moment.first is not None:
        return moment.first
    wall = _wall(day, minute)
    before = wall.replace(tzinfo=tz, fold=1).astimezone(UTC)
    after = wall.replace(tzinfo=tz, fold=0).astimezone(UTC)
    old_offset = before.astimezone(tz).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) / 2
        if middle.astimezone(tz).utcoffset() == old_offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


@lru_cache(maxsize=65536)
def span(tz: ZoneInfo, day: date, window: TimeRange) -> tuple[datetime, datetime]:
    """From when to when (UTC) a window of wall-clock time is open on a day.

    A boundary in a gap moves to the jump; a start in a repeated hour means its first
    pass, an end its second, except that a day ends when its midnight first comes. The
    two are equal where nothing of the window exists.
    """
    start = first_existing(tz, day, window.start)
    end = first_existing(tz, day, window.end)
    if window.end < DAY_MINUTES:
        end = resolve(tz, day, window.end).second or end
    return start, max(start, end)


def day_span(tz: ZoneInfo, day: date) -> tuple[datetime, datetime]:
    """The whole local day as instants: 23, 24, 25 or other hours."""
    return span(tz, day, TimeRange(0, DAY_MINUTES))


def _wall(day: date, minute: int) -> datetime:
    return datetime(day.year, day.month, day.day) + timedelta(minutes=minute)  # noqa: DTZ001 wall clock


def _parse_offset(text: str) -> timedelta:
    found = _OFFSET.fullmatch(text)
    if not found:
        raise OffsetMismatch
    sign, hours, minutes = found.groups()
    size = timedelta(hours=int(hours), minutes=int(minutes))
    return -size if sign == "-" else size


def utc_text(moment: datetime) -> str:
    """ISO 8601 in UTC with ``Z``."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
