"""My lessons in my own calendar program: its secret addresses, and new ones."""

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import IntegerField
from wtforms.validators import NumberRange
from wtforms.widgets import HiddenInput

from app.domain.limits import ID_MAX
from app.web.access import signed_in
from app.web.auth import actor
from app.web.limits import change_limit
from app.web.services import services

bp = Blueprint("calendar_pages", __name__)


class RenewForm(FlaskForm):
    """How often addresses were made before."""

    renewals = IntegerField(
        "Renewals", [NumberRange(0, ID_MAX, "Please try again.")], widget=HiddenInput()
    )


@bp.get("/lessons/calendar")
@signed_in()
def show() -> ResponseReturnValue:
    """The addresses that work now, to be given to a calendar program."""
    return render_template(
        "calendar/show.html", addresses=services().calendar_feeds.addresses(actor())
    )


@bp.get("/lessons/calendar/renew")
@signed_in()
def ask() -> ResponseReturnValue:
    """What new addresses would mean, before they are made."""
    return _ask(RenewForm(formdata=None))


@bp.post("/lessons/calendar/renew")
@signed_in()
@change_limit
def renew() -> ResponseReturnValue:
    """Make new addresses; the older ones open nothing any more. Sent twice it is done once."""
    form = RenewForm()
    if not form.validate_on_submit():
        return _ask(form), 422
    if form.renewals.data == actor().calendar_version:
        services().calendar_feeds.renew(actor())
        flash("You have new addresses. The old ones are closed.")
    return redirect("/lessons/calendar", 303)


def _ask(form: RenewForm) -> str:
    form.renewals.data = actor().calendar_version
    return render_template("calendar/renew.html", form=form)
