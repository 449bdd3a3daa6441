"""Pages of links in mails. Opening one changes nothing: programs that check mails do so too."""

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.blueprints.links import moving
from app.blueprints.links.forms import CancelByLinkForm, MoveByLinkForm
from app.blueprints.links.opening import LinkClosed, done, opened, sent_token, shown
from app.domain.errors import Conflict, InvalidInput, NotBookable, WrongState
from app.domain.lesson_links import LinkPurpose
from app.domain.offers import LessonRequest
from app.domain.vocabulary import BookingStatus
from app.extensions import csrf
from app.services.lesson_links import LinkedLesson
from app.web.access import public
from app.web.api import instant_of
from app.web.auth import visitor
from app.web.link_limits import link_action_limit, link_look_limit, one_link_limit
from app.web.security_headers import keep_address
from app.web.services import services

bp = Blueprint("links", __name__, url_prefix="/links")
bp.after_request(keep_address)
csrf.exempt(bp)  # the link in the form is what no other site can know


@bp.after_request
def keep_out(response: Response) -> Response:
    """Nobody's lesson is found by a search engine."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@bp.errorhandler(LinkClosed)
def explain(closed: LinkClosed) -> ResponseReturnValue:
    """Why a link is closed, and what to do instead."""
    return closed.answer


@bp.get("/view")
@public
@link_look_limit
def view() -> ResponseReturnValue:
    """The lesson as it is now; whoever is signed in anyway gets its whole page."""
    found = opened(LinkPurpose.VIEW)
    if visitor() is not None:
        return redirect(f"/lessons/{found.booking.id}", 303)
    return render_template("links/lesson.html", done=request.args.get("done"), **shown(found))


@bp.get("/cancel")
@public
@link_look_limit
def cancel() -> ResponseReturnValue:
    """What cancelling would mean, before it is done."""
    return _cancel_page(opened(LinkPurpose.CANCEL), CancelByLinkForm(token=sent_token()))


@bp.post("/cancel")
@public
@link_action_limit
@one_link_limit
def confirm_cancel() -> ResponseReturnValue:
    """Cancel it."""
    found, form = opened(LinkPurpose.CANCEL), CancelByLinkForm()
    if not form.validate_on_submit():
        return _cancel_page(found, form), 422
    try:
        booking = services().lesson_links.cancel(found, form.said)
    except InvalidInput as refused:
        form.reason.errors = [refused.message]
        return _cancel_page(found, form), 422
    except Conflict:
        return _cancel_page(opened(LinkPurpose.CANCEL), form), 409
    return done(booking, found.person, "cancelled", "The lesson is cancelled.")


@bp.get("/move")
@public
@link_look_limit
def move() -> ResponseReturnValue:
    """The times to which the lesson could go, or what going to the chosen one would mean."""
    return moving.page(opened(LinkPurpose.MOVE))


@bp.post("/move")
@public
@link_action_limit
@one_link_limit
def confirm_move() -> ResponseReturnValue:
    """Move it."""
    found, form = opened(LinkPurpose.MOVE), MoveByLinkForm()
    try:
        wish = LessonRequest(0, 0, starts_at=instant_of(form.start.data or "", "start"))
        booking = services().lesson_links.move(found, wish)
    except (NotBookable, Conflict, InvalidInput) as refused:
        return moving.refused(opened(LinkPurpose.MOVE), refused)
    is_asked = booking.status == BookingStatus.PENDING
    said = "Your instructor is asked for the new time." if is_asked else "The lesson is moved."
    return done(booking, found.person, "moved", said)


@bp.post("/send")
@public
@link_action_limit
@one_link_limit
def send() -> ResponseReturnValue:
    """Mail links that work to whom a link was sent that does not (any more)."""
    try:
        services().lesson_links.send_again(sent_token())
    except WrongState as refused:
        return render_template("links/sent.html", refusal=refused.message), 409
    return render_template("links/sent.html", refusal=None)


def _cancel_page(found: LinkedLesson, form: CancelByLinkForm) -> str:
    return render_template("links/cancel.html", form=form, **shown(found))
