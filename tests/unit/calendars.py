"""Calendars and wishes for tests of the evaluation, valid by default."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from app.domain.evaluation import Calendar, Code, Lesson, Rules, Wish, evaluate
from app.domain.time_range import TimeRange
from app.domain.zones import zone

NEW_YORK = zone("America/New_York")
DAY = date(2027, 1, 15)  # a Friday in winter: New York is five hours behind UTC
NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
WHOLE_DAY = (TimeRange(0, 1440),)
FAR = 3650


def ny(hour: int, minute: int = 0, *, day: int = 15, second: int = 0) -> datetime:
    """The instant of a clock time in New York in January 2027; hours may exceed the day."""
    midnight = datetime(2027, 1, day, 5, 0, second, tzinfo=UTC)
    return midnight + timedelta(hours=hour, minutes=minute)


def lesson(
    start: datetime, minutes: int = 60, *, buffer: int = 0, booking_id: int | None = 1
) -> Lesson:
    """A lesson made under a buffer."""
    end = start + timedelta(minutes=minutes)
    return Lesson(start, end, end + timedelta(minutes=buffer), booking_id)


def calendar(*windows: TimeRange, rules: Rules | None = None, **changes: Any) -> Calendar:
    """New York, from 9 to 17 on the day (and the days around it) unless said otherwise."""
    hours: Sequence[TimeRange] = windows or (TimeRange(540, 1020),)
    days = {DAY + timedelta(days=offset): hours for offset in (-1, 0, 1)}
    values: dict[str, Any] = {"zone": NEW_YORK, "windows": days, **changes}
    return Calendar(rules=rules or Rules(horizon_days=60), **values)


def codes(
    given: Calendar,
    start: datetime | None,
    minutes: int = 60,
    *,
    now: datetime = NOW,
    **wish: Any,
) -> list[Code]:
    """What stands against a lesson."""
    return [reason.code for reason in evaluate(given, Wish(start, minutes, **wish), now=now)]
