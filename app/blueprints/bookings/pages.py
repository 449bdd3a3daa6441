"""Pages on which a lesson is booked: place, note, confirm. Until then nothing is stored here."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.bookings import booking_page
from app.blueprints.bookings.booking_page import Wished
from app.blueprints.bookings.forms import BookForm, NoteForm, PlaceForm
from app.domain.errors import (
    InvalidInput,
    NotBookable,
    NotFound,
    PriceChanged,
    TimeTaken,
    VerifyEmailFirst,
)
from app.web import drafts
from app.web.access import public
from app.web.auth import student
from app.web.errors import status_of
from app.web.limits import booking_limit, check_limit
from app.web.services import services

bp = Blueprint("bookings", __name__)
TOO_MUCH = "Please make this a little shorter, so that it can be kept until you book."


@bp.get("/instructors/<id:instructor_id>/book")
@public
@check_limit
def book(instructor_id: int) -> ResponseReturnValue:
    """One lesson with its price and deadline, to be confirmed; or why it is gone."""
    request = booking_page.asked(instructor_id)
    checked = services().bookings.check(student(), request)
    wish = booking_page.wished(request, checked.judgement.offer)
    form = booking_page.filled(BookForm(), wish)
    if not checked.reasons:
        return booking_page.show(wish, form)
    refusal = booking_page.not_free(wish, *checked.reasons[0])
    status = 409 if checked.is_gone else 422
    return _mine(wish) or booking_page.show(wish, form, refusal=refusal, status=status)


@bp.post("/instructors/<id:instructor_id>/book")
@public
@booking_limit
def confirm(instructor_id: int) -> ResponseReturnValue:
    """Book it. Sent twice it is still one lesson; a time just taken comes with others."""
    request, form = booking_page.asked(instructor_id), BookForm()
    wish = booking_page.typed(form, request)
    if not form.validate_on_submit():
        return booking_page.show(wish, form, status=422)
    person = student()
    if person is None:
        drafts.keep(wish.draft)
        return redirect(url_for("auth.login", next=wish.address()), 303)
    try:
        lesson = services().bookings.book(person, form.to_request(request))
    except (NotBookable, TimeTaken) as refused:
        return _mine(wish, "/booked") or _gone(wish, form, refused)
    except (PriceChanged, VerifyEmailFirst) as refused:
        form.form_errors.append(refused.message)
        return booking_page.show(wish, form, status=status_of(refused))
    drafts.forget()
    return redirect(f"/lessons/{lesson.id}/booked", 303)


@bp.get("/instructors/<id:instructor_id>/book/place")
@public
def place(instructor_id: int) -> ResponseReturnValue:
    """Where the lesson shall be."""
    wish = booking_page.wished(booking_page.asked(instructor_id))
    form = PlaceForm(
        formdata=None,
        location_type=wish.place.location_type.value,
        meeting_location=wish.place.address,
    )
    return booking_page.step("place", wish, form)


@bp.post("/instructors/<id:instructor_id>/book/place")
@public
def keep_place(instructor_id: int) -> ResponseReturnValue:
    """Remember where, and go on."""
    wish, form = booking_page.wished(booking_page.asked(instructor_id)), PlaceForm()
    if not form.validate_on_submit():
        return booking_page.step("place", wish, form, 422)
    if not drafts.keep(drafts.Draft(instructor_id, form.place, wish.draft.note)):
        form.meeting_location.errors = [TOO_MUCH]
        return booking_page.step("place", wish, form, 422)
    return redirect(wish.address(), 303)


@bp.get("/instructors/<id:instructor_id>/book/note")
@public
def note(instructor_id: int) -> ResponseReturnValue:
    """What the instructor should know."""
    wish = booking_page.wished(booking_page.asked(instructor_id))
    return booking_page.step("note", wish, NoteForm(formdata=None, student_note=wish.draft.note))


@bp.post("/instructors/<id:instructor_id>/book/note")
@public
def keep_note(instructor_id: int) -> ResponseReturnValue:
    """Remember the note, and go on."""
    wish, form = booking_page.wished(booking_page.asked(instructor_id)), NoteForm()
    if not form.validate_on_submit():
        return booking_page.step("note", wish, form, 422)
    said = (form.student_note.data or "").strip() or None
    if not drafts.keep(drafts.Draft(instructor_id, wish.draft.place, said)):
        form.student_note.errors = [TOO_MUCH]
        return booking_page.step("note", wish, form, 422)
    return redirect(wish.address(), 303)


@bp.errorhandler(NotFound)
@bp.errorhandler(InvalidInput)
def not_on_offer(refused: NotFound | InvalidInput) -> ResponseReturnValue:
    """A link that is broken, forged or too old: what can be booked instead."""
    page = render_template(
        "bookings/not_on_offer.html", message=refused.message, teacher=booking_page.teacher()
    )
    return page, status_of(refused)


def _gone(wish: Wished, form: BookForm, refused: NotBookable | TimeTaken) -> ResponseReturnValue:
    """What was typed is kept for the time that is chosen instead."""
    drafts.keep(wish.draft)
    refusal = booking_page.gone(wish, refused)
    return booking_page.show(wish, form, refusal=refusal, status=status_of(refused))


def _mine(wish: Wished, page: str = "") -> ResponseReturnValue | None:
    """The lesson's page, when the very same lesson is booked already: a form sent twice."""
    person = student()
    if person is None:
        return None
    lesson_id = services().lesson_views.open_like(person, wish.request)
    return None if lesson_id is None else redirect(f"/lessons/{lesson_id}{page}", 303)
