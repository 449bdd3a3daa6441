"""Which times of a day are shown as not free, so that somebody may ask why.

The list must not tell more than the free times do, which anybody may read. It is therefore the
same for every instructor and every day: each half hour of the day as the reader's clock has it,
but for what is free and what has gone by. Hours that are closed, days off, lessons of others and
pauses between them all leave the same grey.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.domain.zones import resolve

FIRST_MINUTE, LAST_MINUTE, STEP_MINUTES = 8 * 60, 20 * 60, 30


def other_times(
    tz: ZoneInfo, day: date, free: Collection[datetime], now: datetime
) -> Iterator[datetime]:
    """From 8:00 to 20:00 in the zone in which the day is meant, ascending. ``free`` is instants."""
    for minute in range(FIRST_MINUTE, LAST_MINUTE + 1, STEP_MINUTES):
        moment = resolve(tz, day, minute)
        for instant in (moment.first, moment.second):
            if instant is not None and instant >= now and instant not in free:
                yield instant
