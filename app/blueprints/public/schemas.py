"""JSON of public availability."""

import datetime as dt
from typing import Annotated

from pydantic import Field

from app.domain.limits import DURATION_MAX_MINUTES, DURATION_MIN_MINUTES, ID_MAX
from app.web.api import ApiIn, ApiOut, ClockTime, Instant, IsoDate

Minutes = Annotated[int, Field(ge=DURATION_MIN_MINUTES, le=DURATION_MAX_MINUTES)]


class RangeIn(ApiIn):
    """Days in the instructor's zone, both included."""

    start_date: IsoDate
    end_date: IsoDate | None = None


class NextIn(ApiIn):
    """How long the lesson should be."""

    duration_minutes: Minutes = 60


class StartsIn(ApiIn):
    """Which lesson, on which days."""

    service_id: Annotated[int, Field(ge=1, le=ID_MAX)]
    duration_minutes: Minutes | None = None
    start_date: IsoDate
    end_date: IsoDate | None = None


class FreeSlot(ApiOut):
    """A free stretch of one day; an end of 00:00 is midnight."""

    start_time: str
    end_time: str
    starts_at: Instant
    ends_at: Instant


class FreeDay(ApiOut):
    """One day of an instructor."""

    date: dt.date
    available_slots: list[FreeSlot]
    is_blackout: bool


class AvailabilityOut(ApiOut):
    """Free time by day."""

    instructor_id: int
    instructor_name: str
    availability_by_date: dict[dt.date, FreeDay]
    timezone: str
    total_available_slots: int
    earliest_available_date: dt.date | None


class NextOut(ApiOut):
    """The first time free, if there is one."""

    found: bool
    date: dt.date | None = None
    start_time: ClockTime | None = None
    end_time: ClockTime | None = None
    duration_minutes: int | None = None
    starts_at: Instant | None = None
    message: str | None = None


class StartOut(ApiOut):
    """One time that can be booked."""

    date: dt.date
    start_time: ClockTime
    end_time: ClockTime
    starts_at: Instant
    start_utc_offset: str
    duration_minutes: int


class StartsOut(ApiOut):
    """All times that can be booked."""

    instructor_id: int
    service_id: int
    time_zone: str
    starts: list[StartOut]
