"""What a link's page shows: its lesson, or why it is closed and where to go from there."""

from typing import Any

from flask import flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.domain.lesson_links import LinkPurpose, LinkState
from app.models.booking import Booking
from app.models.user import User
from app.services.lesson_links import LinkedLesson
from app.web.auth import visitor
from app.web.queries import link_token
from app.web.services import services

STATUS = {LinkState.UNKNOWN: 404, LinkState.FOREIGN: 403}
GONE = 410


class LinkClosed(Exception):
    """A link that does not open what its page is for; ``answer`` explains."""

    def __init__(self, answer: ResponseReturnValue) -> None:
        super().__init__()
        self.answer = answer


def opened(purpose: LinkPurpose) -> LinkedLesson:
    """The lesson of the request's link, if that may be done which it is for. Raises LinkClosed."""
    token = sent_token()
    found = services().lesson_links.opened(purpose, token, visitor())
    if isinstance(found, LinkState):
        page = render_template("links/refused.html", state=found)
        raise LinkClosed(make_response(page, STATUS.get(found, GONE)))
    if found.state is not LinkState.OPEN and purpose is not LinkPurpose.VIEW:
        page = render_template("links/closed.html", token=token, **shown(found))
        raise LinkClosed(make_response(page, GONE))
    return found


def sent_token() -> str:
    """From the form behind a button, else from the address in the mail."""
    return request.form.get("token", "") if request.method == "POST" else link_token()


def shown(found: LinkedLesson) -> dict[str, Any]:
    """What templates say of a lesson; times are those of whom the link was sent to."""
    return {
        "link": found,
        "lesson": found.booking,
        "as_instructor": found.as_instructor,
        "outcome": found.outcome,
        "reader_zone": found.person.time_zone,
    }


def done(booking: Booking, person: User, word: str, said: str) -> ResponseReturnValue:
    """On to the lesson as it is now: its page for whoever is signed in, else by a new link."""
    if visitor() is not None:
        flash(said)
        return redirect(f"/lessons/{booking.id}", 303)
    token = services().lesson_links.view_token(booking, person)
    return redirect(f"/links/view?token={token}&done={word}", 303)
