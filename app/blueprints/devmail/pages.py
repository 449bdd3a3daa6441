"""Mails of the outbox as pages, so that nobody needs a mail server to see them."""

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from app.domain.errors import NotFound
from app.web.access import public
from app.web.services import services

LAYOUT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups"
bp = Blueprint("devmail", __name__, url_prefix="/dev/mail")


@bp.get("/")
@public
def mails() -> ResponseReturnValue:
    """The newest mails with their text, whatever became of them."""
    return render_template("devmail/mails.html", mails=services().mail_delivery.latest())


@bp.get("/<id:mail_id>.html")
@public
def layout(mail_id: int) -> ResponseReturnValue:
    """One mail as mail programs show it: its own styles, no scripts, nothing from elsewhere."""
    mail = next((each for each in services().mail_delivery.latest() if each.id == mail_id), None)
    if mail is None or mail.html is None:
        raise NotFound("There is no such mail.")
    response = Response(mail.html, mimetype="text/html")
    response.headers["Content-Security-Policy"] = LAYOUT_POLICY
    return response
