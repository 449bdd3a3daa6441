"""JSON of bookings."""

import hashlib
import json

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue

from app.blueprints.bookings.check_schemas import CheckOut, RemindersOut
from app.blueprints.bookings.schemas import (
    AnswerIn,
    BookingOut,
    BookingPageOut,
    CancelIn,
    DetailsIn,
    KeyIn,
    LessonIn,
    ListIn,
    MoveIn,
    WhyIn,
)
from app.domain.offers import RepeatKey
from app.domain.vocabulary import Role
from app.models.booking import Booking
from app.web.access import bearer
from app.web.api import ApiBlueprint, body, optional_body, query, validated
from app.web.auth import bearer_actor
from app.web.documented import documented
from app.web.limits import booking_limit, change_limit, check_limit, reminders_limit
from app.web.services import services

bp = ApiBlueprint("bookings_api", __name__, "/bookings")
ANSWERING = (Role.INSTRUCTOR, Role.SUPPORT, Role.ADMIN)
"""Who may say what becomes of a lesson: its instructor, and staff with a reason."""


@bp.post("/")
@bearer(Role.STUDENT, refusal="Only students can create bookings")
@booking_limit
@documented(
    body=LessonIn, headers=KeyIn, answer=BookingOut, status=201, errors=(404, 409), reasons=True
)
def book() -> ResponseReturnValue:
    """Book a lesson.

    With an ``Idempotency-Key`` the same request may be sent again for 24 hours: it gets the first
    answer again and books nothing more.
    """
    wanted, repeat = body(LessonIn).to_request(), _repeat_key()
    if repeat is None:
        return _shown(services().bookings.book(bearer_actor(), wanted)), 201
    answer = services().bookings.book_once(bearer_actor(), wanted, repeat, _as_text)
    return Response(answer, 201, mimetype="application/json")


@bp.get("/")
@bearer()
@documented(query=ListIn, answer=BookingPageOut)
def listed() -> ResponseReturnValue:
    """My bookings, those I take and those I give, latest start first."""
    wanted = query(ListIn)
    found = services().booking_lists.page(
        bearer_actor(),
        wanted.to_wish(),
        page=wanted.page,
        per_page=wanted.per_page,
        cursor=wanted.cursor,
    )
    return BookingPageOut.model_validate(found).model_dump(mode="json")


@bp.get("/<id:booking_id>")
@bearer()
@documented(answer=BookingOut, errors=(404,))
def show(booking_id: int) -> ResponseReturnValue:
    """One of my bookings; for staff anybody's."""
    return _shown(services().bookings.read(bearer_actor(), booking_id))


@bp.post("/<id:booking_id>/cancel")
@bearer()
@change_limit
@documented(body=CancelIn, answer=BookingOut, errors=(404, 409))
def cancel(booking_id: int) -> ResponseReturnValue:
    """Cancel one of my bookings."""
    said = body(CancelIn)
    return _shown(
        services().bookings.cancel(
            bearer_actor(), booking_id, said.reason, expected=said.expected_sequence
        )
    )


@bp.post("/<id:booking_id>/reschedule")
@bearer()
@booking_limit
@documented(body=MoveIn, answer=BookingOut, errors=(404, 409), reasons=True)
def reschedule(booking_id: int) -> ResponseReturnValue:
    """Move one of my bookings to another time."""
    wanted = body(MoveIn)
    return _shown(
        services().booking_changes.reschedule(
            bearer_actor(),
            booking_id,
            wanted.to_request(),
            wanted.reason,
            expected=wanted.expected_sequence,
        )
    )


@bp.post("/<id:booking_id>/approve")
@bearer()
@documented(
    body=AnswerIn, answer=BookingOut, errors=(404, 409), optional_body=True, roles=ANSWERING
)
def approve(booking_id: int) -> ResponseReturnValue:
    """Say yes to a request for a lesson of mine, as it is or as I saw it."""
    said = optional_body(AnswerIn) or AnswerIn()
    return _shown(
        services().booking_changes.approve(
            bearer_actor(), booking_id, said.reason, expected=said.expected_sequence
        )
    )


@bp.post("/<id:booking_id>/decline")
@bearer()
@documented(
    body=AnswerIn, answer=BookingOut, errors=(404, 409), optional_body=True, roles=ANSWERING
)
def decline(booking_id: int) -> ResponseReturnValue:
    """Say no to a request for a lesson of mine, as it is or as I saw it."""
    said = optional_body(AnswerIn) or AnswerIn()
    return _shown(
        services().booking_changes.decline(
            bearer_actor(), booking_id, said.reason, expected=said.expected_sequence
        )
    )


@bp.post("/<id:booking_id>/complete")
@bearer()
@documented(body=WhyIn, answer=BookingOut, errors=(404, 409), optional_body=True, roles=ANSWERING)
def complete(booking_id: int) -> ResponseReturnValue:
    """Say that a lesson of mine took place."""
    return _shown(services().booking_changes.complete(bearer_actor(), booking_id, _why()))


@bp.post("/<id:booking_id>/no-show")
@bearer()
@documented(body=WhyIn, answer=BookingOut, errors=(404, 409), optional_body=True, roles=ANSWERING)
def no_show(booking_id: int) -> ResponseReturnValue:
    """Say that the student did not come to a lesson of mine."""
    return _shown(services().booking_changes.no_show(bearer_actor(), booking_id, _why()))


@bp.patch("/<id:booking_id>")
@bearer()
@documented(body=DetailsIn, answer=BookingOut, errors=(404, 409), roles=(Role.INSTRUCTOR,))
def details(booking_id: int) -> ResponseReturnValue:
    """Change my note on a lesson that I teach, or its place."""
    wanted = body(DetailsIn)
    return _shown(
        services().booking_changes.note(
            bearer_actor(), booking_id, wanted.instructor_note, wanted.meeting_location
        )
    )


@bp.post("/check-availability")
@bearer()
@check_limit
@documented(body=LessonIn, answer=CheckOut, errors=(404,))
def check() -> ResponseReturnValue:
    """Whether a lesson could be booked, and all that stands against it."""
    found = services().bookings.check(bearer_actor(), body(LessonIn).to_request())
    return CheckOut.of(found).model_dump(mode="json")


@bp.post("/send-reminders")
@bearer(Role.SUPPORT, Role.ADMIN, refusal="Only administrators can trigger reminder emails")
@reminders_limit
@documented(answer=RemindersOut)
def send_reminders() -> ResponseReturnValue:
    """Queue the reminders that are due; the worker sends them within seconds.

    What was queued before is not again. Once an hour for each network address, whoever asks.
    """
    queued = services().reminders.queue()
    said = f"Successfully sent {queued} reminder emails"
    return RemindersOut(reminders_sent=queued, message=said).model_dump()


def _why() -> str | None:
    said = optional_body(WhyIn)
    return said.reason if said else None


def _repeat_key() -> RepeatKey | None:
    """The request's key with a digest of its body, whatever the order of its fields."""
    given = request.headers.get("Idempotency-Key")
    if given is None:
        return None
    key = validated(KeyIn, {"Idempotency-Key": given}).key
    sent = json.dumps(request.get_json(), sort_keys=True)
    return RepeatKey(key or "", hashlib.sha256(sent.encode()).hexdigest())


def _as_text(booking: Booking) -> str:
    return current_app.json.dumps(_shown(booking))


def _shown(booking: Booking) -> dict[str, object]:
    return BookingOut.model_validate(booking).model_dump(mode="json")
