"""The page of a link that moves a lesson: choose a time, see what follows, press."""

from datetime import date

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from app.blueprints.links.forms import MoveByLinkForm
from app.blueprints.links.opening import sent_token, shown
from app.domain.errors import DomainError, InvalidInput
from app.services.booking_moves import MovePlan
from app.services.bookings import refusal
from app.services.lesson_links import LinkedLesson
from app.web import queries
from app.web.api import instant_of
from app.web.errors import status_of
from app.web.moving import MoveAddress, move_days
from app.web.services import services


def page(found: LinkedLesson) -> ResponseReturnValue:
    """By what the address names: a start, or a day from which on to look."""
    start = request.args.get("start")
    if start is None:
        return _times(found, queries.day("from"))
    try:
        starts_at = instant_of(start, "start")
        plan = services().booking_moves.plan(found.person, found.booking, starts_at)
    except InvalidInput as fault:
        return refused(found, fault)
    if plan.judgement.reasons:
        told = refusal(plan.judgement, to_student=not found.as_instructor)
        return refused(found, told, plan.start.day)
    return _plan(found, plan, start)


def refused(
    found: LinkedLesson, fault: DomainError, day: date | None = None
) -> ResponseReturnValue:
    """Why the lesson stays where it is, and to which times it could go."""
    return _times(found, day, fault.message, status_of(fault))


def _plan(found: LinkedLesson, plan: MovePlan, start: str) -> ResponseReturnValue:
    address = _address()
    return render_template(
        "links/move.html",
        plan=plan,
        form=MoveByLinkForm(token=sent_token(), start=start),
        times_url=address.to(**{"from": f"{plan.start.day}"}),
        **shown(found),
    )


def _times(
    found: LinkedLesson, wanted: date | None, told: str | None = None, status: int = 200
) -> ResponseReturnValue:
    days = move_days(found.person, found.booking, _address(), wanted)
    page_ = render_template("links/move.html", move_days=days, refusal=told, **shown(found))
    return make_response(page_, status)


def _address() -> MoveAddress:
    return MoveAddress("/links/move", {"token": sent_token()})
