"""JSON of public availability."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from app.web.api import ApiIn, ApiOut, ClockTime, Instant, IsoDate
from app.web.lesson_fields import Id, Minutes


class RangeIn(ApiIn):
    """Days in the instructor's zone, both included."""

    start_date: Annotated[IsoDate, Field(description="Today or later, by the instructor's clock.")]
    end_date: Annotated[
        IsoDate | None,
        Field(
            description="The last day, included; without it as many days as this installation "
            "tells."
        ),
    ] = None


class NextIn(ApiIn):
    """How long the lesson should be."""

    duration_minutes: Annotated[
        Minutes, Field(description="How long the lesson should be; 60 unless said otherwise.")
    ] = 60


class StartsIn(ApiIn):
    """Which lesson, on which days."""

    service_id: Id
    duration_minutes: Annotated[
        Minutes | None,
        Field(description="A length that is offered; without it the service's first."),
    ] = None
    start_date: Annotated[IsoDate, Field(description="The first day, by the instructor's clock.")]
    end_date: Annotated[
        IsoDate | None,
        Field(description="The last day, included; without it six days after the first."),
    ] = None


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
    """Free time by day, at the level ``full``."""

    instructor_id: int
    instructor_name: str
    availability_by_date: dict[dt.date, FreeDay]
    timezone: str
    total_available_slots: int
    earliest_available_date: dt.date | None


class DaySummary(ApiOut):
    """In which parts of a day a lesson can begin: before 12, before 17, later."""

    date: dt.date
    morning_available: bool
    afternoon_available: bool
    evening_available: bool
    total_hours: float


class AvailabilitySummaryOut(ApiOut):
    """Parts of days with free time, at the level ``summary``."""

    instructor_id: int
    instructor_name: str
    availability_summary: dict[dt.date, DaySummary]
    timezone: str
    total_available_days: int
    detail_level: Literal["summary"]


class AvailabilityMinimalOut(ApiOut):
    """Whether there is free time at all, at the level ``minimal``."""

    instructor_id: int
    instructor_name: str
    has_availability: bool
    earliest_available_date: dt.date | None
    timezone: str


class NextOut(ApiOut):
    """The first time free."""

    found: Literal[True]
    date: dt.date
    start_time: ClockTime
    end_time: ClockTime
    duration_minutes: int
    starts_at: Instant


class NothingFreeOut(ApiOut):
    """That there is none."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"found": False, "message": "No available slots found within the booking horizon"}
            ]
        }
    )

    found: Literal[False]
    message: str


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
