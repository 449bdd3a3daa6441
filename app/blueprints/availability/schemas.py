"""JSON of open hours."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

from pydantic import ConfigDict, Field, model_validator

from app.domain.errors import InvalidRange
from app.domain.limits import WINDOWS_PER_DAY_MAX
from app.domain.time_range import DAY_MINUTES, TimeRange
from app.domain.vocabulary import LocationType
from app.domain.week import Week
from app.models.booking import Booking
from app.services.presentation import PresentationService
from app.web.api import ApiIn, ApiOut, ClockTime, Instant, IsoDate, Minute, told_of


class WeekQuery(ApiIn):
    """Which week: any day of it; its Monday begins the answer."""

    start_date: Annotated[IsoDate, Field(description="Any day of the week, not only its Monday.")]

    @property
    def week(self) -> Week:
        """Raises InvalidInput where calendars end."""
        with told_of("week", as_field="start_date"):
            return Week.containing(self.start_date)


class WindowIn(ApiIn):
    """One window of one day; an end of 00:00 or 24:00 is midnight."""

    date: IsoDate
    start_time: Minute
    end_time: Minute

    @model_validator(mode="after")
    def _ends_after_start(self) -> "WindowIn":
        if self.start_time >= (self.end_time or DAY_MINUTES):
            raise ValueError(InvalidRange.default)
        return self

    @property
    def range(self) -> TimeRange:
        return TimeRange(self.start_time, self.end_time or DAY_MINUTES)


class WeekIn(ApiIn):
    """A week's hours as wanted."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "week_start": "2026-11-30",
                    "schedule": [
                        {"date": "2026-12-02", "start_time": "09:00", "end_time": "12:00"},
                        {"date": "2026-12-02", "start_time": "14:00", "end_time": "17:30"},
                    ],
                    "clear_existing": True,
                }
            ]
        }
    )

    schedule: Annotated[list[WindowIn], Field(max_length=7 * WINDOWS_PER_DAY_MAX)]
    clear_existing: bool = True
    week_start: Annotated[
        IsoDate | None,
        Field(
            description="A Monday; without it the week of the earliest day sent, or with no "
            "day the current one."
        ),
    ] = None
    version: Annotated[
        Annotated[str, Field(max_length=64)] | None,
        Field(
            description="The ETag that the week had; as If-Match, for programs that cannot "
            "send headers."
        ),
    ] = None

    def week(self) -> Week | None:
        """The named week, else that of the earliest day sent, else none. Raises NotAMonday."""
        if self.week_start is not None:
            with told_of("week", as_field="week_start"):
                return Week.starting(self.week_start, field="week_start")
        days = [each.date for each in self.schedule]
        return Week.containing(min(days)) if days else None

    def hours(self) -> dict[dt.date, list[TimeRange]]:
        found: dict[dt.date, list[TimeRange]] = {}
        for each in self.schedule:
            found.setdefault(each.date, []).append(each.range)
        return found


class WeekHeaders(ApiIn):
    """Of a save: the version of the week that was changed, as its ``ETag`` told."""

    if_match: Annotated[str | None, Field(alias="If-Match", min_length=1, max_length=100)] = None


class BookedSlotOut(ApiOut):
    """A lesson as the week shows it: the student by first name and initial only."""

    booking_id: int
    date: dt.date
    start_time: ClockTime
    end_time: ClockTime
    starts_at: Instant | None
    ends_at: Instant | None
    time_zone: str | None
    student_first_name: str
    student_last_initial: str
    service_name: str
    service_area_short: str
    duration_minutes: int
    location_type: LocationType | None

    @classmethod
    def of(cls, booking: Booking, present: PresentationService) -> "BookedSlotOut":
        first, initial = present.first_name_and_initial(booking.student.full_name)
        return cls(
            booking_id=booking.id,
            date=booking.booking_date,
            start_time=booking.start_time,
            end_time=booking.end_time,
            starts_at=booking.starts_at,
            ends_at=booking.ends_at,
            time_zone=booking.time_zone,
            student_first_name=first,
            student_last_initial=initial,
            service_name=booking.service_name,
            service_area_short=present.short_area(booking.service_area),
            duration_minutes=booking.duration_minutes,
            location_type=LocationType(booking.location_type) if booking.location_type else None,
        )


class BookedSlotsOut(ApiOut):
    """The lessons of a week."""

    booked_slots: Sequence[BookedSlotOut]


class WindowOut(ApiOut):
    """One window, wall clock in the instructor's zone; an end of 00:00 is midnight."""

    start_time: ClockTime
    end_time: ClockTime


WeekMap = dict[dt.date, list[WindowOut]]
"""Windows by date, days without any left out."""


def week_map(ranges: dict[dt.date, tuple[TimeRange, ...]]) -> dict[str, list[dict[str, str]]]:
    """Windows by date, days without any left out."""
    return {
        day.isoformat(): [
            {"start_time": f"{each.start_time}", "end_time": f"{each.end_time}"} for each in windows
        ]
        for day, windows in sorted(ranges.items())
    }
