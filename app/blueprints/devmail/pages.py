"""Mails of the outbox as pages, so that nobody needs a mail server to see them."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.web.access import public
from app.web.services import services

bp = Blueprint("devmail", __name__, url_prefix="/dev/mail")


@bp.get("/")
@public
def mails() -> ResponseReturnValue:
    """The newest mails with their text, whatever became of them."""
    return render_template("devmail/mails.html", mails=services().mail_delivery.latest())
