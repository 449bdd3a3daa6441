"""What the page that confirms a lesson needs to show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, make_response, render_template

from app.blueprints.bookings.forms import BookForm
from app.domain.audience import UNAVAILABLE
from app.domain.booking_rules import free_cancel_deadline
from app.domain.errors import NotBookable, NotFound, TimeTaken
from app.domain.limits import DURATION_MAX_MINUTES, DURATION_MIN_MINUTES
from app.domain.offers import LessonRequest, OfferedStart
from app.domain.pricing import price
from app.models.instructor import InstructorProfile, Service
from app.web import queries
from app.web.api import instant_of
from app.web.auth import student
from app.web.services import services
from app.web.starts import LinkedStart, linked


@dataclass(frozen=True, slots=True)
class Taken:
    """Why the wished time cannot be had, and what is free close to it."""

    message: str
    alternatives: Sequence[LinkedStart]


def wish(instructor_id: int) -> LessonRequest:
    """The lesson that the page's address names. Raises NotFound, InvalidInput."""
    service_id = queries.whole("service", 0)
    minutes = queries.whole("minutes", 0, low=DURATION_MIN_MINUTES, high=DURATION_MAX_MINUTES)
    if not service_id or not minutes:
        raise NotFound("This booking link is not complete. Please choose a time again.")
    starts_at = instant_of(queries.word("start") or "", "start")
    return LessonRequest(instructor_id, service_id, starts_at=starts_at, minutes=minutes)


def gone(request: LessonRequest, refused: NotBookable | TimeTaken) -> Taken:
    """What somebody reads who had the page open while the time was taken."""
    code = refused.reason_code if isinstance(refused, NotBookable) else refused.code
    message = "Sorry, this time has just been taken or closed." if code == UNAVAILABLE else ""
    return taken(request, f"{message or refused.message} Nothing was booked.")


def not_free(request: LessonRequest, code: str, message: str) -> Taken:
    """What somebody reads who comes to a time that cannot be booked."""
    return taken(request, "Sorry, this time is not free." if code == UNAVAILABLE else message)


def taken(request: LessonRequest, message: str) -> Taken:
    """The refusal with the nearest times that can still be booked."""
    if request.starts_at is None or request.minutes is None:
        return Taken(message, ())
    near = services().public_availability.nearest(
        request.instructor_id, request.service_id, request.minutes, request.starts_at, student()
    )
    return Taken(message, linked(near, request.instructor_id))


def show(
    request: LessonRequest, form: BookForm, refusal: Taken | None = None, status: int = 200
) -> Response:
    """The whole page."""
    profile = services().instructors.profile(request.instructor_id)
    service = _service(profile, request.service_id)
    return make_response(
        render_template("bookings/book.html", **_facts(profile, service, request, form, refusal)),
        status,
    )


def _facts(
    profile: InstructorProfile,
    service: Service,
    request: LessonRequest,
    form: BookForm,
    refusal: Taken | None,
) -> dict[str, Any]:
    zone_name = profile.time_zone or services().platform_zone
    minutes = request.minutes or service.offered_minutes[0]
    starts_at = request.starts_at or services().clock.now()
    deadline = free_cancel_deadline(starts_at, profile.cancellation_notice_hours)
    cost = price(service.hourly_rate, minutes)
    form.agreed_price.data = f"{cost:f}"
    return {
        "profile": profile,
        "service": service,
        "minutes": minutes,
        "start": OfferedStart(starts_at, minutes, zone_name, service.id),
        "price": cost,
        "free_until": deadline if deadline > services().clock.now() else None,
        "form": form,
        "taken": refusal,
    }


def _service(profile: InstructorProfile, service_id: int) -> Service:
    for service in profile.active_services:
        if service.id == service_id:
            return service
    raise NotFound("Service not found or no longer available")
