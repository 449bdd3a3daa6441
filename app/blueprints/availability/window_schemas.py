"""JSON of single windows and of days off."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

from pydantic import ConfigDict, Field

from app.domain.errors import InvalidRange
from app.domain.limits import DAY_OFF_REASON_MAX_CHARS
from app.domain.time_range import DAY_MINUTES, TimeRange
from app.domain.windows import Window
from app.services.slots import Gap
from app.web.api import ApiIn, ApiOut, ClockTime, Instant, IsoDate, Minute


class DatedWindowIn(ApiIn):
    """Hours to open on one day; an end of 00:00 or 24:00 is midnight."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"specific_date": "2026-12-07", "start_time": "09:00", "end_time": "12:00"}
            ]
        }
    )

    specific_date: IsoDate
    start_time: Minute
    end_time: Minute

    @property
    def range(self) -> TimeRange:
        """Raises InvalidRange."""
        return typed_range(self.start_time, self.end_time)


class WindowChangeIn(ApiIn):
    """Other hours for a window; what is not sent stays as it is."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"end_time": "13:30"}]})

    start_time: Minute | None = None
    end_time: Minute | None = None

    @property
    def end(self) -> int | None:
        return DAY_MINUTES if self.end_time == 0 else self.end_time


class SplitIn(ApiIn):
    """Where to part a window; both parts last 30 minutes or more."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"split_time": "10:30"}]})

    split_time: Minute


class DayIn(ApiIn):
    """One day, in the instructor's zone."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"date": "2026-12-07"}]})

    date: IsoDate


class WindowsQuery(ApiIn):
    """Which days, both included: today and a year from it, unless said otherwise."""

    start_date: IsoDate | None = None
    end_date: IsoDate | None = None


class GapsQuery(ApiIn):
    """Which day, and how long closed time must be to be told."""

    date: Annotated[IsoDate, Field(description="A day by your clock.")]
    min_gap_minutes: Annotated[
        Annotated[int, Field(ge=1, le=DAY_MINUTES)], Field(description="The shortest gap to tell.")
    ] = 30


class WindowRowOut(ApiOut):
    """One window of an instructor, wall clock in his zone; an end of 00:00 is midnight."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": 14,
                    "instructor_id": 4,
                    "specific_date": "2026-12-07",
                    "start_time": "09:00:00",
                    "end_time": "12:00:00",
                }
            ]
        }
    )

    id: int
    instructor_id: int
    specific_date: dt.date
    start_time: ClockTime
    end_time: ClockTime

    @classmethod
    def of(cls, window: Window, instructor_id: int) -> "WindowRowOut":
        return cls(
            id=window.key,
            instructor_id=instructor_id,
            specific_date=window.day,
            start_time=window.range.start_time,
            end_time=window.range.end_time,
        )


class MergedOut(ApiOut):
    """How many windows went into others, and the day's windows now."""

    merged: int
    windows: Sequence[WindowRowOut]


class GapOut(ApiOut):
    """Closed time between two windows."""

    start_time: ClockTime
    end_time: ClockTime
    duration_minutes: int
    after_slot_id: int
    before_slot_id: int

    @classmethod
    def of(cls, gap: Gap) -> "GapOut":
        return cls(
            start_time=gap.range.start_time,
            end_time=gap.range.end_time,
            duration_minutes=gap.range.minutes,
            after_slot_id=gap.after.key,
            before_slot_id=gap.before.key,
        )


class DayOffIn(ApiIn):
    """A day to close. The reason is for the instructor alone."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"date": "2026-12-24", "reason": "Family"}]}
    )

    date: IsoDate
    reason: Annotated[str, Field(max_length=DAY_OFF_REASON_MAX_CHARS)] | None = None


class DayOffOut(ApiOut):
    """A whole day closed to bookings, in the instructor's zone."""

    id: int
    instructor_id: int
    date: dt.date
    reason: Annotated[str | None, Field(examples=["Family"])]
    created_at: Instant


class DoneOut(ApiOut):
    """That it is done, in one sentence."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"message": "Availability time slot deleted"}]}
    )

    message: str


def typed_range(start: int, end: int) -> TimeRange:
    """Raises InvalidRange, which names the end."""
    try:
        return TimeRange(start, end or DAY_MINUTES)
    except InvalidRange as refused:
        raise InvalidRange(field="end_time") from refused
