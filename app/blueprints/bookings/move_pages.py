"""Pages on which a lesson moves: choose a time that suits both, see what follows, confirm."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.blueprints.bookings import lesson_page
from app.blueprints.bookings.forms import MoveForm
from app.domain.audience import UNAVAILABLE
from app.domain.booking_rules import MoveBar
from app.domain.errors import NotBookable, TimeTaken, WrongState
from app.domain.lesson_errors import BookingChanged
from app.domain.offers import LessonRequest
from app.domain.vocabulary import BookingStatus
from app.domain.zones import utc_text
from app.models.booking import Booking
from app.services.bookings import refusal
from app.web import queries
from app.web.access import signed_in
from app.web.api import instant_of
from app.web.auth import actor
from app.web.errors import status_of
from app.web.limits import booking_limit, check_limit
from app.web.moving import MoveAddress, linked_move, move_days
from app.web.services import services

bp = Blueprint("moves", __name__)
NOT_NOW = "This lesson can no longer be moved."
ANSWER_FIRST = "Please answer the request first. Then you can move the lesson."
GONE = "Sorry, this time is not free any more. The lesson is where it was."


@bp.get("/lessons/<id:booking_id>/move")
@signed_in()
@check_limit
def choose(booking_id: int) -> ResponseReturnValue:
    """Times to which the lesson could go; or one of them, with what follows from it."""
    found = services().bookings.get(actor(), booking_id)
    outcome = services().booking_moves.outcome(actor(), found)
    if outcome.bar in (MoveBar.STATE, MoveBar.STARTED):
        is_open = lesson_page.can_be_answered(found)
        return lesson_page.as_it_is(found, ANSWER_FIRST if is_open else NOT_NOW)
    if "start" not in request.args or not outcome.is_allowed:
        return _times(found)
    starts_at = instant_of(queries.word("start") or "", "start")
    if starts_at == found.starts_at:
        return lesson_page.as_it_is(found)  # moved already, and then back
    return _one_time(found, starts_at, MoveForm(formdata=None))


@bp.post("/lessons/<id:booking_id>/move")
@signed_in()
@booking_limit
def move(booking_id: int) -> ResponseReturnValue:
    """Move the lesson as the page showed it. Sent twice it is moved once."""
    found, form = services().bookings.get(actor(), booking_id), MoveForm()
    if not form.validate_on_submit():
        return _times(found, form.complaint, 422)
    starts_at = instant_of(form.start.data or "", "start")
    if found.starts_at == starts_at:
        return lesson_page.as_it_is(found)
    wish = LessonRequest(0, 0, starts_at=starts_at)
    try:
        services().booking_changes.reschedule(actor(), booking_id, wish, expected=form.seen.data)
    except (NotBookable, TimeTaken) as refused:
        return _refused(found, starts_at, refused)
    except BookingChanged:
        return lesson_page.changed(booking_id, form)
    except WrongState:
        return lesson_page.show(found, stale=form, status=409)
    asked = found.status == BookingStatus.PENDING
    flash("Your instructor is asked about the new time." if asked else "The lesson is moved.")
    return redirect(f"/lessons/{booking_id}", 303)


def _times(found: Booking, message: str = "", status: int = 200) -> Response:
    """The page of free times, or of what can be done where it is too late to move."""
    outcome, days = services().booking_moves.outcome(actor(), found), None
    if outcome.is_allowed:
        days = move_days(actor(), found, _address(found), queries.day("from"))
    return _page("move", found, status, moving=outcome, move_days=days, message=message)


def _one_time(found: Booking, starts_at: datetime, form: MoveForm) -> Response:
    plan = services().booking_moves.plan(actor(), found, starts_at)
    if plan.judgement.reasons:
        by_student = found.student_id == actor().id
        return _refused(found, starts_at, refusal(plan.judgement, to_student=by_student))
    form.start.data = utc_text(starts_at)
    return _page("move_confirm", found, plan=plan, form=lesson_page.seen(form, found))


def _refused(found: Booking, around: datetime, refused: NotBookable | TimeTaken) -> Response:
    """Why it stays where it is, and the nearest times that suit both."""
    code = refused.reason_code if isinstance(refused, NotBookable) else refused.code
    message = GONE if code == UNAVAILABLE else refused.message
    near = services().booking_moves.nearest(actor(), found, around)
    offered = [linked_move(each, _address(found)) for each in near]
    return _page("move_refused", found, status_of(refused), message=message, near=offered)


def _page(name: str, found: Booking, status: int = 200, **more: Any) -> Response:
    as_instructor = found.instructor_id == actor().id
    page = render_template(
        f"bookings/{name}.html", lesson=found, as_instructor=as_instructor, **more
    )
    return make_response(page, status)


def _address(found: Booking) -> MoveAddress:
    return MoveAddress(f"/lessons/{found.id}/move", {})
