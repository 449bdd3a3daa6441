"""JSON of bookings."""

from flask.typing import ResponseReturnValue

from app.blueprints.bookings.schemas import (
    BookingOut,
    BookingPageOut,
    CancelIn,
    CheckOut,
    LessonIn,
    ListIn,
    ReasonOut,
)
from app.domain.vocabulary import Role
from app.models.booking import Booking
from app.web.access import bearer
from app.web.api import ApiBlueprint, body, query
from app.web.auth import bearer_actor
from app.web.documented import documented
from app.web.limits import booking_limit, check_limit
from app.web.services import services

bp = ApiBlueprint("bookings_api", __name__, "/bookings")


@bp.post("/")
@bearer(Role.STUDENT, refusal="Only students can create bookings")
@booking_limit
@documented(body=LessonIn, answer=BookingOut, status=201, errors=(404, 409))
def book() -> ResponseReturnValue:
    """Book a lesson."""
    wanted = body(LessonIn)
    return _shown(services().bookings.book(bearer_actor(), wanted.to_request())), 201


@bp.get("/")
@bearer()
@documented(query=ListIn, answer=BookingPageOut)
def listed() -> ResponseReturnValue:
    """My bookings, newest first."""
    wanted = query(ListIn)
    found = services().booking_lists.page(
        bearer_actor(),
        status=wanted.status,
        upcoming_only=wanted.upcoming_only,
        page=wanted.page,
        per_page=wanted.per_page,
    )
    return BookingPageOut.model_validate(found).model_dump(mode="json")


@bp.get("/<id:booking_id>")
@bearer()
@documented(answer=BookingOut, errors=(404,))
def show(booking_id: int) -> ResponseReturnValue:
    """One of my bookings."""
    return _shown(services().bookings.get(bearer_actor(), booking_id))


@bp.post("/<id:booking_id>/cancel")
@bearer()
@documented(body=CancelIn, answer=BookingOut, errors=(404, 409))
def cancel(booking_id: int) -> ResponseReturnValue:
    """Cancel one of my bookings."""
    reason = body(CancelIn).reason
    return _shown(services().bookings.cancel(bearer_actor(), booking_id, reason))


@bp.post("/check-availability")
@bearer()
@check_limit
@documented(body=LessonIn, answer=CheckOut, errors=(404,))
def check() -> ResponseReturnValue:
    """Whether a lesson could be booked, and all that stands against it."""
    reasons = services().bookings.check(bearer_actor(), body(LessonIn).to_request())
    return CheckOut(
        available=not reasons,
        reason=reasons[0][1] if reasons else None,
        reasons=[ReasonOut(code=code, message=text) for code, text in reasons],
    ).model_dump(mode="json")


def _shown(booking: Booking) -> dict[str, object]:
    return BookingOut.model_validate(booking).model_dump(mode="json")
