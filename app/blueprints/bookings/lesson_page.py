"""One lesson as its page shows it, also after it has changed behind the reader's back."""

from datetime import datetime
from typing import TypeVar

from flask import Response, flash, make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from app.blueprints.bookings.forms import SeenForm
from app.domain.errors import InvalidInput
from app.domain.vocabulary import BookingStatus
from app.domain.zones import utc_text
from app.models.booking import Booking
from app.web.api import instant_of
from app.web.auth import actor
from app.web.services import services
from app.web.timelines import told

Form = TypeVar("Form", bound=SeenForm)


def show(found: Booking, *, stale: SeenForm | None = None, status: int = 200) -> Response:
    """The page. ``stale`` is a form of an older version: what has changed since is said."""
    page = render_template(
        "bookings/lesson.html",
        lesson=found,
        as_instructor=found.instructor_id == actor().id,
        outcome=services().bookings.cancellation_outcome(actor(), found),
        moving=services().booking_moves.outcome(actor(), found),
        form=seen(SeenForm(formdata=None), found),
        stale=stale is not None,
        timeline=told(actor(), found),
        was=None if stale is None else _earlier_start(stale, found),
    )
    return make_response(page, status)


def changed(booking_id: int, stale: SeenForm) -> Response:
    """The lesson as it is now, for somebody who acted on what it was."""
    return show(services().bookings.get(actor(), booking_id), stale=stale, status=409)


def seen(form: Form, found: Booking) -> Form:
    """The form with the version of the lesson that its page shows."""
    form.seen.data = found.sequence
    form.was.data = utc_text(found.start)
    return form


def can_be_answered(found: Booking) -> bool:
    """Whether its instructor can still say yes or no."""
    is_open = found.expires_at is None or found.expires_at > services().clock.now()
    return found.status == BookingStatus.PENDING and is_open


def as_it_is(found: Booking, said: str = "") -> ResponseReturnValue:
    """Back to the lesson, with a word why nothing else was done."""
    if said:
        flash(said)
    return redirect(f"/lessons/{found.id}", 303)


def _earlier_start(stale: SeenForm, found: Booking) -> datetime | None:
    """The start that the older page showed, where it is another one now."""
    try:
        was = instant_of(stale.was.data or "", "was")
    except InvalidInput:
        return None
    return was if was != found.starts_at else None
