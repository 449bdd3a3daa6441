"""Pages of lessons: my list of them, one of them, and what its people decide about it."""

from flask import Blueprint, Response, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from app.blueprints.bookings import lesson_page
from app.blueprints.bookings.forms import CancelForm, DeclineForm, SeenForm
from app.domain.errors import InvalidInput, WrongState
from app.domain.lesson_errors import BookingChanged
from app.domain.vocabulary import BookingStatus
from app.models.booking import Booking
from app.web.access import signed_in
from app.web.auth import actor
from app.web.lesson_lists import listed
from app.web.limits import change_limit
from app.web.services import services
from app.web.starts import linked

bp = Blueprint("lessons", __name__)
WITHDRAWN = "The request was taken back."
NOT_NOW = "This lesson can no longer be cancelled."


@bp.get("/lessons")
@signed_in()
def lessons() -> ResponseReturnValue:
    """My lessons: upcoming, waiting for an answer, past or cancelled."""
    return render_template("bookings/lessons.html", **listed("/lessons", as_instructor=False))


@bp.get("/lessons/<id:booking_id>")
@signed_in()
def lesson(booking_id: int) -> ResponseReturnValue:
    """One lesson, for its student or instructor."""
    return lesson_page.show(services().bookings.get(actor(), booking_id))


@bp.get("/lessons/<id:booking_id>/booked")
@signed_in()
def booked(booking_id: int) -> ResponseReturnValue:
    """It is booked: what to do with it, and the next one."""
    found = services().bookings.get(actor(), booking_id)
    is_own = found.student_id == actor().id
    if not is_own or found.status not in (BookingStatus.CONFIRMED, BookingStatus.PENDING):
        return lesson_page.as_it_is(found)
    offered = services().public_availability.a_week_later(found, actor())
    following = linked([offered], found.instructor_id)[0] if offered else None
    return render_template("bookings/booked.html", lesson=found, following=following)


@bp.get("/lessons/<id:booking_id>/calendar.ics")
@signed_in()
def calendar_file(booking_id: int) -> ResponseReturnValue:
    """The lesson for a calendar program."""
    found = services().bookings.get(actor(), booking_id)
    sent = services().calendar_files.lesson_file(found, actor())
    response = Response(sent, mimetype="text/calendar")
    response.headers["Content-Disposition"] = 'attachment; filename="lesson.ics"'
    return response


@bp.get("/lessons/<id:booking_id>/cancel")
@signed_in()
def cancel(booking_id: int) -> ResponseReturnValue:
    """What cancelling would mean, before it is done."""
    found = services().bookings.get(actor(), booking_id)
    if not services().bookings.cancellation_outcome(actor(), found).is_allowed:
        return lesson_page.as_it_is(found, NOT_NOW)
    return _cancel_page(found, CancelForm(formdata=None))


@bp.post("/lessons/<id:booking_id>/cancel")
@signed_in()
@change_limit
def confirm_cancel(booking_id: int) -> ResponseReturnValue:
    """Cancel it, or take a request back, for which no reason is needed."""
    found, form = services().bookings.get(actor(), booking_id), CancelForm()
    is_request = found.status == BookingStatus.PENDING and found.student_id == actor().id
    if is_request and not (form.reason.data or "").strip():
        form.reason.raw_data, form.reason.data = [WITHDRAWN], WITHDRAWN
    if not form.validate_on_submit():
        return _cancel_page(found, form), 422
    try:
        services().bookings.cancel(
            actor(), booking_id, form.reason.data or "", expected=form.seen.data
        )
    except InvalidInput as refused:
        form.reason.errors = [refused.message]
        return _cancel_page(found, form), 422
    except BookingChanged:
        return lesson_page.changed(booking_id, form)
    except WrongState:
        is_done = found.cancelled_by_id == actor().id
        return lesson_page.as_it_is(found, "" if is_done else NOT_NOW)
    flash("Your request is taken back." if is_request else "The lesson is cancelled.")
    return redirect(f"/lessons/{booking_id}", 303)


@bp.post("/lessons/<id:booking_id>/approve")
@signed_in()
@change_limit
def approve(booking_id: int) -> ResponseReturnValue:
    """Say yes to a request as the page showed it."""
    found, form = services().bookings.get(actor(), booking_id), SeenForm()
    if not form.validate_on_submit():
        return lesson_page.show(found, stale=form, status=422)
    try:
        services().booking_changes.approve(actor(), booking_id, expected=form.seen.data)
    except (BookingChanged, WrongState):
        if found.status == BookingStatus.CONFIRMED:
            return lesson_page.as_it_is(found)
        return lesson_page.changed(booking_id, form)
    flash("The lesson is confirmed. Your student is told.")
    return redirect(f"/lessons/{booking_id}", 303)


@bp.get("/lessons/<id:booking_id>/decline")
@signed_in()
def decline(booking_id: int) -> ResponseReturnValue:
    """What saying no would mean, before it is done."""
    found = services().bookings.get(actor(), booking_id)
    if found.instructor_id != actor().id or not lesson_page.can_be_answered(found):
        return lesson_page.as_it_is(found)
    return _decline_page(found, DeclineForm(formdata=None))


@bp.post("/lessons/<id:booking_id>/decline")
@signed_in()
@change_limit
def confirm_decline(booking_id: int) -> ResponseReturnValue:
    """Say no to a request as the page showed it."""
    found, form = services().bookings.get(actor(), booking_id), DeclineForm()
    if not form.validate_on_submit():
        return _decline_page(found, form), 422
    why, seen = (form.reason.data or "").strip() or None, form.seen.data
    try:
        services().booking_changes.decline(actor(), booking_id, why, expected=seen)
    except (BookingChanged, WrongState):
        if found.cancelled_by_id == actor().id:
            return lesson_page.as_it_is(found)
        return lesson_page.changed(booking_id, form)
    flash("The request is declined. Your student is told.")
    return redirect(f"/lessons/{booking_id}", 303)


def _cancel_page(found: Booking, form: CancelForm) -> str:
    outcome = services().bookings.cancellation_outcome(actor(), found)
    lesson_page.seen(form, found)
    return render_template("bookings/cancel.html", lesson=found, outcome=outcome, form=form)


def _decline_page(found: Booking, form: DeclineForm) -> str:
    return render_template(
        "bookings/decline.html", lesson=found, form=lesson_page.seen(form, found)
    )
