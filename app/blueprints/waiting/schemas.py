"""JSON of the waiting list."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import ConfigDict, Field

from app.domain.offers import LessonRequest
from app.domain.pricing import price
from app.domain.vocabulary import BookingStatus, LocationType
from app.domain.waiting import DayPart, EndReason, OfferState, Wanted, WishState
from app.models.waiting import WaitingOffer
from app.services.waiting_list import Waiting
from app.services.waiting_steps import WaitingFor
from app.web.api import ApiIn, ApiOut, Instant, IsoDate, Money
from app.web.lesson_fields import AgreedPrice, Id, Minutes, Note, Place


class WishIn(ApiIn):
    """What somebody would wait for: days and their part are by the instructor's clock."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "instructor_id": 4,
                    "service_id": 12,
                    "duration_minutes": 60,
                    "first_day": "2026-12-02",
                    "last_day": "2026-12-04",
                    "part": "afternoon",
                }
            ]
        }
    )

    instructor_id: Id
    service_id: Id
    duration_minutes: Minutes
    first_day: IsoDate
    last_day: Annotated[
        IsoDate | None, Field(description="Included; without it the first day is the only one.")
    ] = None
    part: Annotated[
        DayPart, Field(description="Before noon, from noon to 17:00, or later; any unless said.")
    ] = DayPart.ANY

    def to_wish(self) -> WaitingFor:
        wanted = Wanted(self.first_day, self.last_day or self.first_day, self.part)
        return WaitingFor(self.instructor_id, self.service_id, self.duration_minutes, wanted)


class TakeIn(ApiIn):
    """Where, and what about. All of it may be left out."""

    student_note: Note | None = None
    meeting_location: Place | None = None
    location_type: LocationType | None = None
    expected_total_price: AgreedPrice = None

    def to_details(self) -> LessonRequest:
        """Which lesson and when, the offer says."""
        return LessonRequest(
            0,
            0,
            location_type=self.location_type or LocationType.NEUTRAL,
            meeting_location=self.meeting_location,
            student_note=self.student_note,
            agreed_price=self.expected_total_price,
        )


class DaysIn(ApiIn):
    """Whose line, and which days, both included. Instructors need not name themselves."""

    instructor_id: Id | None = None
    start_date: IsoDate
    end_date: IsoDate


class OfferOut(ApiOut):
    """A time that is kept for me until ``expires_at``."""

    id: int
    starts_at: Instant
    ends_at: Instant
    expires_at: Annotated[Instant, Field(examples=["2026-12-01T15:30:00Z"])]
    state: OfferState
    total_price: Money

    @classmethod
    def of(cls, offer: WaitingOffer, amount: Decimal) -> "OfferOut":
        return cls(
            id=offer.id,
            starts_at=offer.starts_at,
            ends_at=offer.ends_at,
            expires_at=offer.expires_at,
            state=OfferState(offer.state),
            total_price=amount,
        )


class WishOut(ApiOut):
    """What I wait for. Of an open wish without an offer ``place`` is the place in line on the
    best of its days, and ``worst_place`` on the worst.
    """

    id: int
    instructor_id: int
    instructor_name: str
    service_id: int
    service_name: str
    duration_minutes: int
    first_day: date
    last_day: date
    part: DayPart
    time_zone: str
    state: WishState
    reason: EndReason | None
    created_at: Instant
    closed_at: Annotated[Instant | None, Field(examples=[None])]
    place: Annotated[int | None, Field(examples=[1])]
    worst_place: Annotated[int | None, Field(examples=[3])]
    offer: OfferOut | None

    @classmethod
    def of(cls, waiting: Waiting) -> "WishOut":
        wish, place = waiting.wish, waiting.place
        amount = price(wish.service.hourly_rate, wish.minutes)
        return cls(
            id=wish.id,
            instructor_id=wish.instructor_id,
            instructor_name=wish.instructor.full_name,
            service_id=wish.service_id,
            service_name=wish.service.skill,
            duration_minutes=wish.minutes,
            first_day=wish.first_day,
            last_day=wish.last_day,
            part=DayPart(wish.part),
            time_zone=waiting.zone_name,
            state=WishState(wish.state),
            reason=EndReason(wish.reason) if wish.reason else None,
            created_at=wish.created_at,
            closed_at=wish.closed_at,
            place=place.best if place else None,
            worst_place=place.worst if place else None,
            offer=OfferOut.of(waiting.offer, amount) if waiting.offer else None,
        )


class TakenOut(ApiOut):
    """The lesson that was made of an offer; all of it is at ``/api/bookings/{id}``."""

    id: int
    reference: str | None
    status: BookingStatus
    starts_at: Instant
    ends_at: Instant
    total_price: Money


class WaitingDayOut(ApiOut):
    """How many people wait for a time on a day."""

    day: date
    people: Annotated[int, Field(examples=[3])]
