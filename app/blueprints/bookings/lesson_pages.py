"""Pages of lessons: my list of them, one of them, cancel it."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.blueprints.bookings.forms import CancelForm
from app.domain.errors import InvalidInput, WrongState
from app.models.booking import Booking
from app.web.access import signed_in
from app.web.auth import actor
from app.web.lesson_lists import listed
from app.web.services import services

bp = Blueprint("lessons", __name__)


@bp.get("/lessons")
@signed_in()
def lessons() -> ResponseReturnValue:
    """My lessons: upcoming, past or cancelled."""
    return render_template("bookings/lessons.html", **listed("/lessons", as_instructor=False))


@bp.get("/lessons/<id:booking_id>")
@signed_in()
def lesson(booking_id: int) -> ResponseReturnValue:
    """One lesson, for its student or instructor."""
    found = services().bookings.get(actor(), booking_id)
    return render_template(
        "bookings/lesson.html",
        lesson=found,
        as_instructor=found.instructor_id == actor().id,
        outcome=services().bookings.cancellation_outcome(actor(), found),
        just_booked=request.args.get("booked") == "1" and found.status == "CONFIRMED",
    )


@bp.get("/lessons/<id:booking_id>/cancel")
@signed_in()
def cancel(booking_id: int) -> ResponseReturnValue:
    """What cancelling would mean, before it is done."""
    found = services().bookings.get(actor(), booking_id)
    if not services().bookings.cancellation_outcome(actor(), found).is_allowed:
        return _as_it_is(found)
    return _cancel_page(found, CancelForm())


@bp.post("/lessons/<id:booking_id>/cancel")
@signed_in()
def confirm_cancel(booking_id: int) -> ResponseReturnValue:
    """Cancel it."""
    found, form = services().bookings.get(actor(), booking_id), CancelForm()
    if not form.validate_on_submit():
        return _cancel_page(found, form), 422
    try:
        services().bookings.cancel(actor(), booking_id, form.reason.data or "")
    except InvalidInput as refused:
        form.reason.errors = [refused.message]
        return _cancel_page(found, form), 422
    except WrongState:
        return _as_it_is(found)
    flash("The lesson is cancelled.")
    return redirect(f"/lessons/{booking_id}", 303)


def _as_it_is(found: Booking) -> ResponseReturnValue:
    flash("This lesson can no longer be cancelled.")
    return redirect(f"/lessons/{found.id}", 303)


def _cancel_page(found: Booking, form: CancelForm) -> str:
    outcome = services().bookings.cancellation_outcome(actor(), found)
    return render_template("bookings/cancel.html", lesson=found, outcome=outcome, form=form)
