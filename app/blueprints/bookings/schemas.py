"""JSON of bookings."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from app.domain.limits import CURSOR_MAX_CHARS, ID_MAX, REASON_MAX_CHARS
from app.domain.offers import LessonRequest
from app.domain.vocabulary import BookingStatus, LocationType
from app.services.booking_lists import ListWish
from app.web.api import ApiIn, ApiOut, ClockTime, Instant, IsoDate, Minute, Money
from app.web.lesson_fields import AgreedPrice, Id, Minutes, Note, Place


class LessonIn(ApiIn):
    """A wished lesson, by the instructor's wall clock."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "instructor_id": 4,
                    "service_id": 12,
                    "booking_date": "2026-12-02",
                    "start_time": "09:30",
                    "duration_minutes": 60,
                    "student_note": "I have played for a year.",
                    "location_type": "neutral",
                    "expected_total_price": 60,
                }
            ]
        }
    )

    instructor_id: Id
    service_id: Id
    booking_date: IsoDate
    start_time: Minute
    end_time: Annotated[
        Minute | None,
        Field(description="Instead of duration_minutes; without both the service's first length."),
    ] = None
    duration_minutes: Minutes | None = None
    start_utc_offset: Annotated[
        Annotated[str, Field(pattern=r"^[+-][0-9]{2}:[0-9]{2}$")] | None,
        Field(description="Which of two, in the hour that happens twice."),
    ] = None
    student_note: Note | None = None
    meeting_location: Place | None = None
    location_type: LocationType | None = None
    expected_total_price: AgreedPrice = None

    @field_validator("start_time")
    @classmethod
    def _not_the_end_of_day(cls, minute: int) -> int:
        if minute == 24 * 60:
            raise ValueError("24:00 can only be an end.")
        return minute

    def to_request(self) -> LessonRequest:
        """An end of 00:00 means the end of that day."""
        return LessonRequest(
            self.instructor_id,
            self.service_id,
            day=self.booking_date,
            start_minute=self.start_time,
            end_minute=24 * 60 if self.end_time == 0 else self.end_time,
            offset=self.start_utc_offset,
            minutes=self.duration_minutes,
            location_type=self.location_type or LocationType.NEUTRAL,
            meeting_location=self.meeting_location,
            student_note=self.student_note,
            agreed_price=self.expected_total_price,
        )


Seen = Annotated[
    Annotated[int, Field(ge=0, le=ID_MAX)] | None,
    Field(description="The booking's sequence as you saw it; another by now is refused by 409."),
]


class CancelIn(ApiIn):
    """Why."""

    reason: Annotated[
        str, Field(min_length=1, max_length=REASON_MAX_CHARS, examples=["I am ill, sorry."])
    ]
    expected_sequence: Seen = None


class WhyIn(ApiIn):
    """Why. Staff must say it; it is kept with the change."""

    reason: (
        Annotated[
            str, Field(min_length=1, max_length=REASON_MAX_CHARS, examples=["Agreed on the phone."])
        ]
        | None
    ) = None


class AnswerIn(WhyIn):
    """The answer to a request: why, and to which version of it."""

    expected_sequence: Seen = None


class MoveIn(ApiIn):
    """When the lesson shall take place instead, by the instructor's wall clock."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "booking_date": "2026-12-03",
                    "start_time": "11:00",
                    "duration_minutes": 60,
                    "reason": "I am still at work then.",
                }
            ]
        }
    )

    booking_date: IsoDate
    start_time: Minute
    end_time: Minute | None = None
    duration_minutes: Minutes | None = None
    start_utc_offset: Annotated[str, Field(pattern=r"^[+-][0-9]{2}:[0-9]{2}$")] | None = None
    reason: Annotated[str, Field(min_length=1, max_length=REASON_MAX_CHARS)] | None = None
    expected_sequence: Seen = None

    @field_validator("start_time")
    @classmethod
    def _not_the_end_of_day(cls, minute: int) -> int:
        if minute == 24 * 60:
            raise ValueError("24:00 can only be an end.")
        return minute

    def to_request(self) -> LessonRequest:
        """The new time; what lesson it is, the booking says."""
        return LessonRequest(
            0,
            0,
            day=self.booking_date,
            start_minute=self.start_time,
            end_minute=24 * 60 if self.end_time == 0 else self.end_time,
            offset=self.start_utc_offset,
            minutes=self.duration_minutes,
        )


class DetailsIn(ApiIn):
    """What the instructor may change; null or absent stays, empty text clears."""

    instructor_note: Note | None = None
    meeting_location: Place | None = None


class KeyIn(BaseModel):
    """The headers of a request that may be repeated."""

    key: Annotated[
        str | None, Field(alias="Idempotency-Key", min_length=1, max_length=255, pattern="^[!-~]+$")
    ] = None


class ListIn(ApiIn):
    """Which bookings; days are in my zone, both included. ``cursor`` is the ``next_cursor`` of
    the page before, and fits only the same question. ``page`` is for the original's clients.
    """

    status: BookingStatus | None = None
    upcoming_only: bool = False
    start_date: Annotated[IsoDate | None, Field(description="The first day, by your clock.")] = None
    end_date: Annotated[IsoDate | None, Field(description="The last day, included.")] = None
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    per_page: Annotated[int, Field(ge=1, le=100)] = 20
    cursor: Annotated[
        Annotated[str, Field(min_length=1, max_length=CURSOR_MAX_CHARS)] | None,
        Field(description="The next_cursor of the page before."),
    ] = None

    @model_validator(mode="after")
    def _one_place(self) -> "ListIn":
        if self.cursor is not None and self.page > 1:
            raise ValueError("Send a cursor or a page number, not both.")
        return self

    def to_wish(self) -> ListWish:
        return ListWish(self.status, self.upcoming_only, self.start_date, self.end_date)


class PersonOut(ApiOut):
    """The other side of a lesson."""

    id: int
    full_name: str


class BookedServiceOut(ApiOut):
    """What the lesson is about."""

    id: int
    skill: str
    description: str | None


class BookingOut(ApiOut):
    """A booking, for the people in it."""

    id: int
    reference: str | None
    sequence: int
    student_id: int
    instructor_id: int
    service_id: int
    booking_date: date
    start_time: ClockTime
    end_time: ClockTime
    starts_at: Instant | None
    ends_at: Instant | None
    time_zone: str | None
    service_name: str
    hourly_rate: Money
    total_price: Money
    duration_minutes: int
    status: BookingStatus
    service_area: str | None
    meeting_location: str | None
    location_type: LocationType | None
    student_note: str | None
    instructor_note: str | None
    created_at: Instant
    confirmed_at: Instant | None
    completed_at: Instant | None
    cancelled_at: Instant | None
    cancelled_by_id: int | None
    cancellation_reason: str | None
    free_cancel_until: Instant | None
    cancelled_late: bool
    expires_at: Instant | None
    no_show_at: Instant | None
    student: PersonOut
    instructor: PersonOut
    service: BookedServiceOut


class BookingPageOut(ApiOut):
    """Some of a person's bookings, latest start first.

    ``total`` stops at 10,000; ``total_is_capped`` says that there are more.
    """

    bookings: list[BookingOut]
    total: int
    total_is_capped: bool
    page: int
    per_page: int
    next_cursor: str | None
