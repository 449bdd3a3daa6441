"""Pages of bookings: confirm, one's lessons, one lesson, cancel it."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.blueprints.bookings import booking_page
from app.blueprints.bookings.forms import BookForm, CancelForm
from app.domain.errors import (
    InvalidInput,
    NotBookable,
    PriceChanged,
    TimeTaken,
    VerifyEmailFirst,
    WrongState,
)
from app.domain.offers import LessonRequest
from app.domain.vocabulary import Role
from app.models.booking import Booking
from app.web.access import signed_in
from app.web.auth import actor
from app.web.errors import status_of
from app.web.lesson_lists import listed
from app.web.limits import booking_limit, check_limit
from app.web.services import services

bp = Blueprint("bookings", __name__)
ONLY_STUDENTS = "Lessons are booked with a student's account. This one is not a student's."


@bp.get("/instructors/<id:instructor_id>/book")
@signed_in(Role.STUDENT, refusal=ONLY_STUDENTS)
@check_limit
def book(instructor_id: int) -> ResponseReturnValue:
    """One lesson with its price and deadline, to be confirmed; or why it is gone."""
    wish = booking_page.wish(instructor_id)
    reasons = services().bookings.check(actor(), wish).reasons
    if not reasons:
        return booking_page.show(wish, BookForm())
    return _already_mine(wish) or booking_page.show(
        wish, BookForm(), booking_page.not_free(wish, *reasons[0])
    )


@bp.post("/instructors/<id:instructor_id>/book")
@signed_in(Role.STUDENT, refusal=ONLY_STUDENTS)
@booking_limit
def confirm(instructor_id: int) -> ResponseReturnValue:
    """Book it. Sent twice it is still one lesson; a time just taken comes with others."""
    wish, form = booking_page.wish(instructor_id), BookForm()
    if not form.validate_on_submit():
        return booking_page.show(wish, form, status=422)
    try:
        lesson = services().bookings.book(actor(), form.to_request(wish))
    except (NotBookable, TimeTaken) as refused:
        return _already_mine(wish) or booking_page.show(
            wish, form, booking_page.gone(wish, refused), status_of(refused)
        )
    except (PriceChanged, VerifyEmailFirst) as refused:
        form.form_errors.append(refused.message)
        return booking_page.show(wish, form, status=status_of(refused))
    return redirect(f"/lessons/{lesson.id}?booked=1", 303)


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


def _already_mine(wish: LessonRequest) -> ResponseReturnValue | None:
    """The lesson's page, when the very same lesson is booked already: a form sent twice."""
    wanted = (wish.instructor_id, wish.service_id, wish.starts_at, wish.minutes)
    for each in services().booking_lists.upcoming(actor()):
        mine = (each.instructor_id, each.service_id, each.starts_at, each.duration_minutes)
        if mine == wanted:
            return redirect(f"/lessons/{each.id}", 303)
    return None


def _as_it_is(found: Booking) -> ResponseReturnValue:
    flash("This lesson can no longer be cancelled.")
    return redirect(f"/lessons/{found.id}", 303)


def _cancel_page(found: Booking, form: CancelForm) -> str:
    outcome = services().bookings.cancellation_outcome(actor(), found)
    return render_template("bookings/cancel.html", lesson=found, outcome=outcome, form=form)
