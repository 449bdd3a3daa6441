"""The only source of the current time."""

from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The current instant, in UTC."""
        ...

    def today(self, zone_name: str) -> date:
        """The calendar day it is now in a zone."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 this is the clock

    def today(self, zone_name: str) -> date:
        return self.now().astimezone(ZoneInfo(zone_name)).date()


class StoppedClock(SystemClock):
    """A clock that moves only when told to."""

    def __init__(self, instant: datetime) -> None:
        self._instant = instant

    def now(self) -> datetime:
        return self._instant

    def move_to(self, instant: datetime) -> None:
        self._instant = instant

    def advance(self, step: timedelta) -> None:
        self._instant += step
