"""JSON of what reads bookings."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import ConfigDict, Field, model_validator

from app.domain.errors import InvalidInput, InvalidRange
from app.domain.offers import LessonRequest, OfferedStart
from app.domain.time_range import DAY_MINUTES, TimeRange
from app.domain.vocabulary import BookingStatus, LocationType
from app.models.booking import Booking
from app.services.booking_statistics import BookingStatistics
from app.services.opportunities import DayWish
from app.services.presentation import PresentationService
from app.web.api import ApiIn, ApiOut, ClockTime, Instant, IsoDate, Minute, Money, instant_of
from app.web.lesson_fields import Id, Minutes

EARLIEST, LATEST = 9 * 60, 21 * 60


class UpcomingIn(ApiIn):
    """How many lessons at most."""

    limit: Annotated[int, Field(ge=1, le=20)] = 5


class UpcomingOut(ApiOut):
    """A lesson to come, in short."""

    id: int
    booking_date: date
    start_time: ClockTime
    end_time: ClockTime
    starts_at: Instant | None
    time_zone: str | None
    status: BookingStatus
    service_name: str
    student_name: str
    instructor_name: str
    meeting_location: str | None

    @classmethod
    def of(cls, booking: Booking) -> "UpcomingOut":
        return cls(
            id=booking.id,
            booking_date=booking.booking_date,
            start_time=booking.start_time,
            end_time=booking.end_time,
            starts_at=booking.starts_at,
            time_zone=booking.time_zone,
            status=BookingStatus(booking.status),
            service_name=booking.service_name,
            student_name=booking.student.full_name,
            instructor_name=booking.instructor.full_name,
            meeting_location=booking.meeting_location,
        )


class StatsOut(ApiOut):
    """What bookings come to. Rates are shares of all that are over; there are no ratings yet."""

    total_bookings: int
    upcoming_bookings: int
    completed_bookings: int
    cancelled_bookings: int
    no_shows: int
    total_earnings: Money
    this_month_earnings: Money
    completion_rate: float | None
    cancellation_rate: float | None
    average_rating: None = None

    @classmethod
    def of(cls, found: BookingStatistics) -> "StatsOut":
        return cls(
            total_bookings=found.sums.total,
            upcoming_bookings=found.sums.upcoming,
            completed_bookings=found.sums.completed,
            cancelled_bookings=found.sums.cancelled,
            no_shows=found.sums.no_shows,
            total_earnings=found.sums.earnings,
            this_month_earnings=found.sums.month_earnings,
            completion_rate=found.completion_rate,
            cancellation_rate=found.cancellation_rate,
        )


class PreviewOut(ApiOut):
    """A booking in short, for the people in it and for staff."""

    booking_id: int
    student_name: str
    instructor_name: str
    service_name: str
    booking_date: date
    start_time: ClockTime
    end_time: ClockTime
    starts_at: Instant | None
    ends_at: Instant | None
    time_zone: str | None
    duration_minutes: int
    location_type: LocationType | None
    location_type_display: str | None
    meeting_location: str | None
    service_area: str | None
    status: BookingStatus
    student_note: str | None
    total_price: Money

    @classmethod
    def of(cls, booking: Booking, present: PresentationService) -> "PreviewOut":
        return cls(
            booking_id=booking.id,
            student_name=booking.student.full_name,
            instructor_name=booking.instructor.full_name,
            service_name=booking.service_name,
            booking_date=booking.booking_date,
            start_time=booking.start_time,
            end_time=booking.end_time,
            starts_at=booking.starts_at,
            ends_at=booking.ends_at,
            time_zone=booking.time_zone,
            duration_minutes=booking.duration_minutes,
            location_type=LocationType(booking.location_type) if booking.location_type else None,
            location_type_display=present.place(booking.location_type),
            meeting_location=booking.meeting_location,
            service_area=booking.service_area,
            status=BookingStatus(booking.status),
            student_note=booking.student_note,
            total_price=booking.total_price,
        )


class ExplainIn(ApiIn):
    """A wished start: an instant, or a day and time by the instructor's wall clock."""

    instructor_id: Id
    service_id: Id
    starts_at: Annotated[
        Annotated[str, Field(max_length=40)] | None,
        Field(description="A moment with its zone (Z or an offset)."),
    ] = None
    booking_date: Annotated[
        IsoDate | None, Field(description="A day by the instructor's clock; goes with start_time.")
    ] = None
    start_time: Annotated[
        Minute | None, Field(description="By the instructor's clock; goes with booking_date.")
    ] = None
    start_utc_offset: Annotated[
        Annotated[str, Field(pattern=r"^[+-][0-9]{2}:[0-9]{2}$")] | None,
        Field(description="Which of two, in the hour that happens twice."),
    ] = None
    duration_minutes: Annotated[
        Minutes | None, Field(description="Without it the service's first length.")
    ] = None

    @model_validator(mode="after")
    def _one_start(self) -> "ExplainIn":
        is_wall_clock = self.booking_date is not None and self.start_time is not None
        if (self.starts_at is not None) == is_wall_clock:
            raise ValueError("Send starts_at, or booking_date and start_time.")
        if self.start_time == 24 * 60:
            raise ValueError("24:00 can only be an end.")
        return self

    def to_request(self) -> LessonRequest:
        """Raises InvalidInput."""
        starts_at = instant_of(self.starts_at, "starts_at") if self.starts_at else None
        if starts_at is None and self.booking_date is None:
            raise InvalidInput("When should the lesson start?", field="starts_at")
        return LessonRequest(
            self.instructor_id,
            self.service_id,
            starts_at=starts_at,
            day=self.booking_date,
            start_minute=self.start_time,
            offset=self.start_utc_offset,
            minutes=self.duration_minutes,
        )


class OpportunitiesIn(ApiIn):
    """A part of a day, by the instructor's wall clock: from 09:00 to 21:00 unless said else.
    The length is 60 minutes; of a service that is named, its shortest.
    """

    instructor_id: Id
    date: Annotated[IsoDate, Field(description="A day by the instructor's clock.")]
    duration_minutes: Annotated[
        Minutes | None,
        Field(description="60 unless said otherwise; of a service that is named, its shortest."),
    ] = None
    earliest: Annotated[Minute | None, Field(description="09:00 unless said otherwise.")] = None
    latest: Annotated[Minute | None, Field(description="21:00 unless said otherwise.")] = None
    service_id: Annotated[
        Id | None, Field(description="Without it any service that lasts so long.")
    ] = None

    def to_wish(self) -> DayWish:
        """A latest end of 00:00 means the end of that day. Raises InvalidRange."""
        earliest = EARLIEST if self.earliest is None else self.earliest
        latest = LATEST if self.latest is None else self.latest or DAY_MINUTES
        if earliest >= latest:
            raise InvalidRange("latest must be after earliest", field="latest")
        return DayWish(
            self.instructor_id,
            self.date,
            TimeRange(earliest, latest),
            self.duration_minutes,
            self.service_id,
        )


class OpportunityOut(ApiOut):
    """A time that can be booked."""

    start_time: ClockTime
    end_time: ClockTime
    duration_minutes: int
    available: bool = True
    instructor_id: int
    service_id: int
    date: IsoDate
    starts_at: Instant
    ends_at: Instant

    @classmethod
    def of(cls, offered: OfferedStart, instructor_id: int) -> "OpportunityOut":
        return cls(
            start_time=offered.local_start.time(),
            end_time=offered.local_end.time(),
            duration_minutes=offered.minutes,
            instructor_id=instructor_id,
            service_id=offered.service_id,
            date=offered.day,
            starts_at=offered.starts_at,
            ends_at=offered.ends_at,
        )


class ExplanationOut(ApiOut):
    """One reason. ``facts`` and ``mend`` (where to do something about it) are for those who may
    change the instructor's calendar.
    """

    code: str
    message: str
    facts: Mapping[str, Any]
    mend: str | None


class ExplainOut(ApiOut):
    """All reasons."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "bookable": False,
                    "reasons": [
                        {
                            "code": "day_off",
                            "message": "This is a day off.",
                            "facts": {"day": "2026-12-24"},
                            "mend": "/teach/schedule?week=2026-12-24",
                        }
                    ],
                }
            ]
        }
    )

    bookable: bool
    reasons: list[ExplanationOut]
