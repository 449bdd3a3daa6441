"""A lesson on its way to be booked, as every step shows it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask import Response, make_response, render_template, request

from app.blueprints.bookings.forms import PLACE_WORDS, BookForm
from app.domain.audience import UNAVAILABLE
from app.domain.booking_rules import free_cancel_deadline, request_deadline
from app.domain.errors import NotAllowed, NotBookable, NotFound, TimeTaken
from app.domain.limits import DURATION_MAX_MINUTES, DURATION_MIN_MINUTES
from app.domain.offers import LessonRequest, MeetingPlace, OfferedStart
from app.domain.pricing import price
from app.domain.vocabulary import Role
from app.models.user import User
from app.services.conflict_checker import Offer
from app.web import drafts, queries
from app.web.api import instant_of
from app.web.auth import student, visitor
from app.web.services import services
from app.web.starts import LinkedStart, booking_address, linked

ONLY_STUDENTS = "Lessons are booked with a student's account. This one is not a student's."


@dataclass(frozen=True, slots=True)
class Wished:
    """What was chosen so far. ``starts_at`` and ``minutes`` stand in the address."""

    offer: Offer
    starts_at: datetime
    minutes: int
    now: datetime
    draft: drafts.Draft
    place: MeetingPlace

    @property
    def request(self) -> LessonRequest:
        ids = self.offer.instructor.id, self.offer.service.id
        return LessonRequest(*ids, starts_at=self.starts_at, minutes=self.minutes)

    @property
    def start(self) -> OfferedStart:
        zone_name = self.offer.zone_name
        return OfferedStart(self.starts_at, self.minutes, zone_name, self.offer.service.id)

    @property
    def price(self) -> Decimal:
        return price(self.offer.service.hourly_rate, self.minutes)

    @property
    def free_until(self) -> datetime | None:
        """Until when it can be cancelled freely; null where that time has passed."""
        notice = self.offer.profile.cancellation_notice_hours
        deadline = free_cancel_deadline(self.starts_at, notice)
        return deadline if deadline > self.now else None

    @property
    def answer_by(self) -> datetime | None:
        """Until when the instructor answers; null where he need not."""
        is_request = self.offer.rules.needs_approval
        return request_deadline(self.starts_at, self.now) if is_request else None

    @property
    def place_words(self) -> str:
        return PLACE_WORDS[self.place.location_type]

    @property
    def times_url(self) -> str:
        return (
            f"/instructors/{self.offer.instructor.id}"
            f"?service={self.offer.service.id}&minutes={self.minutes}"
        )

    def address(self, step: str = "") -> str:
        """Of the page that confirms it, or of another step."""
        return booking_address(self.start, self.offer.instructor.id, step)


@dataclass(frozen=True, slots=True)
class Taken:
    """Why the wished time cannot be had, and what is free close to it."""

    message: str
    alternatives: Sequence[LinkedStart]


def asked(instructor_id: int) -> LessonRequest:
    """The lesson that the page's address names, for visitors and students.

    Raises NotAllowed, NotFound, InvalidInput.
    """
    person = visitor()
    if person is not None and person.kind is not Role.STUDENT:
        raise NotAllowed(ONLY_STUDENTS)
    service_id = queries.whole("service", 0)
    minutes = queries.whole("minutes", 0, low=DURATION_MIN_MINUTES, high=DURATION_MAX_MINUTES)
    if not service_id or not minutes:
        raise NotFound("This booking link is not complete. Please choose a time again.")
    starts_at = instant_of(queries.word("start") or "", "start")
    return LessonRequest(instructor_id, service_id, starts_at=starts_at, minutes=minutes)


def wished(
    wanted: LessonRequest, offer: Offer | None = None, place: MeetingPlace | None = None
) -> Wished:
    """With what is known of place and note. Raises NotFound for what nobody can book."""
    if offer is None:
        offer = services().conflict_checker.offer(wanted.instructor_id, wanted.service_id)
    if not offer.rules.is_active:
        raise NotFound("This instructor does not take bookings at present.")
    if not offer.service.is_bookable:
        raise NotFound("This lesson is no longer on offer.")
    draft, now = drafts.kept_for(wanted.instructor_id), services().clock.now()
    minutes, starts_at = wanted.minutes or offer.service.offered_minutes[0], wanted.starts_at
    place = place or draft.place or _usual_place(offer)
    return Wished(offer, starts_at or now, minutes, now, draft, place)


def _usual_place(offer: Offer) -> MeetingPlace:
    person = student()
    if person is None:
        return MeetingPlace()
    return services().lesson_views.usual_place(person, offer.instructor.id)


def filled(form: BookForm, wish: Wished) -> BookForm:
    """The form with all that the page shows, so that just that is booked."""
    form.location_type.data = wish.place.location_type.value
    form.meeting_location.data = wish.place.address
    form.student_note.data = wish.draft.note
    return form


def typed(form: BookForm, wanted: LessonRequest) -> Wished:
    """The wish as a form says it that was shown before. Raises what ``wished`` raises."""
    wish, note = wished(wanted, place=form.place), form.student_note.data or None
    return replace(wish, draft=replace(wish.draft, place=wish.place, note=note))


def gone(wish: Wished, refused: NotBookable | TimeTaken) -> Taken:
    """What somebody reads who had the page open while the time was taken."""
    code = refused.reason_code if isinstance(refused, NotBookable) else refused.code
    message = "Sorry, this time has just been taken or closed." if code == UNAVAILABLE else ""
    return _taken(wish, f"{message or refused.message} Nothing was booked.")


def not_free(wish: Wished, code: str, message: str) -> Taken:
    """What somebody reads who comes to a time that cannot be booked."""
    return _taken(wish, "Sorry, this time is not free." if code == UNAVAILABLE else message)


def _taken(wish: Wished, message: str) -> Taken:
    """The refusal with the nearest times that can still be booked."""
    ids = wish.offer.instructor.id, wish.offer.service.id
    near = services().public_availability.nearest(*ids, wish.minutes, wish.starts_at, student())
    return Taken(message, linked(near, wish.offer.instructor.id))


def show(
    wish: Wished, form: BookForm, *, refusal: Taken | None = None, status: int = 200
) -> Response:
    """The page that confirms the lesson."""
    form.agreed_price.data = f"{wish.price:f}"
    return step("book", wish, form, status, taken=refusal, is_visitor=visitor() is None)


def step(name: str, wish: Wished, form: Any, status: int = 200, **more: Any) -> Response:
    """The page of a step."""
    page = render_template(f"bookings/{name}.html", wish=wish, form=form, **more)
    return make_response(page, status)


def teacher() -> User | None:
    """The instructor whom a broken address names, where anybody may see him."""
    try:
        return services().instructors.profile((request.view_args or {})["instructor_id"]).user
    except (NotFound, KeyError):
        return None
