"""Pages on which a lesson is booked."""

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from app.blueprints.bookings import booking_page
from app.blueprints.bookings.forms import BookForm
from app.domain.errors import NotBookable, PriceChanged, TimeTaken, VerifyEmailFirst
from app.domain.offers import LessonRequest
from app.domain.vocabulary import Role
from app.web.access import signed_in
from app.web.auth import actor
from app.web.errors import status_of
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


def _already_mine(wish: LessonRequest) -> ResponseReturnValue | None:
    """The lesson's page, when the very same lesson is booked already: a form sent twice."""
    wanted = (wish.instructor_id, wish.service_id, wish.starts_at, wish.minutes)
    for each in services().booking_lists.upcoming(actor()):
        mine = (each.instructor_id, each.service_id, each.starts_at, each.duration_minutes)
        if mine == wanted:
            return redirect(f"/lessons/{each.id}", 303)
    return None
